"""How pages come to be public in the staff home: written by one person, read and published by another."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from evenhand.core.access import caller_of
from evenhand.domains.publishing.people import may_publish
from evenhand.domains.publishing.queries.writable import writable

PUBLISH = "action-publish"


class WritePanel(Component):  # type: ignore[misc]  # Wagtail ships no types
    """What somebody can write, and how it comes to be public: what a new editor has to know."""

    order = 240  # after what waits for them
    template_name = "web/staff/write.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Each kind with the place where it is made."""
        return {**super().get_context_data(parent_context), "kinds": writable()}


@hooks.register("construct_homepage_panels")
def say_what_can_be_written(request: HttpRequest, panels: list[Any]) -> None:
    """For those who write."""
    if may_publish.admits(caller_of(request)):
        panels.append(WritePanel())


@hooks.register("construct_page_action_menu")
def offer_no_publishing_alone(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Whoever writes submits; the button that publishes at once is for nobody."""
    del request, context
    items[:] = [item for item in items if item.name != PUBLISH]


@hooks.register("before_publish_page")
def publish_nothing_alone(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Refuse it by every other door too, and keep what was written."""
    messages.warning(
        request,
        _("Your draft is saved. Somebody else has to publish it: choose “Submit to a second person” in the same menu."),
    )
    return redirect("wagtailadmin_pages:edit", page.pk) if page.pk else redirect("wagtailadmin_home")


@hooks.register("before_bulk_action")
def publish_no_heap(request: HttpRequest, action: str, objects: Any, instance: Any) -> HttpResponse | None:
    """Refuse it for many pages at once."""
    del objects, instance
    if action not in {"publish", "unpublish", "delete"}:
        return None
    messages.error(request, _("Pages are published, withdrawn and deleted one by one."))
    return redirect("wagtailadmin_explore_root")


@hooks.register("before_unpublish_page")
def withdraw(request: HttpRequest, page: Any) -> HttpResponse:
    """Withdraw it as everything else does, so that the journal knows; one person may, since it can be urgent."""
    under = page.get_descendants().live().specific() if request.POST.get("include_descendants") else ()
    with transaction.atomic():
        for one in (page, *under):
            one.unpublish(user=request.user)
    messages.success(request, _("“%(title)s” is withdrawn: visitors no longer see it.") % {"title": page.title})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_copy_page")
def copy_as_a_draft(request: HttpRequest, page: Any) -> HttpResponse | None:
    """A copy is new, and is to be read by a second person as anything new is."""
    if not (request.POST.get("publish_copies") or request.POST.get("alias")):
        return None
    messages.error(request, _("A copy begins as a draft. Untick “Publish copied page” and “Alias”."))
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("before_delete_page")
def delete_nothing_that_was_public(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Others may have linked to it: it can be withdrawn, and keeps its address."""
    if page.first_published_at is None:
        return None
    messages.error(request, _("This page was public, and others may have linked to it. Unpublish it instead."))
    return redirect("wagtailadmin_pages:edit", page.pk)
