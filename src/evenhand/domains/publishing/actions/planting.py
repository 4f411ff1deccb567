"""Making the tree: its root, the pages that ship, and who may do what with them. Done again, it changes nothing."""

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from evenhand.core.access import Caller
from evenhand.core.journal.actions import record
from evenhand.domains.publishing.models import FrontPage, SecondPerson, Shipped, Writing
from evenhand.domains.publishing.queries.shipped import TERMS, Declared, declared

EDITORS = "content-editor"
# To publish too, since whoever approves does; that nobody does it alone, the staff home sees to.
MAY = ("add_page", "change_page", "lock_page", "publish_page")
FIRST_DAY = date(2026, 11, 23)  # on which the pages that ship were written
STEP, REVIEW = "A second person", "a second person"  # “Submit to a second person” is what the button says


@transaction.atomic
def plant(*, by: Caller) -> list[str]:
    """Make what is missing, write anew what shipped and nobody has changed, and say what was done."""
    done = [said for page in declared() if (said := _page(page, by))]
    _rights()
    return done


def _page(one: Declared, by: Caller) -> str:
    kept = Shipped.objects.select_related("page").filter(address=one.address).first()
    if kept is None:
        page = _made(one)
        Shipped.objects.create(address=one.address, page=page, revision=page.live_revision, digest=one.digest)
        record("publishing.page.ship", page.ref, by=by, details={"address": one.address})
        return f"{one.address} made"
    if kept.digest == one.digest or kept.page is None:
        return ""
    page = kept.page.specific
    if page.latest_revision_id != kept.revision_id:
        return ""  # somebody has changed it: it is theirs
    _say(page, one)
    _publish(page)
    Shipped.objects.filter(pk=kept.pk).update(revision=page.live_revision, digest=one.digest)
    record("publishing.page.ship", page.ref, by=by, details={"address": one.address})
    return f"{one.address} written anew"


def _made(one: Declared) -> Writing:
    model = apps.get_model("publishing", one.kind)
    page: Writing = model(slug=one.slug or "front", issued_on=FIRST_DAY)
    _say(page, one)
    if model is FrontPage:
        _stand_in_front(page)
    else:
        _at(one.parent).add_child(instance=page)
    _publish(page)
    return page


def _stand_in_front(page: Writing) -> None:
    """Take the place of the page that the framework put there to be replaced."""
    root = Page.get_first_root_node()
    Page.objects.child_of(root).filter(slug="home", content_type__model="page").update(slug="framework-home")
    root.add_child(instance=page)
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page = page
    site.site_name = "Evenhand"
    site.save()
    for old in Page.objects.child_of(root).filter(slug="framework-home"):
        old.delete()


def _at(address: str) -> Writing:
    """The page of an address, made by whoever declared it; the front page where that is above."""
    if address == "/":
        front: Writing = FrontPage.objects.get()
        return front
    above: Any = Shipped.objects.select_related("page").get(address=address).page
    found: Writing = above.specific
    return found


def _say(page: Writing, one: Declared) -> None:
    page.title, page.summary = one.title, one.summary
    page.body = page.body.stream_block.to_python([{"type": kind, "value": value} for kind, value in one.body])
    for name, value in one.fields.items():
        setattr(page, name, tuple(value) if name in TERMS else value)


def _publish(page: Any) -> None:
    page.full_clean()
    page.save_revision(log_action=True).publish()
    page.refresh_from_db()


def _rights() -> None:
    """Let editors write and review, and nobody publish alone."""
    front = FrontPage.objects.get()
    editors, _new = Group.objects.get_or_create(name=EDITORS)
    for codename in MAY:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=editors, page=front, permission=permission)
    collection = Collection.get_first_root_node()
    for codename in (f"{verb}_{noun}" for noun in ("document", "image") for verb in ("add", "change", "choose")):
        app = {"document": "wagtaildocs", "image": "wagtailimages"}[codename.rpartition("_")[2]]
        permission = Permission.objects.get(content_type__app_label=app, codename=codename)
        GroupCollectionPermission.objects.get_or_create(group=editors, collection=collection, permission=permission)
    Workflow.objects.filter(workflow_pages__page=front, name="Two people").update(name=REVIEW)  # as it was called once
    if not WorkflowPage.objects.filter(page=front).exists():
        workflow = Workflow.objects.create(name=REVIEW)
        step = SecondPerson.objects.create(name=STEP)
        step.groups.add(editors)
        WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=0)
        WorkflowPage.objects.create(page=front, workflow=workflow)
