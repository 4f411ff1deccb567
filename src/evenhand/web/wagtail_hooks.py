"""How Wagtail's admin becomes our staff home: our colours, our menu, and no page of its own accounts."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from evenhand.core.access import caller_of
from evenhand.web.staff import publishing as publishing  # noqa: PLC0414  (its hooks register themselves)
from evenhand.web.staff.doors import DOORS, DoorItem, WaitingPanel

HIDDEN = {"users", "groups", "documents", "help"}  # accounts are ours; files come with what shows them


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    """Our colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("web/staff.css"))


@hooks.register("insert_global_admin_js")
def starts() -> SafeString:
    """What starts the editor's parts without a line of script in a page."""
    return format_html('<script src="{}"></script>', static("web/staff.js"))


for door in DOORS:
    hooks.register("register_admin_menu_item", partial(DoorItem, door))


@hooks.register("construct_homepage_panels")
def say_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """For everybody who is at home here."""
    panels.append(WaitingPanel(caller_of(request)))


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
