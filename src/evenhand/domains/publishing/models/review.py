"""Two people: whoever wrote a page is never the one who publishes it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, PagePermissionTester

from evenhand.core.journal.actions import record
from evenhand.domains.publishing.models.journalled import who


class TwoPeople(PagePermissionTester):  # type: ignore[misc]  # Wagtail ships no types
    """What a person may do with a page: never publish what they wrote, administrators as little as anybody."""

    def can_publish(self) -> bool:
        """Whether this person may make the newest draft public."""
        return bool(super().can_publish()) and self.user.pk not in authors(self.page)

    def can_publish_subpage(self) -> bool:
        """What is made under a page begins as a draft."""
        return False


class SecondPerson(AbstractGroupApprovalTask):  # type: ignore[misc]  # Wagtail ships no types
    """A step of review that is open to everyone who may publish but those who wrote since the page was last public."""

    class Meta:
        """Its name."""

        verbose_name = _("a second person")

    def get_actions(self, obj: Any, user: Any) -> Any:
        """What a person may do: whoever wrote it can only wait."""
        return [] if user.pk in authors(obj) else super().get_actions(obj, user)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Do it, whatever door it was asked for by."""
        if action_name == "approve" and user.pk in authors(task_state.revision.content_object):
            raise PermissionDenied(_("Another person than the one who wrote this has to publish it."))
        with transaction.atomic():
            done = super().on_action(task_state, user, action_name, **kwargs)
            page, revision = task_state.revision.content_object, task_state.revision.pk
            record(f"publishing.page.{action_name}", page.ref, by=who(user), details={"revision": revision})
        return done

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for a person: nothing that they wrote themselves."""
        waiting = super().get_task_states_user_can_moderate(user, **kwargs)
        own = [one.pk for one in waiting.select_related("revision") if user.pk in authors(one.revision.content_object)]
        return waiting.exclude(pk__in=own)

    @classmethod
    def get_description(cls) -> Any:
        """As it stands where steps are chosen."""
        return _("Somebody of the chosen roles who did not write what is to be published")


def authors(page: Any) -> frozenset[Any]:
    """Whoever saved a draft of the page since what is public was saved."""
    drafts = page.revisions.exclude(user=None)
    if page.live_revision_id:
        drafts = drafts.filter(pk__gt=page.live_revision_id)
    return frozenset(drafts.values_list("user", flat=True))
