"""Who says that they have a conflict or none, and who scored what."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.accounts.models import Person
from evenhand.core.organisations.models import Organisation
from evenhand.core.references import Ref, RefField
from evenhand.domains.support.models.applications import Application
from evenhand.domains.support.models.rounds import Round


class Declaration(models.Model):
    """What an assessor said, of one organisation and before anything else: a conflict, or none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conflict = models.BooleanField(_("conflict"))
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One word of each on each: a conflict that shows later replaces it, and never the other way round."""

        constraints = (
            models.UniqueConstraint(fields=("round", "person", "organisation"), name="one_declaration_each"),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("support.declaration", str(self.pk))


class Assessment(models.Model):
    """One assessor's scores of one application: 0 to 4 for each criterion, and why. Seen by others once all are in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="assessments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default="asked", editable=False)
    scores = models.JSONField(default=dict, blank=True)
    reasons = models.JSONField(default=dict, blank=True)
    asked_by = RefField()
    asked_at = models.DateTimeField(default=timezone.now)
    in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Nobody scores an application twice; what is in has the time at which it came."""

        ordering = ("asked_at",)
        constraints = (
            models.UniqueConstraint(fields=("application", "person"), name="one_assessment_each"),
            models.CheckConstraint(condition=~Q(status="in") | Q(in_at__isnull=False), name="what_is_in_has_its_time"),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("support.assessment", str(self.pk))
