"""Evidence that anybody sends in about a recommendation, a commitment or a disparity."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField

WORDS = 3000


class Removal(models.TextChoices):
    """Why something that was shown is taken down, as far as everybody is told."""

    PERSONAL = "personal", _("it held personal data")
    ACCUSATION = "accusation", _("it accused somebody who can be known")
    SENDER = "sender", _("whoever sent it asked for that")
    WRONG = "wrong", _("it was not so")
    RIGHTS = "rights", _("it was somebody else’s to publish")


class Submission(models.Model):
    """What somebody sent: read first by staff, then used or not, with the reason.

    What was sent is kept until it is screened; then only the words that are cleared of what is personal. The address of
    who sent it is kept until they are told what came of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = RefField(_("what it is about"))
    words = models.TextField(_("what it shows"), max_length=WORDS, blank=True)
    url = models.URLField(_("where it can be read"), max_length=500, blank=True)
    email = models.EmailField(_("your e-mail address, if you want to be told what came of it"), blank=True)
    cleared = models.TextField(_("as it is shown"), max_length=WORDS, blank=True, editable=False)
    status = models.CharField(max_length=20, default="submitted", editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    screened_by = RefField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    screened_on = models.DateField(null=True, blank=True, editable=False)
    decided_on = models.DateField(null=True, blank=True, editable=False)
    removed_on = models.DateField(null=True, blank=True, editable=False)
    removed_for = models.CharField(max_length=20, choices=Removal.choices, blank=True, editable=False)

    class Meta:
        """The oldest that waits comes first."""

        ordering = ("made_at",)
        indexes = (
            models.Index(fields=("status", "made_at"), name="submission_by_status"),
            models.Index(fields=("about", "status"), name="submission_about"),
        )

    def __str__(self) -> str:
        return f"{self.about} ({self.made_at:%Y-%m-%d})"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("reviews.submission", str(self.pk))
