"""The outbox: a row for each message, from when it is written until long after it was sent."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import RefField


class Notice(models.Model):
    """A message to one address. Its id is also its Message-ID, so that a copy sent twice is known for one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    about = RefField(null=True)
    stranger = models.BooleanField(_("to an address that nobody has confirmed"), default=False)
    unsubscribe = models.CharField(_("address that ends such messages by one click"), max_length=500, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=500, blank=True)

    class Meta:
        """What is to be sent is found at once, however much was sent before."""

        ordering = ("written_at",)
        indexes = (
            models.Index(fields=("due_at",), name="notice_to_send", condition=models.Q(sent_at=None, given_up_at=None)),
            models.Index(fields=("stranger", "written_at"), name="notice_to_strangers"),
        )

    def __str__(self) -> str:
        return f"{self.subject} ({self.id})"
