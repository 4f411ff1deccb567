"""A line for each thing done, and beside it what was personal, which can be erased and leaves the line whole."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import RefField


class Line(models.Model):
    """Who did what to which thing, and when. The database refuses to change or delete one."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    by = RefField(_("who"))
    tag = models.CharField(_("what"), max_length=100)
    about = RefField(_("to what"))
    details = models.JSONField(_("how"), default=dict)

    class Meta:
        """Read by what a line is about, and by who did it; the newest first."""

        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("about", "-id"), name="line_about"),
            models.Index(fields=("by", "-id"), name="line_by"),
            models.Index(fields=("tag", "-id"), name="line_tag"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.tag} {self.about}"


class Personal(models.Model):
    """What a line holds of a person: never changed, and deleted when that person's data are erased."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="personal")
    of = RefField(_("whose"))
    details = models.JSONField()

    class Meta:
        """Found by whose it is."""

        indexes = (models.Index(fields=("of",), name="personal_of"),)
        constraints = (models.UniqueConstraint(fields=("line", "of"), name="one_part_a_person"),)

    def __str__(self) -> str:
        return f"{self.line_id}: {self.of}"
