"""Reference pages of what was asked: the reviews that ship, the bodies that were asked, and what is asked again."""

from urllib.parse import urlsplit

from evenhand.core.sources import CHECKED
from evenhand.domains.reviews.lifecycle import ASSESSMENT, RECOMMENDATION
from evenhand.domains.reviews.queries.words import LABELS, MEANINGS, VERIFICATIONS
from evenhand.domains.reviews.rules import catalogue
from evenhand.web.reference.markdown import facts, joined, table


def reviews() -> str:
    """Every review that ships, with how far each of its recommendations was seen; labels and lifecycles."""
    intro = (
        "Reviews and what they asked for, one file each in `src/evenhand/domains/reviews/catalogue/`. None of them has "
        "been checked by a person yet: each row says how far it was seen in a source. `evenhand show reviews` lists "
        "the same."
    )
    parts = ["# Reviews", intro]
    rows = [(f"`{name}`", str(meaning)) for name, meaning in VERIFICATIONS.items()]
    parts += ["## How far a row was seen", table(("Word", "Meaning"), rows)]
    parts += ["## Labels", table(("Label", "When"), [(str(LABELS[one]), str(MEANINGS[one])) for one in LABELS])]
    for one in (RECOMMENDATION, ASSESSMENT):
        moves = [
            (each.label, ", ".join(each.start), each.end, each.who.name, ", ".join(each.needs)) for each in one.moves
        ]
        columns = ("Step", "From", "To", "Who", "Needs")
        parts += [f"## Lifecycle of {one.name}", table(columns, moves), f"```mermaid\n{one.mermaid()}\n```"]
    parts += [part for review in catalogue.reviews() for part in _review(review)]
    # Names of bodies are their own words: they stand in quotation marks.
    bodies = [
        (f"`{one.slug}`", f"“{one.name}”", one.ended, ", ".join(f"`{slug}`" for slug in one.successors))
        for one in catalogue.bodies()
    ]
    parts += ["## Bodies", table(("Slug", "Name", "Until", "Successors"), bodies)]
    threads = [(one.slug, one.ask, ", ".join(one.recommendations)) for one in catalogue.threads()]
    parts += ["## Asked again and again", table(("Slug", "What is asked", "Recommendations"), threads)]
    return joined(*parts)


def _review(one: catalogue.Review) -> tuple[str, ...]:
    checked = sum(each.verification in CHECKED for each in one.recommendations)
    said = (
        ("Title", one.title),
        ("Made by", one.by or "not said"),
        ("Published", one.published or "not known"),
        ("Recommendations", f"{len(one.recommendations)} held, of {one.in_all or 'an unknown number'}"),
        ("Seen with their numbers", str(checked)),
        ("Claims", str(len(one.claims))),
        ("Totals of others", str(len(one.totals))),
        ("Source", f"[{urlsplit(one.url).hostname}]({one.url})" if one.url else "none"),
    )
    rows = [(each.slug, each.addressed_to, each.verification) for each in one.recommendations]
    listed = (table(("Number in the address", "Asked of", "Seen"), rows),) if rows else ()
    return (f"## {one.slug}", facts(said), *listed)
