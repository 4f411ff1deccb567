"""The step by which whoever wrote something changes it, as long as nobody else has looked at it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible
from evenhand.domains.reviews.actions.drafts import DRAFTS, rewrite
from evenhand.domains.reviews.queries.drafts import version
from evenhand.web.staff.cases import Step

FIXED = ("slug", "review")  # an address stays for ever


def rewriting(row: Any, form: Any, by: Caller, *, name: str = "rewrite", label: str = "") -> list[Step]:
    """The step, filled in with what stands there; none for anybody else, or once somebody has looked at it."""
    lifecycle, _check = DRAFTS[type(row)]
    if row.written_by != by.ref or row.status != lifecycle.first:
        return []

    def made(given: Any) -> Any:
        bound = form(given, instance=type(row).objects.get(pk=row.pk))
        for one in FIXED:
            bound.fields.pop(one, None)
        bound.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=version(row))
        return bound

    def act(bound: Any) -> None:
        facts = dict(bound.cleaned_data)
        seen = facts.pop("seen")
        try:
            rewrite(row, facts, by=by, seen=seen)
        except NotPossible as fault:
            if fault.code == "changed-meanwhile":  # what is sent next is sent with what stands there in view
                bound.data = bound.data.copy()
                bound.data["seen"] = str(version(row))
            raise

    note = _("It waits for a second person. Until somebody has looked at it, you may change it.")
    return [Step(name, label or _("Change what you wrote"), act, made, note, quiet=True)]
