"""When each thing that is new was first seen by whoever tells of it, so that a day given late is still told."""

from django.db import models
from django.utils import timezone


class Seen(models.Model):
    """One entry of the news."""

    key = models.CharField(max_length=200, unique=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Found by when."""

        verbose_name = "entry seen"
        verbose_name_plural = "entries seen"
        indexes = (models.Index(fields=("seen_at",), name="entry_by_sight"),)

    def __str__(self) -> str:
        return self.key
