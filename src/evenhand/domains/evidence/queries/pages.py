"""What each page of the evidence holds, ready for its template."""

import math
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from evenhand.core.asides import asides
from evenhand.core.design.numbers import rate, times
from evenhand.core.design.parts import Chooser, Exhibit, Link, Notice
from evenhand.core.references import Ref
from evenhand.domains.evidence.queries import citations, words
from evenhand.domains.evidence.queries.answers import ask, catalogue, suppose
from evenhand.domains.evidence.queries.exhibits import exhibits
from evenhand.domains.evidence.queries.exhibits.key_figures import key_figures
from evenhand.domains.evidence.queries.exhibits.receipts import cited_as
from evenhand.domains.evidence.queries.of_group import group_slug
from evenhand.domains.evidence.queries.revised import earlier_release
from evenhand.domains.evidence.queries.shown import Shown
from evenhand.library.datasets.catalogue import Answer, Measure, counted
from evenhand.library.datasets.compare import NATION, Answered
from evenhand.library.datasets.comparison import SMALL_BASE, Comparison
from evenhand.library.places import Place, place, within
from evenhand.library.vocabulary import stages
from evenhand.library.vocabulary.ethnicity import classification

Page = dict[str, Any]
MANY = 4  # exhibits, from which on a page opens with a list of them
TINY = 1e-9  # stands for a ratio of nothing where a logarithm is taken


def measure_page(shown: Shown, query: QueryDict) -> Page:
    """One measure in one place."""
    answered = shown.answered
    before, figure, after = words.headline(answered, shown.lead)
    measure = answered.measure
    made = exhibits(shown)
    return {
        "shown": shown,
        "answered": answered,
        "before": before,
        "figure": figure,
        "after": after,
        "title": shown.name,
        "kicker": f"{shown.name.removesuffix(answered.period)}{words.years(answered.period)}",
        "lede": lede(shown),
        "crumbs": _crumbs(shown),
        "notices": _notices(shown),
        "key_figures": key_figures(shown),
        "exhibits": made,
        "contents": contents(made),
        "beside": beside(shown),
        "downloads": [
            (short_name(exhibit), (*exhibit.receipt.files, cited_as(shown, exhibit.id)))
            for exhibit in made
            if exhibit.receipt
        ],
        "choosers": choosers(shown, query),
        "place_options": place_options(shown.question.detail, answered.place),
        "places_of": reverse("evidence:measure", args=[measure.slug]),
        "kept_query": [(name, query[name]) for name in ("period", "group", "reference") if query.get(name)],
        "caveats": answered.caveats,
        "citation": citations.of_answer(shown).text,
        "citation_links": cited_as(shown, citations.WHOLE).links,
        "permalink": shown.permalink,
        "sources": answered.sources,
        "json_url": reverse("api:compare") + "?" + urlencode(_asked(answered) | {"measure": measure.slug}),
        "supposed_url": _supposed(answered),
        "canonical": settings.SITE_URL + _address(answered),
        "alternates": [],
    }


def _supposed(answered: Answered) -> str:
    """Where it is asked how many there would be at equal rates; nowhere unless there are counts for the nation."""
    if answered.measure not in counted().measures or not words.is_nation(answered):
        return ""
    return reverse("evidence:counterfactual") + "?" + urlencode({"measure": answered.measure.slug})


def _address(answered: Answered) -> str:
    """Where an answer is found: the nation's on the page of the measure itself."""
    if words.is_nation(answered):
        return reverse("evidence:measure", args=[answered.measure.slug])
    return reverse("evidence:place", args=[answered.measure.slug, answered.place.code])


def contents(made: Sequence[Exhibit]) -> Chooser | None:
    """Links to the exhibits of a page that has many."""
    if len(made) < MANY:
        return None
    links = tuple(Link(short_name(exhibit), f"#{exhibit.id}") for exhibit in made)
    return Chooser(_("On this page"), (*links, Link(_("Before you quote"), "#quote")))


