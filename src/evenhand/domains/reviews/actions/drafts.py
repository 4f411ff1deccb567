"""Changing what one wrote before a second person has looked at it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotAllowed, NotPossible
from evenhand.core.journal.actions import record
from evenhand.core.lifecycle import Lifecycle
from evenhand.domains.reviews.actions import assessments, commitments, disparities, recommendations
from evenhand.domains.reviews.lifecycle import (
    ASKING,
    ASSESSMENT,
    COMMITMENT,
    DETERMINATION,
    EXCHANGE,
    RECOMMENDATION,
    REVIEW,
    UPDATE,
)
from evenhand.domains.reviews.models import (
    Asking,
    Assessment,
    Commitment,
    Determination,
    Exchange,
    Recommendation,
    Review,
    Update,
)
from evenhand.domains.reviews.people import keeper
from evenhand.domains.reviews.queries.drafts import version

Check = Callable[..., None]
# What can be changed, its life, and what is asked of it anew: the same as when it was written.
DRAFTS: Final[dict[type[models.Model], tuple[Lifecycle, Check | None]]] = {
    Review: (REVIEW, None),
    Recommendation: (RECOMMENDATION, recommendations.fit),
    Assessment: (ASSESSMENT, assessments.fit),
    Asking: (ASKING, recommendations.fit_asking),
    Commitment: (COMMITMENT, None),
    Determination: (DETERMINATION, None),
    Update: (UPDATE, commitments.fit_update),
    Exchange: (EXCHANGE, disparities.fit_turn),
}


@transaction.atomic
def rewrite(row: Any, facts: Mapping[str, Any], *, by: Caller, seen: int) -> Any:
    """Say of a draft what `facts` hold; what they do not name stays. Only whoever wrote it, and only while it waits.

    `seen` is the version that the writer had open: where it was changed since, NotPossible, so that nothing is lost.
    """
    lifecycle, check = DRAFTS[type(row)]
    locked = type(row)._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001  (Django's name)
    if not keeper.admits(by):
        raise NotAllowed(keeper.sentence)
    if locked.written_by != by.ref:
        raise NotAllowed(_("Only whoever wrote it changes it. Send it back with what is wrong."))
    if locked.status != lifecycle.first:
        raise NotPossible(_("Somebody has looked at it already: it is not changed any more."), code="not-a-draft")
    if seen != version(locked):
        raise NotPossible(
            _("This was changed while you had it open. Above stands what it says now; what you send next replaces it."),
            code="changed-meanwhile",
        )
    many = {field.name for field in type(row)._meta.many_to_many}  # noqa: SLF001  (as above)
    before = {name: set(getattr(locked, name).all()) if name in many else getattr(locked, name) for name in facts}
    changed = sorted(name for name, value in facts.items() if before[name] != (set(value) if name in many else value))
    if not changed:
        return locked
    for name in changed:
        if name not in many:
            setattr(locked, name, facts[name])
    if check:
        check(locked, by=by)
    locked.full_clean()
    locked.save()
    for name in many & set(changed):
        getattr(locked, name).set(facts[name])
    record(f"{lifecycle.name}.rewrite", locked.ref, by=by, details={"changed": changed})
    return locked
