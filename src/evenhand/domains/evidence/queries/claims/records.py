"""Claims as data, at full precision: what is quoted, what is ours, and whether the two agree."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.claims import sentences
from evenhand.domains.evidence.queries.claims.ours import OurClaim
from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.claims.agreement import Check
from evenhand.library.datasets.claims.ties import OurFigure, Tie

Record = dict[str, Any]


def own_record(claim: OurClaim) -> Record:
    """A claim of ours: its sentence, and the row of the answer that it is worked out from."""
    answered = claim.answered
    unknown = {"events": answered.unknown.events, "share": answered.unknown.share} if answered.unknown else None
    return {
        "claim": claim.slug,
        "kind": claim.kind,
        "said_by": "Evenhand",
        "sentence": claim.sentence,
        "measure": answered.measure.slug,
        "group": claim.row.group if claim.row else None,
        "reference": answered.reference if claim.row and answered.kind != "shares" else None,
        "period": answered.period,
        "place": {"code": answered.place.code, "name": answered.place.name, "kind": answered.place.kind},
        "row": claim.row.as_json() if claim.row else None,
        "unknown": None if claim.row else unknown,
        "release": answered.release,
        "checked": answered.measure.checked,
        "look_again": answered.measure.look_again.isoformat(),
        "sources": [{"publisher": one.publisher, "title": one.title, "url": one.url} for one in answered.sources],
        "page": settings.SITE_URL + claim.page,
        "permalink": settings.SITE_URL + claim.permalink,
        "citation": words.citation(answered, settings.SITE_URL + claim.permalink),
    }


def record(check: Check) -> Record:
    """A claim of somebody else: what is quoted, how well it is evidenced, and our figure beside it."""
    quotation = check.quotation
    page = settings.SITE_URL + reverse("evidence:claim", args=[quotation.slug])
    return {
        "claim": quotation.slug,
        "kind": "quoted",
        "said_by": quotation.speaker.who,
        "said": quotation.speaker.said or None,
        "quoted": {
            "claim": quotation.claim,
            "group": quotation.group,
            "value": quotation.value,
            "unit": quotation.unit,
            "period": quotation.period or None,
        },
        "source": quotation.source._asdict(),
        "evidence": {"quality": quotation.quality, "in_words": sentences.evidence(quotation)},
        "our_inference": quotation.inference or None,
        "stage": quotation.stage or None,
        "topics": list(quotation.topics),
        "agreement": check.agreement,
        "our_figure": _figure(quotation.ours, check.figure) if quotation.ours and check.figure else None,
        "differs_in": list(quotation.ours.differs) if quotation.ours else [],
        "in_words": " ".join((sentences.verdict(check), *sentences.reasons(quotation))),
        "checked": quotation.speaker.checked,
        "look_again": quotation.speaker.look_again.isoformat(),
        "page": page,
        "citation": sentences.citation(quotation, page),
    }


def _figure(tie: Tie, found: OurFigure) -> Record:
    return {
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "equal_rate": found.equal_rate,
        "unit": tie.shown_in,
        "worked_out": tie.kind,
        "groups": list(tie.groups),
        "each_alone": dict(found.parts),
        "period": tie.period,
        "place": tie.place,
        "dataset": found.dataset,
        "version": found.version,
        "publisher": loader(found.dataset).publisher,
    }
