"""The days on which the bodies that a recommendation asks were written to for an answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref
from evenhand.domains.reviews.models.reviews import Recommendation
from evenhand.domains.reviews.models.written import Written

WORDS = 2000


class Asking(Written):
    """That an answer was asked for on a day. It is seen, and its clocks run, when a second person publishes it."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="askings")
    on = models.DateField(_("on which day it was sent"))
    words = models.TextField(_("what was asked"), max_length=WORDS)

    class Meta:
        """The latest first; one waits at a time."""

        ordering = ("-on", "-written_at")
        constraints = (
            models.UniqueConstraint(fields=("recommendation",), condition=Q(status="written"), name="one_asking_waits"),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.on}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("reviews.asking", str(self.pk))
