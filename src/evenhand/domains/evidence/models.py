"""Figures that somebody brings, on their way: whose they are, and where they stand. What they are is in the store."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField

OPEN = ("loaded", "sent", "returned")


class Edition(models.Model):
    """One release of one dataset, put forward to be published by somebody else."""

    dataset = models.CharField(_("dataset"), max_length=80)
    version = models.CharField(_("release"), max_length=12)
    status = models.CharField(max_length=20, default=OPEN[0])
    loaded_by = RefField(_("who loaded them"))
    loaded_at = models.DateTimeField(_("when"), default=timezone.now)
    why = models.TextField(_("why they were sent back"), blank=True)

    class Meta:
        """A release is put forward once at a time."""

        ordering = ("-loaded_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dataset", "version"), condition=Q(status__in=OPEN), name="one_open_edition_of_a_release"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dataset} {self.version}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("evidence.edition", str(self.pk))
