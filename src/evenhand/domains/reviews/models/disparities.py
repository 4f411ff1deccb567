"""The register of disparities that a body is asked to explain or to reform, and what was said about each."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField
from evenhand.domains.reviews.models.bodies import Body
from evenhand.domains.reviews.models.written import Written

WORDS = 3000


class Disparity(models.Model):
    """A difference between two groups in one published figure, as of the release from which it was put forward."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = models.CharField(_("in one line"), max_length=200)
    finding = models.TextField(_("what the figures show"), max_length=WORDS)
    lasting = models.BooleanField(_("the same in every period published"), default=False)
    figure = RefField(_("the measure"))
    group = models.CharField(_("group"), max_length=100)
    reference = models.CharField(_("compared with"), max_length=100)
    groups = models.PositiveSmallIntegerField(_("among how many groups"), default=5)
    period = models.CharField(_("period"), max_length=60)
    release = models.CharField(_("release"), max_length=80)
    permalink = models.CharField(_("permanent address of the figures"), max_length=500)
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="disparities")
    status = models.CharField(max_length=20, default="proposed", editable=False)
    why = models.TextField(_("why it was not opened"), max_length=WORDS, blank=True, editable=False)
    written_by = RefField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_on = models.DateField(null=True, blank=True, editable=False)
    demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        """The one opened first comes first; each difference is on the register once."""

        verbose_name_plural = _("disparities")
        ordering = ("opened_on", "slug")
        indexes = (models.Index(fields=("figure", "status"), name="disparity_of_figure"),)
        constraints = (
            models.UniqueConstraint(
                fields=("figure", "group", "reference", "groups"),
                condition=~Q(status="dismissed"),
                name="on_the_register_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "dismissed")) | Q(body__isnull=False, opened_on__isnull=False),
                name="opened_with_a_body",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """What others call it."""
        return Ref("reviews.disparity", self.slug)

    @property
    def name(self) -> str:
        """Its title, and that it is of a demonstration if it is."""
        return _say("%(title)s (demonstration)") % {"title": self.title} if self.demonstration else self.title


class Exchange(Written):
    """One turn: the body was asked, explained or promised; we accepted or did not; it was closed or opened again."""

    class Kind(models.TextChoices):
        """What happened."""

        ASK = "ask", _("The body was asked")
        EXPLAIN = "explain", _("The body explained it")
        PROMISE = "promise", _("The body promised a reform")
        ACCEPT = "accept", _("We accept the answer")
        REFUSE = "refuse", _("We do not accept the answer")
        CLOSE = "close", _("Closed")
        REOPEN = "reopen", _("Opened again")

    disparity = models.ForeignKey(Disparity, models.CASCADE, related_name="exchanges")
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("on which day"))
    words = models.TextField(_("what was said, or why"), max_length=WORDS)
    evidence = models.TextField(_("evidence that was given for it"), max_length=WORDS, blank=True)
    url = models.URLField(_("where it can be read"), max_length=500, blank=True)
    due_on = models.DateField(_("by when the next thing is due"), null=True, blank=True)
    done = models.BooleanField(_("what was promised was done"), default=False)

    class Meta:
        """The latest first; one waits at a time."""

        ordering = ("-on", "-written_at")
        constraints = (
            models.UniqueConstraint(fields=("disparity",), condition=Q(status="written"), name="one_exchange_waits"),
        )

    def __str__(self) -> str:
        return f"{self.disparity_id}: {self.kind}, {self.on}"

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("reviews.exchange", str(self.pk))
