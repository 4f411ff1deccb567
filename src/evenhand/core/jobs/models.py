"""The turns that were taken: what makes a job that is asked for twice be done once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Turn(models.Model):
    """One job at one of its turns."""

    class State(models.TextChoices):
        """How it stands."""

        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    job = models.CharField(max_length=100)
    turn = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    attempts = models.PositiveSmallIntegerField(default=1)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)

    class Meta:
        """A job has one row a turn."""

        constraints = (models.UniqueConstraint(fields=("job", "turn"), name="one_row_a_turn"),)
        indexes = (models.Index(fields=("state", "began_at"), name="turn_by_state"),)

    def __str__(self) -> str:
        return f"{self.job} {self.turn}"
