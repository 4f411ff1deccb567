"""How a listing is kept true: the questions asked, what others report, and every version."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField
from evenhand.domains.directory.models.listing import Service


class Confirmation(models.Model):
    """The question whether a listing is still right, sent to who keeps it. Of its link only the digest is kept."""

    class Answer(models.TextChoices):
        """What was answered."""

        RIGHT = "right", _("Still right")
        CHANGED = "changed", _("Something has changed")
        CLOSED = "closed", _("It has closed")

    service = models.ForeignKey(Service, models.CASCADE, related_name="confirmations")
    digest = models.CharField(max_length=64, unique=True)
    counted_from = models.DateField(_("the check since which it is asked"))
    step = models.PositiveSmallIntegerField(_("the how-manieth time"))
    to = models.EmailField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    renews = models.ForeignKey("self", models.SET_NULL, null=True, related_name="renewed_by")

    class Meta:
        """Asked once a step, whoever asks twice; a link that ran out can be sent anew."""

        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("service", "counted_from", "step"), condition=Q(renews=None), name="one_question_a_step"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, answer="") | (Q(used_at__isnull=False) & ~Q(answer="")),
                name="used_with_an_answer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_id}: {self.counted_from} ({self.step})"


class Report(models.Model):
    """What somebody says is wrong with a listing. Their address is kept until it is settled, and no longer."""

    class Kind(models.TextChoices):
        """What is wrong."""

        CLOSED = "closed", _("It has closed")
        CONTACT = "contact", _("The telephone, e-mail address or website is wrong")
        PLACE = "place", _("The address or the area is wrong")
        PEOPLE = "people", _("It is not for the people it says")
        UNSAFE = "unsafe", _("Something about it is not safe")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Kind.choices)
    words = models.TextField(_("what is right instead, if you know"), blank=True)
    email = models.EmailField(_("your e-mail address, if you want to hear what came of it"), blank=True)
    from_keeper = models.BooleanField(default=False)
    status = models.CharField(max_length=20, default="new", editable=False)
    outcome = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The oldest that waits comes first."""

        ordering = ("made_at",)
        indexes = (models.Index(fields=("status", "made_at"), name="report_by_status"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.made_at:%Y-%m-%d})"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("directory.report", str(self.pk))


class Version(models.Model):
    """Everything that was said of a service after one edit, so that an edit can be seen and taken back."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    by = RefField()
    made_at = models.DateTimeField(default=timezone.now)
    undoes = models.PositiveIntegerField(null=True)

    class Meta:
        """The newest first; each number once."""

        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("service", "number"), name="one_version_a_number"),)

    def __str__(self) -> str:
        return f"{self.service_id}, version {self.number}"
