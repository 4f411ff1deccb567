"""Consultants and training providers: who may be asked to help, and what they say of themselves."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.accounts.models import Person
from evenhand.core.references import Ref, RefField


class Consultant(models.Model):
    """Somebody who can be chosen to give days, known outside by a reference such as C-7. Never deleted: removed."""

    class Kind(models.TextChoices):
        """What they give."""

        CONSULTANT = "consultant", _("Consultant")
        TRAINER = "trainer", _("Training provider")

    person = models.OneToOneField(Person, models.PROTECT, related_name="consultant", verbose_name=_("sign-in"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CONSULTANT)
    name = models.CharField(_("name to be shown"), max_length=120)
    about = models.TextField(_("what you do, in a few sentences"), max_length=1500)
    skills = models.JSONField(_("skills"), default=list)
    areas = models.JSONField(_("places you can work in"), default=list, blank=True)
    remote = models.BooleanField(_("works at a distance, anywhere"), default=False)
    lived_experience = models.TextField(
        _("lived experience that you want to bring, in your own words"), max_length=1000, blank=True
    )
    lived_experience_shown = models.BooleanField(_("may be shown to organisations"), default=False)
    referees = models.TextField(_("two references, and how to reach them"), max_length=1000)
    rate = models.DecimalField(
        _("day rate, in pounds"), max_digits=7, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    free_from = models.DateField(_("free from"), null=True, blank=True)
    status = models.CharField(max_length=20, default="applied")
    endorsed_by = RefField(null=True, blank=True, editable=False)
    applied_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """In the order in which they applied. Lived experience is shown only where there are words and consent."""

        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=Q(rate__gte=0), name="a_day_rate_is_not_negative"),
            models.CheckConstraint(
                condition=Q(lived_experience_shown=False) | ~Q(lived_experience=""), name="shown_where_there_are_words"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name as every page shows it."""
        named = self.person.demonstration and "(demonstration)" not in self.name
        return _("%(name)s (demonstration)") % {"name": self.name} if named else self.name

    @property
    def reference(self) -> str:
        """What people call the entry."""
        return f"C-{self.pk}"

    @property
    def ref(self) -> Ref:
        """What other tables and the journal call it."""
        return Ref("support.consultant", self.reference)


class Invoice(models.Model):
    """What a consultant asks to be paid for days that the organisation confirmed."""

    engagement = models.ForeignKey("support.Engagement", models.PROTECT, related_name="invoices")
    consultant = models.ForeignKey(Consultant, models.PROTECT, related_name="invoices")
    number = models.CharField(_("your invoice number"), max_length=40)
    quarters = models.PositiveSmallIntegerField(_("quarter days"))
    amount = models.DecimalField(_("amount, in pounds"), max_digits=9, decimal_places=2)
    status = models.CharField(max_length=20, default="submitted")
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    checked_by = RefField(null=True, blank=True, editable=False)
    approved_by = RefField(null=True, blank=True, editable=False)
    paid_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        """A number stands once for one consultant, unless sent back; and two people check and approve."""

        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("consultant", "number"), condition=~Q(status="refused"), name="one_invoice_number_once"
            ),
            models.CheckConstraint(condition=Q(quarters__gt=0, amount__gte=0), name="an_invoice_is_for_days"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("checked_by")), name="two_people_approve_an_invoice"
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it."""
        return f"I-{self.pk}"

    @property
    def days(self) -> Decimal:
        """How many days it is for."""
        return self.quarters * Decimal("0.25")

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("support.invoice", self.reference)