def short_name(exhibit: Exhibit) -> str:
    """An exhibit in a word or two, as a list has it."""
    names = {
        "groups": _("Groups"),
        "stage": _("Two denominators"),
        "trend": _("Years"),
        "not-recorded": _("Not recorded"),
        "unknown-years": _("Not recorded, each year"),
        "areas": _("Areas"),
        "funnel": _("Areas and chance"),
        "ranks": _("Ranks"),
        "adjusted": _("Adjusted for area"),
        "outcomes": _("Outcomes"),
    }
    return names.get(exhibit.id) or exhibit.heading


def beside(shown: Shown) -> Chooser:
    """The pages of the place, of the group that leads and of the stage, with all else that is known of each."""
    answered, lead = shown.answered, shown.lead
    stage = next(one for one in stages() if one.slug == answered.measure.stage)
    links = [Link(answered.place.name, reverse("place", args=[answered.place.code]))]
    if lead and (slug := group_slug(answered, lead.group)):
        links.append(Link(words.display(answered, lead.group), reverse("group", args=[slug])))
    return Chooser(_("See also"), (*links, Link(_(stage.name), reverse("stage", args=[stage.slug]))))


def gap_page(measure: Measure) -> Page:
    """A measure that nobody publishes openly by ethnicity: what there is instead, and where to look."""
    stage = next(one for one in stages() if one.slug == measure.stage)
    return {
        "measure": measure,
        "stage": stage,
        "title": _(measure.title),
        "crumbs": [
            Link(_("Home"), "/"),
            Link(_("Evidence"), reverse("evidence:journey")),
            Link(_(measure.title), "", current=True),
        ],
        "canonical": settings.SITE_URL + reverse("evidence:measure", args=[measure.slug]),
        "alternates": [],
    }


def method_page() -> Page:
    """How the figures are worked out, with the numbers of one real answer worked through."""
    answered = ask("stop-and-search", place="E23000016").answer()
    nation = ask("stop-and-search").answer()
    return {
        "local": answered,
        "lead": words.lead_of(answered),
        "base": answered.row("White"),
        "nation": nation,
        "nation_lead": nation.row("Black"),
        "nation_base": nation.row("White"),
        "swap": suppose("prison-population", "swap"),
        "equal_rate": suppose("prison-population", "equal-rate"),
        "nation_bound": next(bound for bound in nation.bounds if bound.group == "Black"),
        "classifications": [classification(slug) for slug in ("census-2021-19", "five")],
        "measures": catalogue().measures,
    }


def lede(shown: Shown) -> str:
    """What is counted and how the place stands beside the nation."""
    answered, lead = shown.answered, shown.lead
    said = {"unit": words.unit(answered), "events": capfirst(_(answered.measure.events))}
    by = {
        "self-defined": _("by the ethnicity people gave for themselves"),
        "officer-observed": _("by ethnicity as officers saw it"),
    }.get(answered.ethnicity_basis, _("by ethnicity as it was recorded"))
    text = (_("%(unit)s, %(by)s.") if lead else _("%(events)s, %(by)s.")) % {**said, "by": by}
    if lead is None:
        pass
    elif lead.flag == "small-base":
        few = _("This rests on fewer than %(base)s %(events)s, so it can change a great deal from year to year.")
        text += " " + few % {"base": SMALL_BASE, "events": _(answered.measure.events)}
    national = shown.nation.row(lead.group) if shown.nation and lead else None
    if lead is None or lead.ratio is None or national is None or national.ratio is None:
        return text
    return f"{text} {_beside_the_nation(lead, national.ratio, turned=words.is_turned(answered, lead))}"


def _beside_the_nation(lead: Comparison, national: float, *, turned: bool) -> str:
    """How a clear difference here stands beside the nation's, where both lie on the same side of parity.

    The nation's ratio is told from the side from which that of the place is.
    """
    text = _("In England and Wales as a whole it was %(times)s times.")
    if lead.clear and lead.lower is not None and lead.upper is not None and (lead.lower > 1) == (national > 1):
        nearer, farther = sorted((abs(math.log(lead.lower or TINY)), abs(math.log(lead.upper))))
        if nearer > abs(math.log(national)):
            text = _("The gap is wider than in England and Wales as a whole, where it was %(times)s times.")
        elif farther < abs(math.log(national)):
            text = _("The gap is narrower than in England and Wales as a whole, where it was %(times)s times.")
    here, there = (1 / ratio if turned and ratio else ratio for ratio in (lead.ratio or 0, national))
    return text % {"times": rate(there, 2) if times(there) == times(here) else times(there)}


