"""Who asks to look after an organisation's entry and how they prove it, the evidence seen, and invitations."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.files.models import File
from evenhand.core.organisations.models.organisations import Organisation
from evenhand.core.references import Ref, RefField


class Claim(models.Model):
    """A person's request to look after the entry of an organisation: listed here or not yet, registered or not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="claims")
    scheme = models.CharField(max_length=20, blank=True)  # blank for a group that no register has
    number = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name of the organisation"), max_length=250)
    about = models.TextField(_("what it does"), blank=True)
    status = models.CharField(max_length=20, default="begun")
    key = models.CharField(max_length=64, blank=True)  # of the link that was sent, as a digest
    key_until = models.DateTimeField(null=True, blank=True)
    links_sent = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(_("why it was decided so"), max_length=500, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first; one open claim of a person for one number."""

        ordering = ("-begun_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "scheme", "number", "name"),
                condition=models.Q(status__in=("begun", "sent", "waiting")),
                name="one_open_claim",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """What other tables and the journal call it."""
        return Ref("organisations.claim", str(self.pk))


class Evidence(models.Model):
    """Something shown for a claim or for an organisation that no register has, and what an editor made of it."""

    class Kind(models.TextChoices):
        """What it is."""

        GOVERNING = "governing-document", _("Governing document or constitution")
        ACCOUNTS = "accounts", _("Annual accounts or report")
        BANK = "bank-letter", _("Letter from the group's bank, with figures blacked out")
        MINUTES = "minutes", _("Minutes of a meeting")
        LETTER = "letter", _("Letter on the organisation's paper")
        OTHER = "other", _("Something else")

    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="evidence")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="evidence")
    kind = models.CharField(_("what it is"), max_length=20, choices=Kind.choices)
    file = models.OneToOneField(File, models.PROTECT, null=True, blank=True, related_name="evidence")
    given_at = models.DateTimeField(default=timezone.now)
    given_by = RefField()
    seen_by = RefField(null=True)
    seen_on = models.DateField(_("seen on"), null=True)

    class Meta:
        """It is of a claim, of an organisation, or of both."""

        verbose_name_plural = _("evidence")
        ordering = ("given_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(claim__isnull=False) | models.Q(organisation__isnull=False),
                name="evidence_is_of_something",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def ref(self) -> Ref:
        """What files and the journal call it."""
        return Ref("organisations.evidence", str(self.pk))


class Invitation(models.Model):
    """An owner's invitation of somebody by address, to look after the entry with them or in their place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=40)
    by = RefField()
    key = models.CharField(max_length=64, unique=True)  # of the link, as a digest
    until = models.DateTimeField()
    sent_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ("-sent_at",)

    def __str__(self) -> str:
        return self.email

    @property
    def ref(self) -> Ref:
        """What the journal calls it, without the address."""
        return Ref("organisations.invitation", str(self.pk))
