"""Days by which somebody owes something, and whether it was kept."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import RefField
from evenhand.domains.reviews.models.bodies import Body


class Clocks(models.QuerySet["Clock"]):
    """Clocks, as they are asked for."""

    def running(self) -> "Clocks":
        """Those of which something is still due."""
        return self.filter(met_on=None, ended_on=None)


class Clock(models.Model):
    """What is due, from whom, by when, about which thing. Without a body it is ours to keep."""

    class Kind(models.TextChoices):
        """What is due."""

        UPDATE = "update", _("An update in public")
        PROMISE = "promise", _("What was promised")
        REPLY = "reply", _("A reply")
        RIGHT_OF_REPLY = "right-of-reply", _("An answer before an assessment is published")

    of = RefField(_("what it is about"))
    kind = models.CharField(_("what is due"), max_length=20, choices=Kind.choices)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="clocks", verbose_name=_("the body that owes it")
    )
    begins_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(_("when it was no longer due"), null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)
    chased_on = models.DateField(null=True, blank=True)

    objects = Clocks.as_manager()

    class Meta:
        """Of each kind, one runs at a time about one thing for each body that owes it."""

        ordering = ("due_on", "pk")
        indexes = (
            models.Index(fields=("of", "kind"), name="clock_of"),
            models.Index(fields=("due_on",), name="clock_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("of", "kind", "body"), condition=Q(met_on=None, ended_on=None), name="one_clock_runs_a_body"
            ),
            models.UniqueConstraint(
                fields=("of", "kind"), condition=Q(met_on=None, ended_on=None, body=None), name="one_clock_of_ours_runs"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("begins_on")), name="due_after_it_began"),
            models.CheckConstraint(condition=Q(met_on=None) | Q(ended_on=None), name="kept_or_ended"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.of}, {self.due_on}"
