"""What is done with a page stands in our journal too, in the transaction of what was done."""

from typing import Any

from django.db import transaction

from evenhand.core.access import Caller, machine
from evenhand.core.journal.actions import record
from evenhand.core.references import Ref


class Journalled:
    """A page that writes when it is saved by somebody, made public, and withdrawn."""

    pk: Any

    @property
    def ref(self) -> Ref:
        """What other parts call it."""
        return Ref("publishing.page", str(self.pk))

    def save_revision(self, *args: Any, user: Any = None, **said: Any) -> Any:
        """Keep a draft. What one person saves over and over in one sitting is one line."""
        with transaction.atomic():
            revision = super().save_revision(*args, user=user, **said)  # type: ignore[misc]
            if user is not None and not said.get("overwrite_revision"):
                record("publishing.page.save", self.ref, by=who(user), details={"revision": revision.pk})
        return revision

    def publish(self, revision: Any, *args: Any, user: Any = None, **said: Any) -> Any:
        """Make a draft public, or have it wait for its time."""
        with transaction.atomic():
            done = super().publish(revision, *args, user=user, **said)  # type: ignore[misc]
            waits = bool(type(revision).objects.filter(pk=revision.pk).exclude(approved_go_live_at=None).count())
            tag = "publishing.page.schedule" if waits else "publishing.page.publish"
            record(tag, self.ref, by=who(user), details={"revision": revision.pk})
        return done

    def unpublish(self, *args: Any, user: Any = None, **said: Any) -> Any:
        """Withdraw it from the public."""
        with transaction.atomic():
            done = super().unpublish(*args, user=user, **said)  # type: ignore[misc]
            record("publishing.page.withdraw", self.ref, by=who(user))
        return done


def who(user: Any) -> Caller:
    """Somebody of the staff home as the journal knows them; nobody is the clock, or the release that made the page."""
    return machine("publishing") if user is None else Caller(signed_in=True, person=user)
