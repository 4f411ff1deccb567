"""How Wagtail's admin becomes our staff home: our colours, our menu, and no page of its own accounts."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from evenhand.core.access import caller_of, role
from evenhand.domains.directory.people import editor
from evenhand.domains.evidence.people import either
from evenhand.domains.reviews.people import keeper
from evenhand.web.staff import publishing as publishing  # noqa: PLC0414  (its hooks register themselves)

HIDDEN = {"users", "groups", "images", "documents", "help"}  # accounts are ours; files come with what shows them


class PeopleItem(MenuItem):  # type: ignore[misc]  # Wagtail ships no types
    """The way to people and roles, for who may give them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For administrators."""
        return role("administrator").admits(caller_of(request))


class FiguresItem(MenuItem):  # type: ignore[misc]
    """The way to figures that somebody brings, for who may load or publish them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For statistics editors and approvers."""
        return either.admits(caller_of(request))


class DirectoryItem(MenuItem):  # type: ignore[misc]  # as above
    """The way to the directory's desk, for who works at it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For directory editors and administrators."""
        return editor.admits(caller_of(request))


class OrganisationsItem(MenuItem):  # type: ignore[misc]
    """The way to organisations, for who keeps them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For editors of the directory."""
        return editor.admits(caller_of(request))


class CommitmentsItem(MenuItem):  # type: ignore[misc]
    """The way to commitments, for who keeps track of them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who keep the record of what was promised."""
        return keeper.admits(caller_of(request))


class RecommendationsItem(MenuItem):  # type: ignore[misc]
    """The way to the record of recommendations, for who keeps it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For keepers of the record."""
        return keeper.admits(caller_of(request))


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    """Our colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("web/staff.css"))


@hooks.register("insert_global_admin_js")
def starts() -> SafeString:
    """What starts the editor's parts without a line of script in a page."""
    return format_html('<script src="{}"></script>', static("web/staff.js"))


@hooks.register("register_admin_menu_item")
def people_item() -> PeopleItem:
    """People, near the end."""
    return PeopleItem(_("People and roles"), reverse("staff_people"), name="people", icon_name="group", order=900)


@hooks.register("register_admin_menu_item")
def figures_item() -> FiguresItem:
    """Figures, first."""
    return FiguresItem(_("Figures"), reverse("figures:list"), name="figures", icon_name="table", order=50)


@hooks.register("register_admin_menu_item")
def directory_item() -> DirectoryItem:
    """The directory, before people."""
    return DirectoryItem(_("Directory"), reverse("staff_directory"), name="directory", icon_name="list-ul", order=500)


@hooks.register("register_admin_menu_item")
def organisations_item() -> OrganisationsItem:
    """Organisations, near the beginning."""
    here = reverse("staff_organisations")
    return OrganisationsItem(_("Organisations"), here, name="organisations", icon_name="home", order=200)


@hooks.register("register_admin_menu_item")
def commitments_item() -> CommitmentsItem:
    """Commitments, after organisations."""
    here = reverse("staff_commitments")
    return CommitmentsItem(_("Commitments"), here, name="commitments", icon_name="calendar-check", order=250)


@hooks.register("register_admin_menu_item")
def recommendations_item() -> RecommendationsItem:
    """Recommendations, after commitments."""
    here = reverse("staff_progress")
    return RecommendationsItem(_("Recommendations"), here, name="recommendations", icon_name="list-ol", order=260)


@hooks.register("construct_main_menu")
def hide_from_menu(request: HttpRequest, items: list[Any]) -> None:
    """Show nothing that leads nowhere."""
    del request
    _take_out(items)


@hooks.register("construct_homepage_summary_items", order=1000)
def count_pages_alone(request: HttpRequest, items: list[Any]) -> None:
    """Count nothing that is not there yet."""
    del request
    items[:] = [item for item in items if type(item).__name__ == "PagesSummaryItem"]


@hooks.register("construct_settings_menu")
def hide_from_settings(request: HttpRequest, items: list[Any]) -> None:
    """As above."""
    del request
    _take_out(items)


def _take_out(items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]
