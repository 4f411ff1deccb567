"""What is said of a service in rows of their own: words, people, places and hours."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenhand.core.plain import one_line
from evenhand.domains.directory.models.listing import Service

CODE = RegexValidator(r"^[A-Z][A-Z0-9]{2,8}$", _("Give the code of a place, such as E09000030 or BXI."))
DAYS = RegexValidator(
    r"^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$", _("Name the days by two letters each: MO,TU.")
)


class Referrer(models.TextChoices):
    """Who may bring somebody."""

    SELF = "self", _("You yourself")
    FAMILY = "family", _("Family or friends")
    PROBATION = "probation", _("Probation")
    PRISON = "prison", _("Prison staff")
    COURT = "court", _("Court, police or a solicitor")
    OTHER = "other", _("Another service")


class Way(models.TextChoices):
    """How help is given."""

    PERSON = "in-person", _("In person")
    PHONE = "phone", _("By phone")
    ONLINE = "online", _("Online")
    POST = "post", _("By post")
    PRISON = "prison-visits", _("Visits prisons")
    HOME = "home-visits", _("Comes to your home")


class Access(models.TextChoices):
    """What a place or a service has for people with disabilities."""

    STEP_FREE = "step-free", _("Step-free")
    TOILET = "accessible-toilet", _("Accessible toilet")
    LOOP = "hearing-loop", _("Hearing loop")
    QUIET = "quiet-space", _("Quiet space")
    EASY_READ = "easy-read", _("Easy Read")
    CHILDREN = "children-welcome", _("Children welcome")


class Flag(models.TextChoices):
    """What somebody who looks may have to hide from another."""

    ABUSE = "domestic-abuse", _("Domestic abuse")
    HONOUR = "honour-based-abuse", _("So-called honour-based abuse")
    HATE = "hate-crime", _("Hate crime")
    GANGS = "leaving-gangs", _("Leaving gangs")
    SLAVERY = "modern-slavery", _("Modern slavery")


class Term(models.Model):
    """One word of a vocabulary that holds of a service."""

    class Kind(models.TextChoices):
        """Of which vocabulary."""

        NEED = "need", _("Need")
        STAGE = "stage", _("Stage of the journey")
        TOPIC = "topic", _("Topic")
        REFERRER = "referrer", _("Who may refer")
        WAY = "way", _("How help is given")
        LANGUAGE = "language", _("Language spoken")
        ACCESS = "access", _("Access")
        FLAG = "flag", _("Why the page has an exit button")

    service = models.ForeignKey(Service, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    term = models.CharField(max_length=80)

    class Meta:
        """No word twice; all services with one word are found at once."""

        ordering = ("kind", "term")
        constraints = (models.UniqueConstraint(fields=("service", "kind", "term"), name="one_term_once"),)
        indexes = (models.Index(fields=("kind", "term"), name="service_by_term"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.term}"


class Audience(models.Model):
    """People for whom a service is made, and whether it is for them alone. None of these: it is for everyone."""

    class Kind(models.TextChoices):
        """By what they are told apart. Ages stand in the service itself."""

        COMMUNITY = "community", _("Ethnicity or community")
        FAITH = "faith", _("Faith")
        GENDER = "gender", _("Gender")
        LANGUAGE = "language", _("Language")

    service = models.ForeignKey(Service, models.CASCADE, related_name="audiences")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    term = models.CharField(_("who, as a term of the vocabulary"), max_length=80)
    only = models.BooleanField(_("for them alone"), default=False)

    class Meta:
        """Nobody twice; all services for some people are found at once."""

        ordering = ("kind", "term")
        constraints = (models.UniqueConstraint(fields=("service", "kind", "term"), name="one_audience_once"),)
        indexes = (models.Index(fields=("kind", "term"), name="service_by_audience"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.term}" + (" only" if self.only else "")


class Coverage(models.Model):
    """A place that a service covers: by its code in the library of places, or a court, which has none, by name."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="coverage")
    code = models.CharField(max_length=20, blank=True, validators=[CODE])
    court = models.CharField(max_length=120, blank=True, validators=[one_line])

    class Meta:
        """No place twice; all services that cover one are found at once."""

        verbose_name_plural = _("coverage")
        ordering = ("court", "code")
        constraints = (
            models.UniqueConstraint(fields=("service", "code", "court"), name="one_coverage_once"),
            models.CheckConstraint(
                condition=(Q(code="") & ~Q(court="")) | (~Q(code="") & Q(court="")), name="a_code_or_a_court"
            ),
        )
        indexes = (models.Index(fields=("code",), name="service_by_coverage"),)

    def __str__(self) -> str:
        return self.court or self.code


class Location(models.Model):
    """Where a service is given. What must not be shown is not held: a hidden place has no address and no point."""

    class Visibility(models.TextChoices):
        """How much of it may be known."""

        FULL = "full", _("The whole address")
        AREA = "area", _("The area only")
        HIDDEN = "hidden", _("Nothing: the address is confidential")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.CASCADE, related_name="locations")
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.FULL)
    name = models.CharField(_("name of the place"), max_length=120, blank=True, validators=[one_line])
    line_1 = models.CharField(_("address"), max_length=120, blank=True, validators=[one_line])
    line_2 = models.CharField(_("second line of the address"), max_length=120, blank=True, validators=[one_line])
    town = models.CharField(_("town"), max_length=80, blank=True, validators=[one_line])
    county = models.CharField(_("county"), max_length=80, blank=True, validators=[one_line])
    postcode = models.CharField(_("postcode, or its first part"), max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True, editable=False)
    longitude = models.FloatField(null=True, blank=True, editable=False)

    class Meta:
        """The database itself keeps what must not be known from being held."""

        ordering = ("service", "town", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(visibility="hidden")
                | Q(name="", line_1="", line_2="", town="", county="", postcode="", latitude=None, longitude=None),
                name="hidden_is_not_held",
                violation_error_message=_("A confidential place is kept without name, address or point."),
            ),
            models.CheckConstraint(
                condition=~Q(visibility="area") | (Q(name="", line_1="", line_2="") & ~Q(postcode__contains=" ")),
                name="an_area_is_no_address",
                violation_error_message=_("Where only the area is shown, no more than town and outward code is kept."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="a_point_has_two_sides",
            ),
        )
        indexes = (models.Index(fields=("latitude", "longitude"), name="location_by_point"),)

    def __str__(self) -> str:
        return f"{self.get_visibility_display()}: {self.town}"


class Opening(models.Model):
    """Hours on some days of the week."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="openings")
    days = models.CharField(_("days"), max_length=20, validators=[DAYS])
    opens_at = models.TimeField(_("from"), null=True, blank=True)
    closes_at = models.TimeField(_("to"), null=True, blank=True)
    words = models.CharField(_("what then"), max_length=120, blank=True, validators=[one_line])

    class Meta:
        """In the order in which they were given."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.days
