"""What an organisation asks of a programme."""

import uuid

from django.db import models
from django.utils import timezone

from evenhand.core.organisations.models import Organisation


class Application(models.Model):
    """One organisation's request for support from one programme, known outside by its reference: `A-104`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)
    programme = models.SlugField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    status = models.CharField(max_length=30, default="draft")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The newest first."""

        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.reference
