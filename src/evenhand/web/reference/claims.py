"""Reference pages of what is said about figures: the claims that are quoted, and the corrections that are written."""

from evenhand.library.datasets.claims.quotations import Quotation, quotations
from evenhand.library.datasets.corrections import Correction, corrections
from evenhand.web.reference.markdown import facts, joined, table

KINDS = {
    "share": "share",
    "rest": "what a share leaves",
    "count": "count",
    "figure": "figure as published",
    "ratio": "ratio of rates",
    "fixed-total-swap": "fixed-total swap",
}


def claims() -> str:
    """Every claim that is quoted, by who said it, with what it is set beside."""
    intro = (
        "What others have said about disproportionality, as quoted. Each row of the file names its source, and a row "
        "without one is refused. The words in quotation marks are the source's. `evenhand show claims` lists the same."
    )
    parts = ["# Claims", intro]
    for speaker in dict.fromkeys(one.speaker for one in quotations()):
        found = [one for one in quotations() if one.speaker == speaker]
        said = (
            ("Said by", speaker.who),
            ("When", speaker.said),
            ("Quoted from", "; ".join(f"“{title}”" for title in speaker.titles)),
            ("Checked", speaker.checked),
            ("Look again", speaker.look_again.isoformat()),
        )
        columns = ("Claim", "Quoted", "Period", "Evidence", "Set beside")
        parts += [f"## {speaker.slug}", facts(said), table(columns, [_line(one) for one in found])]
    return joined(*parts)


def written() -> str:
    """Every correction that is written down, newest first."""
    intro = (
        "What people found wrong or doubtful in published figures that are kept here. What changes from one release to "
        "the next is worked out by the site. `evenhand show corrections` lists these."
    )
    return joined("# Corrections", intro, *(part for one in corrections() for part in _correction(one)))


def _line(one: Quotation) -> tuple[str, ...]:
    quoted = f"“{one.claim}, {one.group}: {one.value} {one.unit}”"
    beside = one.none
    if one.ours:
        kind = KINDS[one.ours.kind]
        beside = f"{kind}: [{one.ours.dataset}](datasets.md#{one.ours.dataset}), {one.ours.period}"
    return (one.slug, quoted, one.period, one.quality, beside)


def _correction(one: Correction) -> tuple[str, str, str]:
    said = (
        ("Written down", one.on.isoformat()),
        ("Kind", one.kind),
        ("What was wrong", one.wrong),
        ("What is right", one.right),
        ("What was done", one.done),
        ("Who noticed", one.noticed_by),
        (
            "Datasets",
            ", ".join(f"[{name}](datasets.md#{name})" for name in dict.fromkeys(f.dataset for f in one.figures)),
        ),
        ("Source", f"[{one.source}]({one.source_url})"),
    )
    return f"## {one.slug}", f"{one.title}.", facts(said)
