"""Recommendations as pages show them: what each asks, who says what of it, and the label that follows."""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Link
from evenhand.core.journal.queries import newest
from evenhand.domains.reviews.lifecycle.assessments import PUBLIC as PUBLIC_ASSESSMENTS
from evenhand.domains.reviews.lifecycle.recommendations import CURRENT, PUBLIC
from evenhand.domains.reviews.models import Assessment, Body, Determination, Recommendation, Review
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.rules.labels import ASKED, DONE, LABELS, PANEL, US, Judged, Label, Said, disagree, judge


@dataclass(frozen=True)
class Voice:
    """The last that one side said: who, what, on which basis, when and where; nothing where it is silent."""

    heading: str
    said: Assessment | None = None

    @property
    def who(self) -> str:
        """Who said it."""
        return self.said.assessor if self.said else ""

    @property
    def what(self) -> str:
        """What was said, in one word or two."""
        return position_in_words(self.said) if self.said else ""

    @property
    def quotation(self) -> str:
        """Its own words, where they are about several together: no word of ours tells what each of them is."""
        return self.said.quotation if self.said and self.said.of_several else ""

    @property
    def basis(self) -> str:
        """Judged by what."""
        return str(words.BASES.get(self.said.basis, "")) if self.said else ""

    @property
    def on(self) -> str:
        """When."""
        return words.when(self.said.on, self.said.on_note) if self.said else ""

    @property
    def url(self) -> str:
        """Where it can be read."""
        return self.said.url if self.said else ""


@dataclass(frozen=True)
class Shown:
    """A recommendation with everything that its page, its line in a list and its record need."""

    one: Recommendation
    said: tuple[Assessment, ...]  # of this recommendation, the newest first
    judged: Judged
    determinations: tuple[Determination, ...] = ()  # questions to a panel and what it determined, the newest first

    @property
    def url(self) -> str:
        """Its page."""
        return url_of(self.one)

    @property
    def title(self) -> str:
        """What it is called within its review."""
        return words.title_of(self.one)

    @property
    def full_title(self) -> str:
        """What it is called among those of all reviews."""
        said = {"review": self.one.review.title, "recommendation": self.title}
        return _("%(review)s: %(recommendation)s") % said

    @property
    def mark(self) -> str:
        """Its number where there is little room."""
        return words.mark_of(self.one)

    @property
    def label(self) -> str:
        """The label in words; of one that was not checked, that and nothing else."""
        return str(words.PLAIN if self.unjudged else words.LABELS[self.judged.label])

    @property
    def unjudged(self) -> bool:
        """Whether we say nothing of how it stands, since its number or wording was not checked."""
        return self.judged.reason == "wording-not-checked"

    @property
    def disputed(self) -> bool:
        """Whether the last that two of those who assess it alone said leaves it in different places."""
        last: dict[str, str] = {}
        for one in self.said:  # the newest first
            if one.status == "published" and not one.of_several:
                last.setdefault(one.capacity if one.capacity in (ASKED, US) else one.assessor, one.position)
        return disagree(last.values())

    @property
    def tag(self) -> str:
        """The colour that backs the label up."""
        return words.TAGS.get(self.judged.label, "")

    @property
    def why(self) -> str:
        """Why the label is what it is."""
        return words.reason_of(self.judged, self.checked_on)

    @property
    def checked_on(self) -> str:
        """When something was last said or found of it, as far as that day is known."""
        alone = (one for one in self.said if not one.of_several)
        newest = next((one for one in alone if one.day and one.day == self.judged.newest), None)
        return words.when(newest.on) if newest else words.on_day(self.judged.newest)

    @property
    def not_checked(self) -> str:
        """The warning of one whose number or wording was not checked."""
        return "" if self.one.checked else str(words.NOT_CHECKED)

    @cached_property
    def voices(self) -> tuple[Voice, Voice, Voice]:
        """What government and others who were asked say, what we say, what others say."""
        sides = (
            (_("Government and those asked say"), [one for one in self.said if one.capacity == ASKED]),
            (_("We say"), [one for one in self.said if one.capacity == US]),
            (_("Others say"), [one for one in self.said if one.capacity not in (ASKED, US)]),
        )
        first, second, third = (Voice(heading, _last(some)) for heading, some in sides)
        return first, second, third

    @property
    def answers(self) -> tuple[Assessment, ...]:
        """What the bodies that it asks have answered, each on its day, the newest first."""
        return tuple(one for one in self.said if one.answers and one.status == "published")

    @property
    def answered(self) -> tuple[str, str]:
        """The newest answer that is held, and its day; the day is empty where only words are held."""
        newest = next(iter(self.answers), None)
        return (newest.rationale, newest.on) if newest else (self.one.response, self.one.response_on)

    @property
    def links(self) -> tuple[Link, ...]:
        """The bodies that it asks; of one that ended, who took over."""
        return tuple(Link(body.name, body_url(body), note=after(body)) for body in self.one.bodies.all())