def choosers(shown: Shown, query: QueryDict) -> list[Chooser]:
    """Plain links to the same page for other periods, groups and references."""
    answered, question = shown.answered, shown.question

    def link(name: str, current: bool, **change: str) -> Link:  # noqa: FBT001
        asked = {key: value for key, value in query.items() if key in {"period", "groups", "reference", "group"}}
        asked = {key: value for key, value in {**asked, **change}.items() if value}
        path = reverse("evidence:place", args=[answered.measure.slug, answered.place.code])
        return Link(name, f"{path}?{urlencode(asked)}" if asked else path, current=current)

    made = [
        Chooser(
            words.of_years(question.periods),
            tuple(link(period, period == answered.period, period=period) for period in question.periods),
        )
    ]
    levels = [
        level
        for level in answered.measure.answers
        if level.groups == answered.groups or answered.place.kind in level.place_kinds
    ]
    if len(levels) > 1:
        made.append(
            Chooser(
                _("Groups"),
                tuple(
                    link(
                        _("%(count)s groups") % {"count": level.groups},
                        level.groups == answered.groups,
                        groups=str(level.groups),
                        period="",
                        reference="",
                        group="",
                    )
                    for level in levels
                ),
            )
        )
    shares = answered.kind == "shares"
    compared = [row.group for row in answered.rows if (row.rate if shares else row.ratio) is not None]
    made.append(
        Chooser(
            _("Lead with"),
            tuple(
                link(words.display(answered, group), bool(shown.lead and group == shown.lead.group), group=group)
                for group in compared
            ),
        )
    )
    known = {row.group for row in answered.rows if row.rate is not None}
    names = [
        name for name in question.detail.references if name in known or name not in {row.group for row in answered.rows}
    ]
    names = names if compared and answered.kind in ("counts", "rates") else []
    made.append(
        Chooser(
            _("Compare with"),
            tuple(
                link(words.display(answered, name), name == answered.reference, reference=name, group="")
                for name in names
            ),
        )
    )
    return [chooser for chooser in made if len(chooser.options) > 1]


def place_options(detail: Answer, current: Place) -> list[Mapping[str, Any]]:
    """England and Wales, then its police force areas, as options of a form; none where only the nation can be asked."""
    if "police-force" not in detail.place_kinds:
        return []
    nation = place(NATION)
    return [
        {"code": one.code, "name": one.name, "current": one.code == current.code}
        for one in (nation, *sorted(within(nation, "police-force"), key=lambda force: force.name))
    ]


def _asked(answered: Answered) -> dict[str, str]:
    return {
        "place": answered.place.code,
        "period": answered.period,
        "groups": str(answered.groups),
        "reference": answered.reference,
        "release": answered.release,
    }


def _crumbs(shown: Shown) -> list[Link]:
    measure = shown.answered.measure
    crumbs = [Link(_("Home"), "/"), Link(_("Evidence"), reverse("evidence:journey"))]
    if words.is_nation(shown.answered):
        return [*crumbs, Link(_(measure.title), "", current=True)]
    return [
        *crumbs,
        Link(_(measure.title), reverse("evidence:measure", args=[measure.slug])),
        Link(shown.answered.place.name, "", current=True),
    ]


def _notices(shown: Shown) -> list[Notice]:
    answered = shown.answered
    notices = []
    if not answered.current:
        notices.append(earlier_release(shown))
    notices += [Notice(_(note)) for note in answered.notes]
    if shown.wanted and (shown.lead is None or shown.lead.group != shown.wanted):
        why = words.reason(answered.row(shown.wanted).flag)
        text = _("There is no comparison for %(group)s here: %(why)s.")
        notices.append(Notice(text % {"group": words.named(answered, shown.wanted), "why": why}))
    if answered.unknown is None and answered.kind in ("counts", "shares"):
        text = _("How many %(events)s had no ethnicity recorded is not published here for %(place)s, %(period)s.")
        said = {"events": _(answered.measure.events), "place": answered.place.name, "period": answered.period}
        notices.append(Notice(text % said))
    place = "" if answered.place.code == NATION else answered.place.code
    return [*notices, *asides(Ref("evidence.measure", answered.measure.slug, place))]
