"""Reviews and what they recommended, with how far each was seen in its source."""

import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.partial import PartialDateField, validate_short
from evenhand.core.references import Ref, RefField
from evenhand.core.sources import CHECKED
from evenhand.core.terms import TermsField
from evenhand.domains.reviews.models.bodies import Body

# What our own addresses take under /progress/: no review may be called so.
RESERVED = frozenset(
    {
        *("assessments", "bodies", "check", "commitments", "evidence", "explain-or-reform", "overdue"),
        *("recommendations", "register"),
    }
)


class Review(models.Model):
    """A review, an inquiry, an inspection: whatever made recommendations."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    short = models.CharField(_("short name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, default="review")
    chair = models.CharField(_("who led or made it"), max_length=200, blank=True)
    published = PartialDateField(_("published"))
    in_all = models.PositiveSmallIntegerField(_("how many recommendations it made"), null=True, blank=True)
    answered = PartialDateField(_("answered by government"))
    standing = models.CharField(_("what was last said of it as a whole"), max_length=300, blank=True)
    standing_on = PartialDateField(_("when that was said"))
    url = models.CharField(_("address of the source"), max_length=500, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    errata = models.TextField(_("mistakes in sources"), blank=True)
    status = models.CharField(max_length=20, default="captured", editable=False)
    shipped = models.CharField(max_length=64, blank=True, editable=False)
    written_by = RefField(null=True, blank=True, editable=False)
    changed_by = RefField(null=True, blank=True, editable=False)

    class Meta:
        """The oldest first."""

        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("published", "slug")

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """What the journal and other tables call it."""
        return Ref("reviews.review", self.slug)


class Recommendation(models.Model):
    """One thing that was asked for. `key` is its name for ever: lammy-2017-13."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=100, unique=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="recommendations")
    slug = models.SlugField(_("number in the address"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    number = models.CharField(_("number"), max_length=40, blank=True)
    numbered = models.CharField(_("whose number it is"), max_length=10, default="source")
    number_note = models.CharField(_("note on the number"), max_length=100, blank=True)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    status = models.CharField(max_length=20, default="captured", editable=False)
    summary = models.TextField(_("what it asks, in our words"))
    quotation = models.CharField(
        _("its own words, at most 25"), max_length=300, blank=True, validators=[validate_short]
    )
    page = models.CharField(_("page of the source"), max_length=20, blank=True)
    chapter = models.CharField(_("chapter"), max_length=100, blank=True)
    addressed_to = models.CharField(_("whom it asks, in the source’s terms"), max_length=200)
    bodies = models.ManyToManyField(Body, related_name="recommendations", blank=True)
    theme = models.CharField(_("theme"), max_length=100, blank=True)
    topics = TermsField("topics", verbose_name=_("topics"))
    stages = TermsField("stages", verbose_name=_("stages"))
    groups = TermsField("groups", verbose_name=_("groups"))
    places = TermsField("places", verbose_name=_("places"))
    measures = models.CharField(_("measures of ours that it is about"), max_length=300, blank=True)
    response = models.TextField(_("what was answered, in our words"), blank=True)
    response_on = PartialDateField(_("when it was answered"))
    response_note = models.CharField(_("note on that day"), max_length=100, blank=True)
    latest = models.TextField(_("what was last reported, in our words"), blank=True)
    latest_on = PartialDateField(_("when that was reported"))
    latest_note = models.CharField(_("note on that day"), max_length=100, blank=True)
    url = models.CharField(_("address of the source"), max_length=500, blank=True)
    where = models.CharField(_("where in the source"), max_length=200, blank=True)
    further = models.TextField(_("further addresses, one a line"), blank=True)
    seen = models.CharField(_("how the text was seen"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    errata = models.TextField(_("mistakes in sources"), blank=True)
    verification = models.CharField(_("how far it was checked against the source"), max_length=20, default="unverified")
    shipped = models.CharField(max_length=64, blank=True, editable=False)
    written_by = RefField(null=True, blank=True, editable=False)
    verified_by = RefField(null=True, blank=True, editable=False)
    changed_by = RefField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        """In the order of the review."""

        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("review__published", "review__slug", "order", "slug")
        constraints = (
            models.UniqueConstraint(fields=("review", "slug"), name="one_recommendation_an_address"),
            models.CheckConstraint(
                condition=models.Q(quotation="") | models.Q(verification__in=CHECKED),
                name="only_what_was_seen_is_quoted",
                violation_error_message=_("Its words were not seen in the source: they cannot be quoted."),
            ),
        )
        indexes = (models.Index(fields=("touched_at",), name="recommendation_by_touch"),)

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its name, which never changes."""
        self.key = self.key or f"{self.review.slug}-{self.slug}"
        super().save(*args, **kwargs)

    @property
    def ref(self) -> Ref:
        """What the journal and other tables call it."""
        return Ref("reviews.recommendation", self.key)

    @property
    def checked(self) -> bool:
        """Whether its number was seen with its text or gist in the source."""
        return self.verification in CHECKED

    @property
    def was_answered(self) -> bool:
        """Whether an answer is held, with its day, to something whose number and wording were checked."""
        return bool(self.response and self.response_on and self.checked)
