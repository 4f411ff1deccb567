"""What is said of progress: by whom, in which role, on which day and basis; and the totals that assessors published."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.partial import PartialDateField, validate_short
from evenhand.core.references import Ref, RefField
from evenhand.domains.reviews.models.bodies import Body
from evenhand.domains.reviews.models.reviews import Recommendation, Review

US = "us"


class Assessment(models.Model):
    """A dated judgement of how far something was done. It is never overwritten: a newer one stands beside it.

    About the recommendations that it names, or, where it names none, about what `about` says: a whole review.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=100, unique=True, null=True, blank=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="assessments")
    recommendations = models.ManyToManyField(Recommendation, related_name="assessments", blank=True)
    about = models.CharField(_("what it is about"), max_length=100)
    status = models.CharField(max_length=20, default="draft", editable=False)
    assessor = models.CharField(_("who says so"), max_length=200)
    capacity = models.CharField(_("in which role"), max_length=30)
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("the body that speaks"),
    )
    answers = models.BooleanField(_("the body’s answer to the recommendation"), default=False, editable=False)
    on = PartialDateField(_("when"))
    on_note = models.CharField(_("note on that day"), max_length=100, blank=True)
    day = models.DateField(null=True, blank=True, editable=False)  # the last that it can have been
    position = models.CharField(_("what is said"), max_length=30)
    basis = models.CharField(_("on which basis"), max_length=10)
    rationale = models.TextField(_("why"), blank=True)
    quotation = models.CharField(
        _("in its own words, at most 25"), max_length=300, blank=True, validators=[validate_short]
    )
    url = models.CharField(_("address of the evidence"), max_length=500)
    further = models.TextField(_("further addresses, one a line"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    # The right of reply
    asked_on = models.DateField(_("sent to the body on"), null=True, blank=True, editable=False)
    reply_due = models.DateField(_("its reply is awaited until"), null=True, blank=True, editable=False)
    reply = models.TextField(_("what the body replies"), blank=True, editable=False)
    replied_on = models.DateField(_("replied on"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", editable=False
    )
    shipped = models.CharField(max_length=64, blank=True, editable=False)
    written_by = RefField(null=True, blank=True, editable=False)
    reviewed_by = RefField(null=True, blank=True, editable=False)
    changed_by = RefField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        """The newest first; what has no day stands last."""

        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = (models.F("day").desc(nulls_last=True), "-created_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(answers=False) | Q(body__isnull=False), name="an_answer_is_a_bodys"),
        )
        indexes = (
            models.Index(fields=("review", "status"), name="assessment_by_review"),
            models.Index(fields=("touched_at",), name="assessment_by_touch"),
        )

    def __str__(self) -> str:
        return f"{self.assessor}: {self.about}"

    @property
    def ref(self) -> Ref:
        """What the journal and other tables call it."""
        return Ref("reviews.assessment", str(self.pk))

    @property
    def ours(self) -> bool:
        """Whether it is we who say so."""
        return self.capacity == US

    @property
    def of_several(self) -> bool:
        """Whether it is about several recommendations together: then it is a judgement of none of them alone."""
        return len(self.recommendations.all()) > 1


class Total(models.Model):
    """How many were done, under way, set aside, as an assessor counted them."""

    key = models.CharField(max_length=100, unique=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="totals")
    assessor = models.CharField(_("who counts"), max_length=200)
    capacity = models.CharField(_("in which role"), max_length=30)
    on = PartialDateField(_("when"))
    on_note = models.CharField(_("note on that day"), max_length=100, blank=True)
    scope = models.CharField(_("of what"), max_length=100, blank=True)
    counts = models.CharField(_("what was counted, in words"), max_length=300)
    tally = models.JSONField(_("what was counted, in numbers"), default=dict, blank=True)
    method = models.CharField(_("how"), max_length=300, blank=True)
    url = models.CharField(_("address of the source"), max_length=500)
    shipped = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        """The oldest first."""

        verbose_name = _("published total")
        verbose_name_plural = _("published totals")
        ordering = ("on", "key")

    def __str__(self) -> str:
        return f"{self.assessor}: {self.counts}"
