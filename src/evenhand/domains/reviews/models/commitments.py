"""What the body itself has promised, how it was worded before, what it says of it, and what it was asked."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField
from evenhand.domains.reviews.models.evidence import Removal
from evenhand.domains.reviews.models.written import Written

RESERVED = ("template", "propose", "challenges")  # each the address of another page
WORDS = 2000


class Commitment(models.Model):
    """One promise: who keeps it, by when, and by what anybody can tell whether it was kept."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(rf"^(?!({'|'.join(RESERVED)})$)", _("Another page has this address."))],
    )
    title = models.CharField(_("in one line"), max_length=120)
    text = models.TextField(_("what is promised"), max_length=WORDS)
    owner = models.CharField(_("who keeps it"), max_length=120)
    sponsor = models.CharField(_("who answers for it on the board"), max_length=120)
    measure = models.CharField(_("how anybody can tell"), max_length=300)
    figure = RefField(_("a published figure that it is about"), null=True, blank=True)
    baseline = models.CharField(_("where it began"), max_length=300)
    target = models.CharField(_("what counts as kept"), max_length=300)
    due_on = models.DateField(_("by when"))
    status = models.CharField(max_length=20, default="proposed", editable=False)
    written_by = RefField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    adopted_on = models.DateField(null=True, blank=True, editable=False)
    why = models.TextField(_("why it was not adopted"), max_length=WORDS, blank=True, editable=False)
    demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        """The one that is due first comes first."""

        ordering = ("due_on", "slug")

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """What others call it."""
        return Ref("reviews.commitment", self.slug)

    @property
    def name(self) -> str:
        """Its title, and that it is of a demonstration if it is."""
        return _say("%(title)s (demonstration)") % {"title": self.title} if self.demonstration else self.title


WORDED = ("text", "measure", "baseline", "target", "due_on")


class Wording(models.Model):
    """What a commitment said until it was changed, and why it was."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="wordings")
    until = models.DateField()
    why = models.TextField(max_length=WORDS)
    text = models.TextField(max_length=WORDS)
    measure = models.CharField(max_length=300)
    baseline = models.CharField(max_length=300)
    target = models.CharField(max_length=300)
    due_on = models.DateField()

    class Meta:
        """The latest first."""

        ordering = ("-until", "-pk")

    def __str__(self) -> str:
        return f"{self.commitment_id}, until {self.until}"


class Update(Written):
    """What the body says of a commitment at one time: where it stands, and what was learned. Or how it was changed."""

    class Standing(models.TextChoices):
        """Where a commitment can be said to stand."""

        ON_TRACK = "on-track", _("On track")
        AT_RISK = "at-risk", _("At risk")
        MISSED = "missed", _("Missed")
        MET = "met", _("Met")
        CHANGED = "changed", _("Changed by the board")

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="updates")
    standing = models.CharField(_("where it stands"), max_length=20, choices=Standing.choices)
    words = models.TextField(_("what has happened"), max_length=WORDS)
    figure = models.CharField(_("where the measure stands now"), max_length=300, blank=True)
    learned = models.TextField(_("what was learned"), max_length=WORDS, blank=True)
    # What it is to say from now on, if the board changed it.
    text = models.TextField(_("what is promised"), max_length=WORDS, blank=True)
    measure = models.CharField(_("how anybody can tell"), max_length=300, blank=True)
    target = models.CharField(_("what counts as kept"), max_length=300, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)

    class Meta:
        """The latest first; one waits at a time."""

        ordering = ("-published_on", "-written_at")
        constraints = (
            models.UniqueConstraint(
                fields=("commitment",), condition=models.Q(status="written"), name="one_update_waits"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.standing}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("reviews.update", str(self.pk))


class Challenge(models.Model):
    """A question that anybody asks of a commitment, answered in public.

    The address of who asked is kept until it is answered or refused. It is shown as staff have cleared it of what is
    personal; the words that were sent are then forgotten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="challenges")
    words = models.TextField(_("your question"), max_length=WORDS, blank=True)
    email = models.EmailField(_("your e-mail address, if you want to be told of the answer"), blank=True)
    asked = models.TextField(_("as it is shown"), max_length=WORDS, blank=True, editable=False)
    status = models.CharField(max_length=20, default="asked", editable=False)
    why = models.CharField(_("why it is not shown"), max_length=500, blank=True, editable=False)
    answer = models.TextField(_("answer"), max_length=WORDS, blank=True, editable=False)
    screened_by = RefField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    screened_on = models.DateField(null=True, blank=True, editable=False)
    answered_on = models.DateField(null=True, blank=True, editable=False)
    removed_on = models.DateField(null=True, blank=True, editable=False)
    removed_for = models.CharField(max_length=20, choices=Removal.choices, blank=True, editable=False)

    class Meta:
        """The oldest that waits comes first."""

        ordering = ("made_at",)
        indexes = (models.Index(fields=("status", "made_at"), name="challenge_by_status"),)

    def __str__(self) -> str:
        return f"{self.commitment_id} ({self.made_at:%Y-%m-%d})"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("reviews.challenge", str(self.pk))
