"""Engagements: who helps whom, the ledger of days, and what changed."""

from decimal import Decimal
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField
from evenhand.domains.support.models.applications import Application
from evenhand.domains.support.models.consultants import Consultant

QUARTER = Decimal("0.25")


class Engagement(models.Model):
    """The days that one accepted application was awarded, and what becomes of them; known outside as E-12.

    Days are counted in quarters, as whole numbers. The four counters and their order are the last guard of the ledger:
    whatever code does, the table never holds more days used than awarded, confirmed than used, or invoiced than
    confirmed. `quarters_confirmed` and `quarters_invoiced` are of a consultant's days; places on training are used.
    """

    reference = models.CharField(max_length=20, unique=True)
    application = models.OneToOneField(Application, models.PROTECT, related_name="engagement")
    consultant = models.ForeignKey(Consultant, models.PROTECT, null=True, blank=True, related_name="engagements")
    status = models.CharField(max_length=20, default="matching")
    skills = models.JSONField(_("what help is wanted with"), default=list, blank=True)
    quarters_awarded = models.PositiveSmallIntegerField()
    quarters_used = models.PositiveSmallIntegerField(default=0)
    quarters_confirmed = models.PositiveSmallIntegerField(default=0)
    quarters_invoiced = models.PositiveSmallIntegerField(default=0)
    brief = models.TextField(_("brief"), max_length=4000, blank=True)
    organisation_signed_at = models.DateTimeField(null=True, blank=True)
    consultant_signed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    begun_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(_("last reminded on"), null=True, blank=True)
    changed = models.TextField(_("what changed"), max_length=4000, blank=True)

    class Meta:
        """Newest first. Five days are never six: 0 ≤ invoiced ≤ confirmed ≤ used ≤ awarded."""

        ordering = ("-opened_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(quarters_used__gte=0, quarters_used__lte=F("quarters_awarded")),
                name="days_used_within_the_award",
            ),
            models.CheckConstraint(
                condition=Q(quarters_confirmed__gte=0, quarters_confirmed__lte=F("quarters_used")),
                name="days_confirmed_were_used",
            ),
            models.CheckConstraint(
                condition=Q(quarters_invoiced__gte=0, quarters_invoiced__lte=F("quarters_confirmed")),
                name="days_invoiced_were_confirmed",
            ),
            models.CheckConstraint(condition=Q(quarters_awarded__gt=0), name="an_award_is_of_days"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def ref(self) -> Ref:
        """What other tables and the journal call it."""
        return Ref("support.engagement", self.reference)

    @property
    def organisation_id(self) -> UUID:
        """Whom it supports."""
        return self.application.organisation_id

    @property
    def days_awarded(self) -> Decimal:
        """The award, in days."""
        return self.quarters_awarded * QUARTER

    @property
    def days_used(self) -> Decimal:
        """What was recorded and not taken back, in days."""
        return self.quarters_used * QUARTER

    @property
    def days_left(self) -> Decimal:
        """What can still be used, in days."""
        return (self.quarters_awarded - self.quarters_used) * QUARTER


class DayEntry(models.Model):
    """One line of the ledger. It is never changed: what was wrong is taken back by an opposite line.

    `key` is that of the form that it came from, so that a form sent twice is one line.
    """

    class Kind(models.TextChoices):
        """What the days went on."""

        DAYS = "days", _("Work with the organisation")
        TRAINING = "training", _("A place on training")

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="entries")
    consultant = models.ForeignKey(Consultant, models.PROTECT, null=True, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DAYS)
    quarters = models.SmallIntegerField()
    on = models.DateField(_("day"))
    note = models.CharField(_("what was done"), max_length=500)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    key = models.UUIDField(null=True, unique=True)
    by = RefField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In the order of writing. Only what takes another back is negative, and each line is taken back once."""

        ordering = ("pk",)
        verbose_name_plural = "day entries"
        constraints = (
            models.CheckConstraint(
                condition=Q(corrects=None, quarters__gt=0) | Q(corrects__isnull=False, quarters__lt=0),
                name="only_corrections_are_negative",
            ),
        )

    def __str__(self) -> str:
        return f"{self.engagement.reference}: {self.days}"

    @property
    def days(self) -> Decimal:
        """How many days, negative where it takes a line back."""
        return self.quarters * QUARTER


class Agreement(models.Model):
    """That the organisation confirmed a line of the ledger: a row beside it, since the line is never changed."""

    entry = models.OneToOneField(DayEntry, models.PROTECT, related_name="agreement")
    by = RefField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.entry)


class DayLink(models.Model):
    """A link by which a line is confirmed from an e-mail, once: its digest, and to whom it was sent."""

    entry = models.ForeignKey(DayEntry, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    to = models.EmailField()
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.entry)


class Shortlisted(models.Model):
    """A consultant who was proposed for an engagement, and why, in the words of that day."""

    class Outcome(models.TextChoices):
        """What came of it."""

        OFFERED = "offered", _("On the shortlist")
        CHOSEN = "chosen", _("Chosen")
        DECLINED = "declined", _("Not able to take it on")
        LEFT = "left", _("Matched anew since")

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="shortlist")
    consultant = models.ForeignKey(Consultant, models.PROTECT, related_name="shortlisted")
    points = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OFFERED)
    rate = models.DecimalField(
        _("day rate when it was taken on, in pounds"), max_digits=7, decimal_places=2, null=True, editable=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Each consultant once."""

        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("engagement", "consultant"), name="shortlisted_once"),)

    def __str__(self) -> str:
        return f"{self.engagement}: {self.consultant}"


class CapacityCheck(models.Model):
    """What an organisation answered to the short questions on its strength: before, after, or six months later."""

    class Moment(models.TextChoices):
        """When it was asked."""

        BEFORE = "before", _("Before")
        AFTER = "after", _("After")
        LATER = "later", _("Six months later")

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="checks")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    answers = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Once each."""

        constraints = (models.UniqueConstraint(fields=("engagement", "moment"), name="one_check_a_moment"),)

    def __str__(self) -> str:
        return f"{self.engagement}, {self.get_moment_display()}"
