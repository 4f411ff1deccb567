"""The kinds of pages, each with what is its own."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from evenhand.domains.publishing.models.writing import Writing

LEAVES: list[str] = []


class FrontPage(Writing):
    """The root of the tree. Its text is the introduction of the front page; the rest is composed of what is known."""

    dated = False
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        """Its name."""

        verbose_name = _("front page")


class Contents(Writing):
    """A page that lists what lies under it, found by stage, group, place and topic."""

    dated = False
    page_description = _("Lists the pages under it, found by topic, stage, group and place.")

    class Meta:
        """Its name."""

        verbose_name = _("list of pages")


class SimplePage(Writing):
    """A page about the body, the site or a subject."""

    dated = False
    page_description = _("A page that stands: about the body, the site or a subject. It has no day and is not news.")

    class Meta:
        """Its name."""

        verbose_name = _("page")


class Article(Writing):
    """A blog article."""

    page_description = _(
        "A short piece of the body’s own, with a day: news, a view, a story. It appears under What’s new."
    )
    byline = models.CharField(_("written by, as it is to be shown"), max_length=200, blank=True)

    subpage_types: ClassVar[list[str]] = LEAVES
    facts: ClassVar[list[Any]] = [FieldPanel("byline")]

    class Meta:
        """Its name."""

        verbose_name = _("article")


class Publication(Writing):
    """A report, briefing or letter: the page first, and files beside it."""

    page_description = _(
        "A report, briefing or letter that others will cite. The page comes first, with files beside it."
    )
    series = models.CharField(_("series"), max_length=120, blank=True)
    number = models.CharField(_("number in the series"), max_length=40, blank=True)
    authors = models.CharField(_("authors, as they are cited"), max_length=300, blank=True)

    subpage_types: ClassVar[list[str]] = LEAVES
    facts: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("authors"), FieldPanel("series"), FieldPanel("number")], heading=_("As it is cited")
        )
    ]

    class Meta:
        """Its name."""

        verbose_name = _("publication")


class Statement(Writing):
    """A statement, or a response to a consultation."""

    page_description = _("What the body says in public, or its answer to a consultation.")
    answers = models.CharField(
        _("which consultation it answers"), max_length=300, blank=True, help_text=_("Its title, as it was published.")
    )
    asked_by = models.CharField(_("who consulted"), max_length=200, blank=True)
    consultation_url = models.URLField(_("address of the consultation"), blank=True)

    subpage_types: ClassVar[list[str]] = LEAVES
    facts: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("answers"), FieldPanel("asked_by"), FieldPanel("consultation_url")],
            heading=_("If it answers a consultation"),
        )
    ]

    class Meta:
        """Its name."""

        verbose_name = _("statement")


class EvidenceReview(Writing):
    """What is known about one question, and how well."""

    page_description = _("What is known about one question, how it was looked for, and how sure it is.")
    question = models.CharField(_("the question"), max_length=300)
    searched = models.TextField(_("where and how it was looked for"), blank=True)

    subpage_types: ClassVar[list[str]] = LEAVES
    facts: ClassVar[list[Any]] = [FieldPanel("question"), FieldPanel("searched")]

    class Meta:
        """Its name."""

        verbose_name = _("evidence review")


class Guidance(Writing):
    """How to do something, for those who have to."""

    page_description = _("How to do something, for those who have to do it.")
    audience = models.CharField(_("for whom"), max_length=200, blank=True)

    subpage_types: ClassVar[list[str]] = LEAVES
    facts: ClassVar[list[Any]] = [FieldPanel("audience")]

    class Meta:
        """Its name."""

        verbose_name = _("guidance")


class SupportSource(Writing):
    """A body elsewhere that helps: what it offers, for whom, and its public address, which a job looks at."""

    dated = False
    page_description = _("A body elsewhere that helps: what it offers, for whom, and its address.")

    offers = models.CharField(_("what it offers"), max_length=300)
    for_whom = models.CharField(_("for whom"), max_length=300)
    website = models.URLField(_("public address"))
    learned_from = models.CharField(
        _("where we know this from"), max_length=300, help_text=_("The page that says so, and the day it was read.")
    )
    looked_at = models.DateTimeField(_("link last looked at"), null=True, blank=True, editable=False)
    fault = models.CharField(_("what was wrong with the link"), max_length=200, blank=True, editable=False)

    subpage_types: ClassVar[list[str]] = LEAVES
    facts: ClassVar[list[Any]] = [
        FieldPanel("offers"),
        FieldPanel("for_whom"),
        FieldPanel("website"),
        FieldPanel("learned_from"),
    ]

    class Meta:
        """Its name."""

        verbose_name = _("source of support")
