"""Rounds: when a programme takes applications, and what it has to give in that time."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField


class Round(models.Model):
    """One time in which a programme is open. Its dates are meant in London, and kept in UTC."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.SlugField(_("programme"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    available = models.DecimalField(
        _("what there is to give, in days or pounds"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    status = models.CharField(max_length=20, default="draft", editable=False)
    drafted_by = RefField(_("who drafted it"))
    agreed_by = RefField(_("who agreed for the funder"), null=True, blank=True)
    approved_by = RefField(_("who approved it as director"), null=True, blank=True)
    notice = models.CharField(_("why it is paused"), max_length=300, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(_("what came of it, in words for the public"), blank=True)
    demonstration = models.BooleanField(_("demonstration"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        """The latest first; a round closes after it opens, and no two of a programme have one title."""

        ordering = ("-opens_at",)
        indexes = (models.Index(fields=("programme", "status"), name="round_by_programme"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="a_round_closes_after_it_opens",
                violation_error_message=_("The round would close before it opens. Choose a later end."),
            ),
            models.UniqueConstraint(
                fields=("programme", "title"),
                name="one_title_a_programme",
                violation_error_message=_("This programme has a round of that title. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "agreed")) | Q(agreed_by__isnull=False, approved_by__isnull=False),
                name="a_round_is_approved_by_two",
            ),
        )

    def __str__(self) -> str:
        return _("%(title)s (demonstration)") % {"title": self.title} if self.demonstration else self.title

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("support.round", str(self.pk))
