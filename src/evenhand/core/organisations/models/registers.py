"""Official registers as they were imported: entries, what belongs to them, the loads that brought them, and alerts."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.organisations.models.organisations import Organisation
from evenhand.core.references import Ref, RefField


class Register(models.TextChoices):
    """The registers that are loaded."""

    CHARITIES = "charities", _("Charity Commission for England and Wales")
    COMPANIES = "companies", _("Companies House")


class Load(models.Model):
    """One reading of a register, from its first file to its last; begun and not ended, it can be gone on with."""

    register = models.CharField(max_length=20, choices=Register.choices)
    extracted = models.DateField(_("day of the extract"), null=True)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    given_up = models.BooleanField(default=False)  # ended before it was done: another was begun instead
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)

    class Meta:
        """The newest first; of one register, one is being read at a time."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("register",), condition=Q(ended_at=None), name="one_load_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.get_register_display()}, {self.begun_at:%Y-%m-%d %H:%M}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("organisations.load", str(self.pk))


class LoadedFile(models.Model):
    """How far one file of a load has been read: kept in the transaction of the rows, so that nothing is read twice."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    table = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    rejections = models.JSONField(default=list)  # the first few, with why
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A file once."""

        constraints = (models.UniqueConstraint(fields=("load", "fingerprint"), name="one_file_once_a_load"),)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One body as a register has it, in the register's own words; none of it is an organisation until it is matched.

    The register sets no length to what it says, and neither do we. An organisation is matched by an identifier of the
    same scheme and number. Nothing is kept of trustees, directors or whoever letters are addressed to.
    """

    scheme = models.CharField(max_length=20)
    key = models.CharField(max_length=20)  # by which the register tells its records apart
    number = models.CharField(max_length=20)
    name = models.TextField()
    form = models.TextField(blank=True)
    status = models.TextField(blank=True)
    reporting = models.TextField(blank=True)
    registered_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    income = models.BigIntegerField(null=True)
    accounts_to = models.DateField(null=True)
    postcode = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    email = models.TextField(blank=True)
    website = models.TextField(blank=True)
    company_number = models.TextField(blank=True)
    activities = models.TextField(blank=True)
    insolvent = models.BooleanField(null=True)
    in_administration = models.BooleanField(null=True)
    incorporated = models.BooleanField(null=True)
    dissolving = models.BooleanField(null=True)
    dissolving_on = models.DateField(null=True)
    accounts_due = models.DateField(null=True)
    statement_due = models.DateField(null=True)
    since = models.PositiveIntegerField()  # the load that brought it
    seen = models.PositiveIntegerField()  # the load that saw it last
    gone_on = models.DateField(null=True)  # the day of the extract that no longer had it

    class Meta:
        """One row a record of the register, found by its public number."""

        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        constraints = (models.UniqueConstraint(fields=("scheme", "key"), name="one_entry_a_record"),)
        indexes = (models.Index(fields=("scheme", "number"), name="entry_by_number"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.scheme}-{self.number})"


class Detail(models.Model):
    """One record of any other table of a register: an area, an event, a year's return. `record` is as it was read."""

    scheme = models.CharField(max_length=20)
    table = models.CharField(max_length=60)
    key = models.CharField(max_length=300)
    owner = models.CharField(max_length=20)  # the key of the entry that it belongs to
    record = models.JSONField()
    seen = models.PositiveIntegerField()

    class Meta:
        """One row a record, found by whom it is about."""

        constraints = (models.UniqueConstraint(fields=("scheme", "table", "key"), name="one_detail_a_record"),)
        indexes = (models.Index(fields=("scheme", "owner", "table"), name="detail_by_owner"),)

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Change(models.Model):
    """What a load found otherwise than the one before: an entry that changed, was gone, or came back."""

    class Kind(models.TextChoices):
        """How it is otherwise. What is new is found by the load that brought it."""

        CHANGED = "changed", _("Changed")
        GONE = "gone", _("Gone")
        BACK = "back", _("Back")

    load = models.ForeignKey(Load, models.CASCADE, related_name="changes")
    scheme = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    differences = models.JSONField(default=dict)  # each field with what it was and what it is

    class Meta:
        """By body, the newest first."""

        ordering = ("-pk",)
        indexes = (models.Index(fields=("scheme", "number"), name="change_by_number"),)

    def __str__(self) -> str:
        return f"{self.scheme}-{self.number}: {self.kind}"


class Alert(models.Model):
    """Something that a register says against listing an organisation as it stands; it ends when the register stops."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="alerts")
    scheme = models.CharField(max_length=20)
    number = models.CharField(max_length=20)
    danger = models.CharField(max_length=20)
    said = models.CharField(_("what the register says"), max_length=200)
    on = models.DateField(_("since"), null=True)
    history = models.CharField(_("what became of it"), max_length=500, blank=True)
    passed_to = models.JSONField(_("numbers of those that its work or assets passed to"), default=list)
    raised_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    settled_by = RefField(_("who looked at it"), null=True)
    settled_at = models.DateTimeField(null=True)
    settled_how = models.CharField(max_length=500, blank=True)

    class Meta:
        """The same is said once at a time."""

        ordering = ("-raised_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "scheme", "danger", "said"), condition=Q(ended_at=None), name="one_alert_once"
            ),
        )

    def __str__(self) -> str:
        return self.said

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("organisations.alert", str(self.pk))
