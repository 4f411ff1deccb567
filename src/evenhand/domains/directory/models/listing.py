"""A service: what stands in its own row."""

import uuid

from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core import plain
from evenhand.core.organisations.models import Organisation
from evenhand.core.references import Ref, RefField

OLDEST = MaxValueValidator(120)
LONGEST_WAIT = MaxValueValidator(520)


class Cost(models.TextChoices):
    """What a service costs those who use it."""

    FREE = "free", _("Free")
    SOME = "some", _("Free for some")
    PAID = "paid", _("There is a charge")


class Capacity(models.TextChoices):
    """Whether a service can take people on now."""

    OPEN = "open", _("Taking people on")
    WAITING = "waiting", _("There is a waiting list")
    FULL = "full", _("Not taking people on now")


class Service(models.Model):
    """What an organisation does for people, and how to get there.

    An edit moves `edited_at`, a check `assured_on`: never one the other. Whatever happens to it moves `touched_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="services")
    name = models.CharField(_("name"), max_length=200, validators=plain.NAME)
    summary = models.CharField(_("what it does, in one sentence"), max_length=300, validators=[plain.one_line])
    description = models.TextField(
        _("what it does"), blank=True, validators=[plain.plain, MaxLengthValidator(plain.LONG)]
    )
    status = models.CharField(max_length=20, default="draft", editable=False)
    submitted_by = RefField(_("who submitted it"), null=True, blank=True, editable=False)
    notice = models.CharField(_("notice for now"), max_length=300, blank=True, validators=[plain.one_line])
    # Who may come
    made_for = models.CharField(
        _("who it is for, in their own words"), max_length=300, blank=True, validators=[plain.one_line]
    )
    minimum_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True, validators=[OLDEST])
    maximum_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True, validators=[OLDEST])
    how_to_refer = models.TextField(
        _("how to get in, or refer somebody"),
        blank=True,
        validators=[plain.plain, MaxLengthValidator(plain.LONG)],
    )
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, default=Cost.FREE)
    cost_words = models.CharField(
        _("what it costs, and for whom"), max_length=300, blank=True, validators=[plain.one_line]
    )
    capacity = models.CharField(_("room for more"), max_length=10, choices=Capacity.choices, blank=True)
    capacity_on = models.DateField(_("as at"), null=True, blank=True, validators=[plain.has_come])
    waiting_weeks = models.PositiveSmallIntegerField(
        _("weeks to wait"), null=True, blank=True, validators=[LONGEST_WAIT]
    )
    # How to get there
    hours = models.CharField(_("when it is open, in words"), max_length=300, blank=True, validators=[plain.one_line])
    access_words = models.CharField(_("access, in words"), max_length=300, blank=True, validators=[plain.one_line])
    phone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[plain.telephone])
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True, validators=[plain.website])
    contact_role = models.CharField(
        _("whom to ask for, by role"), max_length=120, blank=True, validators=[plain.one_line]
    )
    keeper_email = models.EmailField(_("where we ask whether it is still right; never shown"), blank=True)
    # How far it can be trusted
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    assured_on = models.DateField(_("last checked on"), null=True, blank=True, editable=False)
    assured_by = RefField(_("who checked it"), null=True, blank=True, editable=False)
    changed_since = models.BooleanField(_("what was checked was changed since"), default=False, editable=False)
    to_look_at = models.BooleanField(_("an editor has to look at how it is reached"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        """How services are listed, and what never stands in one."""

        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("name", "slug")
        indexes = (
            models.Index(fields=("status", "assured_on"), name="service_by_check"),
            models.Index(fields=("touched_at",), name="service_by_touch"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(maximum_age__gte=F("minimum_age")),
                name="ages_in_order",
                violation_error_message=_("The highest age is lower than the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(capacity="") | Q(capacity_on__isnull=False),
                name="capacity_has_its_day",
                violation_error_message=_("Say on which day the room for more was right."),
            ),
            models.CheckConstraint(
                condition=Q(assured_on=None, assured_by=None) | Q(assured_on__isnull=False, assured_by__isnull=False),
                name="a_check_has_a_day_and_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name as every page, feed and export shows it."""
        demonstration = self.organisation.demonstration
        return _("%(name)s (demonstration)") % {"name": self.name} if demonstration else self.name

    @property
    def ref(self) -> Ref:
        """What the journal and other tables call it."""
        return Ref("directory.service", str(self.pk))
