"""Who asked to be told of what is new."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref
from evenhand.core.terms import TermsField


class Alert(models.Model):
    """An address, with the topics and the single things that it wants to hear of; neither is all.

    Ending it deletes the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    topics = TermsField("topics", verbose_name=_("topics"))
    follows = models.JSONField(_("single things that are followed"), default=list, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(default=timezone.now)

    class Meta:
        """Those who confirmed are asked for each day."""

        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        indexes = (models.Index(fields=("confirmed_at",), name="alert_by_confirmation"),)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def hears_all(self) -> bool:
        """Whether it is told of everything."""
        return not self.topics and not self.follows

    @property
    def ref(self) -> Ref:
        """What the journal calls it: never by the address."""
        return Ref("publishing.alert", str(self.pk))
