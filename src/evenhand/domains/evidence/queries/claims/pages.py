"""The page of one claim, of ours or of somebody else, and the same as data."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.numbers import whole
from evenhand.core.design.parts import Cell, Column, KeyFigure, Link, Notice, Row, Table
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.answers import ANSWERING, released_on
from evenhand.domains.evidence.queries.claims import ours, sentences
from evenhand.domains.evidence.queries.claims.listing import TAGS, slugs
from evenhand.domains.evidence.queries.claims.ours import OurClaim
from evenhand.domains.evidence.queries.claims.records import own_record, record
from evenhand.domains.evidence.queries.exhibits.receipts import basis, day
from evenhand.library.datasets.catalogue import Unknown, loader, measures
from evenhand.library.datasets.claims.agreement import Check, check
from evenhand.library.datasets.claims.quotations import Quotation, quotation
from evenhand.library.datasets.claims.ties import OurFigure, Tie
from evenhand.library.datasets.compare import LONGEST
from evenhand.library.places import place
from evenhand.library.vocabulary import stage, topic

Page = dict[str, Any]
Pair = tuple[str, str, Link | None]


def claim_page(slug: str) -> Page:
    """One claim, of ours or of somebody else; Refused with the near matches if there is none."""
    found = _claim(slug)
    page = _own_page(found) if isinstance(found, OurClaim) else _quoted_page(found)
    return {
        **page,
        "json_url": reverse("evidence:claim-json", args=[slug]),
        "permalink": reverse("evidence:claim", args=[slug]),
        "canonical": settings.SITE_URL + reverse("evidence:claim", args=[slug]),
        "crumbs": [
            Link(_("Home"), "/"),
            Link(_("Evidence"), reverse("evidence:journey")),
            Link(_("Claims"), reverse("evidence:claims")),
            Link(page["crumb"], ""),
        ],
    }


def claim_json(slug: str) -> Page:
    """One claim as data."""
    found = _claim(slug)
    return own_record(found) if isinstance(found, OurClaim) else record(found)


def _claim(slug: str) -> OurClaim | Check:
    if found := ours.claim(slug):
        return found
    try:
        return check(quotation(slug), ANSWERING.engine())
    except Unknown:
        near = Unknown("claim", slug[:LONGEST], slugs()).near
        message = _("No claim is called “%(slug)s”. All of them stand in one list, under Claims.")
        said = {"slug": slug[:LONGEST]}
        raise Refused(message % said, near=near, code="unknown-claim", status=404) from None


def _own_page(claim: OurClaim) -> Page:
    answered, measure = claim.answered, claim.answered.measure
    events = measure.answer(answered.groups).events
    on = next((released_on(events, one.version) for one in answered.sources if one.dataset == events), None)
    group: list[Pair] = []
    if claim.row:
        group.append((_("Group"), words.display(answered, claim.row.group), None))
    if claim.row and answered.kind != "shares":
        group.append((_("Compared with"), words.display(answered, answered.reference), None))
    pairs: list[Pair] = [
        (_("Measure"), _(measure.title), Link(_("All the figures"), claim.url)),
        *group,
        (_("Place"), answered.place.name, None),
        (_("Period"), words.years(answered.period), None),
        (_("Ethnicity"), basis(answered.ethnicity_basis), None),
        (_("Source"), claim.source, None),
        (_("Release"), answered.release, Link(_("Open this release"), claim.permalink)),
        *([(_("Released here"), day(on), None)] if on else []),
        (_("Checked"), _(measure.checked), None),
        (_("Look again"), day(measure.look_again), None),
    ]
    term = claim.short[:1].upper() + claim.short[1:]
    big = KeyFigure(claim.figure, claim.doubt, term, lead=True, origin=claim.origin)
    return {
        "own": True,
        "kicker": _("A claim that Evenhand makes"),
        "heading": claim.sentence,
        "crumb": _(measure.title),
        "lede": _("The sentence is worked out from one released answer. When the figures are revised, it changes."),
        "key_figures": (big,) if claim.figure else (),
        "notices": [Notice(_(note)) for note in answered.notes],
        "pairs": pairs,
        "caveats": answered.caveats,
        "citation": words.citation(answered, settings.SITE_URL + claim.permalink),
    }


def _quoted_page(check: Check) -> Page:
    one = check.quotation
    about = words.listed(_(topic(slug).name) for slug in one.topics)
    pairs: list[Pair] = [
        (_("Who said it"), _(one.speaker.who), None),
        (_("When"), _(one.speaker.said) if one.speaker.said else _("no date is given"), None),
        (_("Of which time"), sentences.when(one) or _("the claim does not say"), None),
        (_("Where"), _("“%(title)s”") % {"title": one.source.title}, None),
        (_("Address"), one.source.url, None),
        (_("How it reached us"), sentences.evidence(one), None),
        *([(_("Stage"), _(stage(one.stage).name), None)] if one.stage else []),
        (_("Topics"), about, None),
        (_("Licence"), one.source.licence, None),
        (_("Checked"), _(one.speaker.checked), None),
        (_("Look again"), day(one.speaker.look_again), None),
    ]
    word = sentences.collective(one)
    beside = _beside(one, one.ours, check.figure) if one.ours and check.figure else {}
    return {
        "own": False,
        "kicker": _("A claim that is quoted"),
        "heading": sentences.quote(one),
        "crumb": _(one.speaker.who),
        "lede": sentences.speaker(one.speaker) + ".",
        "pairs": pairs,
        "notices": [Notice(word, _("The source’s word"))] if word else [],
        "tag": sentences.tag(check.agreement),
        "tag_class": TAGS[check.agreement],
        "meaning": sentences.meaning(check.agreement),
        "verdict": sentences.verdict(check),
        "reasons": sentences.reasons(one),
        "inference": sentences.inference(one),
        **beside,
        "citation": sentences.citation(one, settings.SITE_URL + reverse("evidence:claim", args=[one.slug])),
    }


def _beside(one: Quotation, tie: Tie, found: OurFigure) -> Page:
    """Our figure in full: how it was worked out, from which published table, and the same for each group alone."""
    source, said = loader(tie.dataset), tie.number or one.value
    worked: list[Pair] = [
        (_("Our figure"), sentences.figure(tie, found, said), _more(tie)),
        (_("Worked out"), sentences.method(tie), None),
        (_("Period"), tie.period, None),
        (_("Place"), place(tie.place).name, None),
        (_("Ethnicity"), basis(source.basis), None),
        (_("Published by"), _(source.publisher), None),
        (_("Table"), _(source.title), Link(_("The dataset"), reverse("evidence:dataset", args=[tie.dataset]))),
        (_("Release"), found.version, None),
    ]
    table = None
    if found.parts:
        columns = (Column(_("Group")), Column(_("Our figure"), numeric=True))
        rows = (
            Row(sentences.group_name(tie, name), (Cell(sentences.amount(tie, number, said), number),))
            for name, number in found.parts
        )
        caption = _("Each group alone")
        if tie.kind == "fixed-total-swap":
            caption = _("Each group alone: how many more there are than in a fixed-total swap")
        table = Table(caption, columns, tuple(rows), name="alone")
    return {"worked": worked, "alone": table, **_two_methods(found)}


def _two_methods(found: OurFigure) -> Page:
    """A counterfactual is named by its method, and the other method stands beside it."""
    if found.equal_rate is None:
        return {}
    text = _(
        "“How many fewer” has two answers, and each needs its name. Fixed-total swap: if as many people were counted "
        "as now, but shared out as the population is, there would be %(swap)s fewer people of these groups. Equal "
        "rate: if every group were counted as often as White people are, there would be %(equal)s fewer."
    )
    said = {"swap": whole(found.value), "equal": whole(found.equal_rate)}
    link = Link(_("Both, worked out step by step"), reverse("evidence:counterfactual"))
    return {"methods": Notice(text % said, _("Two methods, two numbers"), "note", link)}


def _more(tie: Tie) -> Link | None:
    """The way to the measure that shows such figures in full, where there is one."""
    if tie.measure not in {one.slug for one in measures()}:
        return None
    return Link(_("All the figures"), reverse("evidence:measure", args=[tie.measure]))
