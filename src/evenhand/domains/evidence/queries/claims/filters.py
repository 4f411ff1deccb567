"""Which claims are asked for: by stage, topic, who says it, and whether our figures agree."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Chooser, Link
from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.claims import sentences
from evenhand.domains.evidence.queries.claims.ours import SPEAKER, OurClaim
from evenhand.library.datasets.catalogue import Unknown
from evenhand.library.datasets.claims.agreement import AGREEMENTS, Check
from evenhand.library.datasets.compare import LONGEST
from evenhand.library.vocabulary import stages, topics

FILTERS = ("stage", "topic", "source", "agreement")
Asked = Mapping[str, str]


def asked_of(query: QueryDict, checks: Sequence[Check], own: Sequence[OurClaim]) -> Asked:
    """The filters of an address; Refused with the near matches if one of them lets nothing through by its name."""
    asked = {name: value for name in FILTERS if (value := query.get(name, ""))}
    known = options(checks, own)
    for name, value in asked.items():
        if value not in known[name]:
            fault = Unknown(name, value[:LONGEST], list(known[name]))
            raise Refused(str(fault), near=fault.near, code=f"unknown-{name}", status=404)
    return asked


def options(checks: Sequence[Check], own: Sequence[OurClaim]) -> Mapping[str, Mapping[str, str]]:
    """What can be asked for with each filter: its value in the address, and its name."""
    quoted = [one.quotation for one in checks]
    about = {one.stage for one in quoted} | {one.answered.measure.stage for one in own}
    topical = {topic for one in quoted for topic in one.topics}
    speakers = {one.speaker.slug: sentences.speaker(one.speaker) for one in quoted}
    return {
        "stage": {one.slug: _(one.name) for one in stages() if one.slug in about},
        "topic": {one.slug: _(one.name) for one in topics() if one.slug in topical},
        "source": {SPEAKER: _("Evenhand"), **speakers},
        "agreement": {one: sentences.tag(one) for one in AGREEMENTS},
    }


def choosers(asked: Asked, checks: Sequence[Check], own: Sequence[OurClaim]) -> Iterator[Chooser]:
    """A list of links for each filter, the others staying as they are."""
    names = {
        "stage": _("Stage"),
        "topic": _("Topic"),
        "source": _("Who says it"),
        "agreement": _("Beside our figures"),
    }
    for name, known in options(checks, own).items():
        rest = {key: value for key, value in asked.items() if key != name}
        every = Link(_("All"), address(rest), current=name not in asked)
        links = [
            Link(said, address({**rest, name: slug}), current=asked.get(name) == slug) for slug, said in known.items()
        ]
        yield Chooser(names[name], (every, *links))


def address(asked: Asked, view: str = "claims") -> str:
    """The address of the claims that are asked for."""
    path = reverse(f"evidence:{view}")
    return f"{path}?{urlencode(asked)}" if asked else path


def holds(asked: Asked, check: Check) -> bool:
    """Whether a claim of somebody else is asked for."""
    quotation = check.quotation
    return (
        asked.get("stage", quotation.stage) == quotation.stage
        and ("topic" not in asked or asked["topic"] in quotation.topics)
        and asked.get("source", quotation.speaker.slug) == quotation.speaker.slug
        and asked.get("agreement", check.agreement) == check.agreement
    )


def holds_own(asked: Asked, claim: OurClaim) -> bool:
    """Whether a claim of ours is asked for: it has no topic, and agrees with itself."""
    if {"topic", "agreement"} & asked.keys():
        return False
    stage = claim.answered.measure.stage
    return asked.get("stage", stage) == stage and asked.get("source", SPEAKER) == SPEAKER
