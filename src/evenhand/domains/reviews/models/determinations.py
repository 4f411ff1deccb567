"""What a panel of experts was asked where those who assess a recommendation disagree, and what it determined."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField
from evenhand.domains.reviews.models.reviews import Recommendation

WORDS = 3000


class Determination(models.Model):
    """A question to a panel, named by its role and never by its people, and the answer once there is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="determinations")
    panel = models.CharField(_("which panel, by its role"), max_length=120)
    question = models.TextField(_("what it is asked"), max_length=WORDS)
    material = models.TextField(_("what it was given, with addresses"), max_length=WORDS)
    asked_on = models.DateField(_("on which day it was asked"), null=True, blank=True, editable=False)
    label = models.CharField(_("what that settles"), max_length=20, blank=True, editable=False)
    words = models.TextField(_("what it determined"), max_length=WORDS, blank=True, editable=False)
    on = models.DateField(_("on which day it determined that"), null=True, blank=True, editable=False)
    url = models.URLField(_("where it can be read"), max_length=500, blank=True, editable=False)
    why = models.CharField(_("why it was given up or withdrawn"), max_length=300, blank=True, editable=False)
    status = models.CharField(max_length=20, default="drafted", editable=False)
    written_by = RefField(editable=False)
    recorded_by = RefField(null=True, blank=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    published_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        """The latest first; one is open at a time, and one stands."""

        ordering = ("-written_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation",),
                condition=Q(status__in=("drafted", "asked", "recorded")),
                name="one_determination_is_open",
            ),
            models.UniqueConstraint(
                fields=("recommendation",), condition=Q(status="published"), name="one_determination_stands"
            ),
        )

    def __str__(self) -> str:
        return f"{self.panel}: {self.recommendation_id}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("reviews.determination", str(self.pk))
