"""Whatever the body writes: title, summary, text, what it is about, corrections, and its Welsh."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface, TitleFieldPanel
from wagtail.models import Page

from evenhand.core.terms import TermsField
from evenhand.domains.publishing.blocks import BODY
from evenhand.domains.publishing.models.fields import BodyField
from evenhand.domains.publishing.models.journalled import Journalled
from evenhand.domains.publishing.models.panels import LanguagePanel, found_in
from evenhand.domains.publishing.models.review import TwoPeople

Composer = Callable[["Writing", HttpRequest], dict[str, Any]]
_COMPOSERS: list[Composer] = []
# The first words of addresses that belong to other parts of the site: no page of an editor stands under one.
TOP = 3  # the depth of what stands right under the front page
TAKEN = (
    *(
        "account",
        "advisory",
        "api",
        "cards",
        "cy",
        "directory",
        "documents",
        "evidence",
        "find",
        "groups",
        "health",
        "network",
    ),
    *("organisations", "places", "progress", "research", "search", "services", "staff", "stages", "static", "support"),
    *("survey", "topics"),
)
RESERVED = frozenset({"alerts", "feed", "latest", "page", "search"})  # words of ours under /news/ and its like


def composes(composer: Composer) -> Composer:
    """Say what stands around the text of every page; asked of the queries, which know the other pages."""
    _COMPOSERS.append(composer)
    return composer


class CorrectionBlock(blocks.StructBlock):  # type: ignore[misc]  # Wagtail ships no types
    """What was wrong, and on which day it was mended."""

    on = blocks.DateBlock(label=_("Corrected on"))
    what = blocks.TextBlock(label=_("What was wrong, and what it says now"), rows=2)

    class Meta:
        """How it is offered."""

        label = _("Correction")
        icon = "warning"


class WritingForm(WagtailAdminPageForm):  # type: ignore[misc]
    """The form of every page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A day that nobody touched is no change: only so can somebody approve a page without having written it."""
        super().__init__(*args, **kwargs)
        if "issued_on" in self.fields:
            self.fields["issued_on"].show_hidden_initial = False


class Writing(Journalled, Page):  # type: ignore[misc]
    """What every piece of writing has, of whatever kind; the kinds add what is theirs."""

    summary = models.CharField(
        _("summary"), max_length=300, help_text=_("One or two plain sentences. They stand in lists, feeds and mails.")
    )
    body = BodyField(BODY, verbose_name=_("text"), blank=True)
    issued_on = models.DateField(_("dated"), default=timezone.localdate)
    stages = TermsField("stages", verbose_name=_("stages of the journey"))
    groups = TermsField("groups", verbose_name=_("ethnic groups"))
    places = TermsField("places", verbose_name=_("places"))
    topics = TermsField("topics", verbose_name=_("topics"))
    corrections = BodyField([("correction", CorrectionBlock())], verbose_name=_("corrections"), blank=True)
    welsh_title = models.CharField(_("title in Welsh"), max_length=255, blank=True)
    welsh_summary = models.CharField(_("summary in Welsh"), max_length=300, blank=True)
    welsh_body = BodyField(BODY, verbose_name=_("text in Welsh"), blank=True)
    welsh_checked = models.BooleanField(
        _("a person who reads Welsh has checked it"),
        default=False,
        help_text=_("Nothing in Welsh is shown before this is ticked. Untick it when the English changes."),
    )

    base_form_class = WritingForm
    is_creatable = False
    dated = True
    private_page_options: ClassVar[list[str]] = []  # what is not for everyone is not published here
    show_in_menus_default = False

    written: ClassVar[list[Any]] = [
        LanguagePanel(heading=_("Language check")),
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    facts: ClassVar[list[Any]] = []
    about: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("topics")], heading=_("Topics"), classname="collapsed"),
        MultiFieldPanel([FieldPanel("stages")], heading=_("Stages of the journey"), classname="collapsed"),
        MultiFieldPanel([FieldPanel("groups")], heading=_("Ethnic groups"), classname="collapsed"),
        MultiFieldPanel([FieldPanel("places")], heading=_("Places"), classname="collapsed"),
    ]
    welsh: ClassVar[list[Any]] = [
        FieldPanel("welsh_title"),
        FieldPanel("welsh_summary"),
        FieldPanel("welsh_body"),
        FieldPanel("welsh_checked"),
    ]
    settings: ClassVar[list[Any]] = [FieldPanel("slug"), FieldPanel("issued_on"), FieldPanel("corrections")]

    class Meta:
        """Pages are ordered by the tree."""

        verbose_name = _("page")

    @classmethod
    def get_edit_handler(cls) -> Any:
        """The tabs of the editor, the same for every kind."""
        tabs = [
            ObjectList([*cls.written, *cls.facts], heading=_("Content")),
            ObjectList(cls.about, heading=_("What it is about")),
            ObjectList(cls.welsh, heading=_("Welsh")),
            ObjectList([*cls.settings, *Page.settings_panels], heading=_("Address, dates and corrections")),
        ]
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    def permissions_for_user(self, user: Any) -> TwoPeople:
        """What a person may do with it: two people at least have a part in what is public."""
        return TwoPeople(user, self)

    @property
    def looked_over(self) -> list[Any]:
        """What the language check finds in it as it stands in memory."""
        return found_in(self)

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return str(self.cached_content_type.model_class()._meta.verbose_name)  # noqa: SLF001  (Django's name)

    @property
    def is_dated(self) -> bool:
        """Whether it was written at a time, and is not a page that stands."""
        return bool(self.cached_content_type.model_class().dated)

    @property
    def in_welsh(self) -> bool:
        """Whether there is a Welsh text that a person has checked."""
        return self.welsh_checked and bool(self.welsh_title) and len(self.welsh_body) > 0

    def clean(self) -> None:
        """Keep an address once it is public, and leave our own words to us."""
        super().clean()
        top = self.depth is None or self.depth <= TOP
        if self.slug in RESERVED or (top and self.slug in TAKEN):
            raise ValidationError({"slug": _("This word is taken by a page of the site. Choose another.")})
        if self.welsh_checked and not (self.welsh_title and len(self.welsh_body)):
            raise ValidationError({"welsh_checked": _("There is no Welsh title and text yet to be checked.")})

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """One template for every kind: what differs is in the context."""
        del request, args, kwargs
        return "publishing/writing.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, and what stands around it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        for composer in _COMPOSERS:
            context |= composer(self, request)
        return context
