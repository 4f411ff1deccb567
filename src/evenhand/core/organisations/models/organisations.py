"""Organisations: names, identifiers, areas, and three separate facts about each."""

import uuid

from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evenhand.core import plain
from evenhand.core.references import Ref

SCHEME = RegexValidator(r"^[A-Z0-9]+(-[A-Z0-9]+)+$", _("Write the scheme as org-id.guide does, such as GB-CHC."))
PERCENT = 100


class Form(models.TextChoices):
    """What an organisation is in law."""

    CHARITY = "charity", _("Charity (unincorporated)")
    CHARITABLE_COMPANY = "charitable-company", _("Charitable company")
    CHARITABLE_INCORPORATED = "cio", _("Charitable incorporated organisation")
    COMMUNITY_INTEREST = "cic", _("Community interest company")
    COMPANY = "company", _("Company")
    SOCIETY = "society", _("Registered society")
    UNREGISTERED = "unregistered", _("Unregistered group")
    PUBLIC = "public-body", _("Public body")
    OTHER = "other", _("Another form")


class IncomeBand(models.TextChoices):
    """What an organisation takes in a year, in the bands that programmes ask for."""

    UNDER_10K = "under-10k", _("Under £10,000")
    TO_50K = "10k-50k", _("£10,000 to £50,000")
    TO_100K = "50k-100k", _("£50,000 to £100,000")
    TO_250K = "100k-250k", _("£100,000 to £250,000")
    TO_1M = "250k-1m", _("£250,000 to £1 million")
    OVER_1M = "over-1m", _("Over £1 million")


class Organisation(models.Model):
    """A body, under the name that it is known by. It is never deleted: what closes keeps its reference and title."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=250, validators=[plain.name])
    legal_form = models.CharField(_("legal form"), max_length=30, choices=Form.choices, blank=True)
    description = models.TextField(
        _("what it does"), blank=True, validators=[plain.plain, MaxLengthValidator(plain.LONG)]
    )
    income_band = models.CharField(_("income band"), max_length=20, choices=IncomeBand.choices, blank=True)
    email = models.EmailField(_("e-mail address for the public"), blank=True)
    phone = models.CharField(_("telephone for the public"), max_length=40, blank=True, validators=[plain.telephone])
    website = models.URLField(_("website"), blank=True, validators=[plain.website])
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    demonstration = models.BooleanField(_("demonstration"), default=False)
    to_look_at = models.BooleanField(_("an editor has to look at its name"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """How organisations are listed. One that was merged into another is closed, and is not itself that other."""

        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name", "slug")
        indexes = (models.Index(fields=("updated_at",), name="organisation_by_change"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_on__isnull=False), name="what_is_merged_is_closed"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="nothing_is_merged_into_itself"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name as every page, feed and export shows it."""
        return _("%(name)s (demonstration)") % {"name": self.name} if self.demonstration else self.name

    @property
    def ref(self) -> Ref:
        """What other tables and the journal call it."""
        return Ref("organisations.organisation", str(self.pk))


class Name(models.Model):
    """Another name of an organisation: in law, in short, in Welsh, or from before."""

    class Kind(models.TextChoices):
        """Why it has this name too."""

        LEGAL = "legal", _("In law")
        SHORT = "short", _("In short")
        WELSH = "welsh", _("In Welsh")
        ALSO = "also", _("Also known as")
        FORMER = "former", _("Before")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=250)

    class Meta:
        """No name twice."""

        constraints = (models.UniqueConstraint(fields=("organisation", "kind", "name"), name="one_name_once"),)

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """What a register calls an organisation: a scheme of org-id.guide, and the number there."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, validators=[SCHEME])
    value = models.CharField(max_length=40)
    primary = models.BooleanField(default=False)

    class Meta:
        """A number of a register belongs to one organisation, which has one primary identifier at most."""

        constraints = (
            models.UniqueConstraint(fields=("scheme", "value"), name="one_number_one_organisation"),
            models.UniqueConstraint(fields=("organisation",), condition=Q(primary=True), name="one_primary_identifier"),
        )

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


class Area(models.Model):
    """A place that an organisation works in, by its code in the library of places."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="areas")
    code = models.CharField(max_length=20)

    class Meta:
        """No area twice; all that work in one place are found at once."""

        constraints = (models.UniqueConstraint(fields=("organisation", "code"), name="one_area_once"),)
        indexes = (models.Index(fields=("code",), name="area_by_code"),)

    def __str__(self) -> str:
        return self.code


class Fact(models.Model):
    """One of three separate facts, with its basis, who confirmed it, and when. None follows from another."""

    class Kind(models.TextChoices):
        """Who leads it, whom it supports, and what it was founded for."""

        LED_BY = "led-by", _("Led by")
        FOCUSED_ON = "focused-on", _("Focused on")
        MISSION = "mission", _("Mission")

    class Basis(models.TextChoices):
        """What the fact rests on."""

        SAID = "said", _("The organisation says so")
        SEEN = "seen", _("Evidence was seen")
        REGISTER = "register", _("A public register says so")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    community = models.CharField(_("who, as a term of the vocabulary"), max_length=80)
    board_share = models.PositiveSmallIntegerField(_("share of the board, in per cent"), null=True, blank=True)
    staff_share = models.PositiveSmallIntegerField(_("share of the senior staff, in per cent"), null=True, blank=True)
    supported_share = models.PositiveSmallIntegerField(
        _("share of those supported, in per cent"), null=True, blank=True
    )
    words = models.TextField(_("in their own words"), blank=True, validators=[plain.plain])
    basis = models.CharField(max_length=10, choices=Basis.choices)
    confirmed_by = models.CharField(_("who confirmed it, by role or reference"), max_length=200)
    confirmed_on = models.DateField()

    class Meta:
        """Shares stand only where they mean something, and are shares."""

        constraints = (
            models.UniqueConstraint(fields=("organisation", "kind", "community"), name="one_fact_once"),
            models.CheckConstraint(
                condition=Q(kind="led-by") | Q(board_share=None, staff_share=None), name="leaders_are_of_led_by"
            ),
            models.CheckConstraint(
                condition=Q(kind="focused-on") | Q(supported_share=None), name="supported_are_of_focused_on"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{share: None}) | Q(**{f"{share}__lte": PERCENT}), name=f"{share}_is_a_share"
                )
                for share in ("board_share", "staff_share", "supported_share")
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.community}"
