"""What one person writes and another publishes."""

import uuid

from django.db import models
from django.utils import timezone

from evenhand.core.references import RefField


class Written(models.Model):
    """Where it stands, who wrote it and when, and since when everybody may read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(max_length=20, default="written", editable=False)
    written_by = RefField(editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    published_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True