@dataclass(frozen=True)
class Counted:
    """How many of the checked ones have each label; those that were not checked count as that, and as nothing else."""

    labels: Counter[Label]
    unchecked: int

    @property
    def done(self) -> int:
        """How many can be called done."""
        return sum(self.labels[label] for label in DONE)

    @property
    def lines(self) -> list[tuple[str, int]]:
        """Each label that some have, in words, with how many; and how many were not checked."""
        found = [(str(words.LABELS[label]), self.labels[label]) for label in LABELS if self.labels[label]]
        return [*found, (_("Not checked"), self.unchecked)] if self.unchecked else found


def counted(some: Iterable[Shown]) -> Counted:
    """How many stand where, counted the same way on every page."""
    every = list(some)
    checked = [one.judged.label for one in every if one.one.checked]
    return Counted(Counter(checked), len(every) - len(checked))


def position_in_words(said: Assessment) -> str:
    """What an assessment says, in a word or two."""
    what = str(words.POSITIONS.get(said.position) or words.LABELS.get(said.position) or said.position)
    return _("of several together: %(what)s") % {"what": what} if said.of_several else what


def state() -> Hashable:
    """What every page of this part depends on: what was done, and the day, by which things stall and are overdue."""
    return timezone.localdate(), newest("reviews")


def reviews() -> QuerySet[Review]:
    """Those that everybody sees."""
    return Review.objects.filter(status="published")


def recommendations() -> QuerySet[Recommendation]:
    """Those that stand for everyone to see, with what their lines need."""
    return ever_public().filter(status__in=CURRENT)


def ever_public() -> QuerySet[Recommendation]:
    """Those that stand, and those that were withdrawn: for a page or an entry of their own, and for no list."""
    found = Recommendation.objects.filter(status__in=PUBLIC)
    return found.select_related("review", "part_of__review").prefetch_related("bodies")


def shown_all(rows: Iterable[Recommendation], today: dt.date) -> list[Shown]:
    """Each with what is said of it, in a few questions to the database for all."""
    some = list(rows)
    said, determined = _said_of(some), _determined(some)
    return [_shown(one, said.get(one.pk, ()), determined.get(one.pk, ()), today) for one in some]


def shown_of(one: Recommendation, today: dt.date) -> Shown:
    """One, with what is said of it."""
    return shown_all([one], today)[0]


def url_of(one: Recommendation) -> str:
    """The page of a recommendation."""
    return reverse("reviews:recommendation", args=[one.review.slug, one.slug])


def review_url(one: Review) -> str:
    """The page of a review."""
    return reverse("reviews:review", args=[one.slug])


def body_url(one: Body) -> str:
    """The page of a body."""
    return reverse("reviews:body", args=[one.slug])


def after(body: Body) -> str:
    """Until when there was a body that is no more, and who took over from it; nothing of one that there is."""
    if not body.ended:
        return ""
    said = {"year": body.ended, "heirs": ", ".join(heir.name for heir in body.heirs)}
    return _("until %(year)s; now %(heirs)s") % said if said["heirs"] else _("until %(year)s; nobody took over") % said


def _last(said: list[Assessment]) -> Assessment | None:
    """The newest that was said of it alone, or else of it among others; what is withdrawn or superseded is history."""
    current = [one for one in said if one.status == "published"]
    alone = [one for one in current if not one.of_several]
    return next(iter(alone or current), None)


def _determined(some: list[Recommendation]) -> dict[object, list[Determination]]:
    """What is public of what panels were asked."""
    found: dict[object, list[Determination]] = {}
    public = Determination.objects.filter(recommendation__in=some).exclude(asked_on=None)
    for one in public:
        found.setdefault(one.recommendation_id, []).append(one)
    return found


def _shown(
    one: Recommendation, said: Sequence[Assessment], determined: Sequence[Determination], today: dt.date
) -> Shown:
    # Of ours one stands: what it supersedes is history, and what was withdrawn no longer counts. What was said of
    # several together is a judgement of none of them.
    counted = [each for each in said if each.status == "published" and not each.of_several]
    settled = [Said(PANEL, each.label, "letter", each.on) for each in determined if _settles(each)]
    judged = judge(
        [*(Said(each.capacity, each.position, each.basis, each.day) for each in counted), *settled],
        verification=one.verification,
        today=today,
    )
    return Shown(one, tuple(said), judged, tuple(determined))


def _settles(one: Determination) -> bool:
    return one.status == "published" and bool(one.label)


def _said_of(some: list[Recommendation]) -> dict[object, list[Assessment]]:
    wanted = {one.pk for one in some}
    found: dict[object, list[Assessment]] = {}
    public = Assessment.objects.filter(status__in=PUBLIC_ASSESSMENTS, recommendations__in=wanted).distinct()
    for said in public.prefetch_related("recommendations"):
        for one in said.recommendations.all():
            if one.pk in wanted:
                found.setdefault(one.pk, []).append(said)
    return found
