"""Reports to who pays for a programme: what was found, who checked it, and what was asked about it."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField


class FunderReport(models.Model):
    """One report of one programme for one period. Its figures are kept as they stood when it was drafted.

    Once it is with the funder it never changes: what has to be put right is a new issue of it, which says what changed.
    """

    programme = models.SlugField(max_length=60)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    issue = models.PositiveSmallIntegerField(_("issue"), default=1)
    changed = models.TextField(_("what this issue puts right"), max_length=2000, blank=True)
    due_on = models.DateField(_("due on"))
    status = models.CharField(max_length=20, default="due")
    figures = models.JSONField(default=dict)
    words = models.TextField(_("in our words"), max_length=6000, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    finance_checked_by = RefField(null=True, blank=True, editable=False)
    programme_checked_by = RefField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One issue of a number for a period; finance and programme are two people."""

        ordering = ("-ends_on", "-issue")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "begins_on", "ends_on", "issue"), name="one_issue_of_a_number"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="a_period_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(finance_checked_by=None)
                | Q(programme_checked_by=None)
                | ~Q(finance_checked_by=F("programme_checked_by")),
                name="two_people_check_a_report",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def issues(self) -> models.QuerySet["FunderReport"]:
        """Every issue of it, the latest first."""
        return FunderReport.objects.filter(programme=self.programme, begins_on=self.begins_on, ends_on=self.ends_on)

    @property
    def reference(self) -> str:
        """What people call it."""
        return f"R-{self.pk}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("support.report", self.reference)


class ReportQuestion(models.Model):
    """What a funder asked about a report, and what was answered."""

    report = models.ForeignKey(FunderReport, models.CASCADE, related_name="questions")
    question = models.TextField(_("question"), max_length=2000)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    asked_by = RefField()
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were asked."""

        ordering = ("pk",)

    def __str__(self) -> str:
        return self.question[:60]
