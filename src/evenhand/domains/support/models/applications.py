"""What an organisation asks of a programme, who writes it together, and who would rather talk first."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.accounts.models import Person
from evenhand.core.organisations.models import Organisation
from evenhand.core.references import Ref, RefField
from evenhand.domains.support.models.rounds import Round

DECIDED = ("offered", "reserve", "unsuccessful")
GIVEN = ("offered", "accepted")


class Application(models.Model):
    """One organisation's request for support in one round, known outside by its reference: `A-104`.

    `facts` are what was said for the check of eligibility, `proposal` what the rules made of them when it was sent,
    `answers` the rest by question. What was awarded stands in days, in quarters, or in pounds, as the programme gives.
    """

    class Way(models.TextChoices):
        """How it came."""

        FORM = "form", _("In writing")
        AUDIO = "audio", _("Spoken, as a recording")
        CALL = "call", _("Written down by an officer on the telephone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    status = models.CharField(max_length=30, default="draft", editable=False)
    key = models.UUIDField(unique=True, editable=False)  # of the form that began it: sent twice, it begins one
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.FORM)
    facts = models.JSONField(default=dict, blank=True)
    proposal = models.JSONField(default=list, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    begun_by = RefField(_("who began it"))
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(_("decision promised by"), null=True, blank=True)
    checked_by = RefField(_("who confirmed its eligibility"), null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    why_ineligible = models.TextField(blank=True)
    queried_at = models.DateTimeField(null=True, blank=True)
    query = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    question = models.TextField(_("what more was asked"), blank=True)
    reply = models.TextField(_("what was answered"), blank=True)
    agreed_scores = models.JSONField(null=True, blank=True)  # by criterion, of the panel that moderated
    moderation = models.TextField(_("what the panel agreed, and why"), blank=True)
    feedback = models.TextField(blank=True)
    days_awarded = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    pounds_awarded = models.PositiveIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = RefField(_("who decided"), null=True, blank=True)
    answered_at = models.DateTimeField(_("offer accepted or declined"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first. No decision without feedback, no offer of nothing, no organisation twice in a round."""

        ordering = ("-created_at",)
        indexes = (models.Index(fields=("status", "due_on"), name="application_by_clock"),)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "organisation"), condition=~Q(status="withdrawn"), name="one_application_a_round"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DECIDED) | ~Q(feedback=""), name="no_decision_without_feedback"
            ),
            models.CheckConstraint(
                # What is null is asked for by name: a check that comes to null passes.
                condition=~Q(status__in=GIVEN)
                | Q(days_awarded__isnull=False, days_awarded__gt=0)
                | Q(pounds_awarded__isnull=False, pounds_awarded__gt=0),
                name="no_offer_of_nothing",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "withdrawn")) | Q(sent_at__isnull=False, due_on__isnull=False),
                name="what_was_sent_has_its_promise",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def ref(self) -> Ref:
        """What the journal and other tables call it."""
        return Ref("support.application", str(self.pk))

    @property
    def programme(self) -> str:
        """The slug of the programme that it is to."""
        return self.round.programme


class Participant(models.Model):
    """Somebody who writes an application: who began it, or was invited by address and took that up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField(_("e-mail address"), blank=True)
    key = models.CharField(max_length=64, blank=True)  # the digest of what stands in the invitation's link
    until = models.DateTimeField(null=True, blank=True)
    invited_by = RefField(null=True, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Nobody takes part in one application twice at a time."""

        ordering = ("invited_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "person"),
                condition=Q(ended_at=None, person__isnull=False),
                name="one_part_each",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}: {self.pk}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it: never by the address."""
        return Ref("support.participant", str(self.pk))


class Conversation(models.Model):
    """Somebody asks to be rung: to talk before applying, or to apply on the telephone. Forgotten once it is settled."""

    class Kind(models.TextChoices):
        """What for."""

        TALK = "talk", _("Talk about whether and how to apply")
        APPLY = "apply", _("Apply on the telephone: somebody writes it down with me")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField(unique=True, editable=False)  # of the form: sent twice, it asks once
    programme = models.SlugField(max_length=60)
    kind = models.CharField(_("what for"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("your name"), max_length=120, blank=True)
    organisation = models.CharField(_("your organisation"), max_length=250, blank=True)
    phone = models.CharField(_("telephone"), max_length=40)
    when = models.CharField(_("a good time to ring"), max_length=200, blank=True)
    needs = models.CharField(_("anything that makes it easier"), max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = RefField(null=True, blank=True)

    class Meta:
        """The oldest first: nobody is passed over."""

        ordering = ("asked_at",)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def ref(self) -> Ref:
        """What the journal calls it: never by a name."""
        return Ref("support.conversation", str(self.pk))
