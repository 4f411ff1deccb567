"""Commitments as JSON."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from evenhand.core.errors import Refused
from evenhand.domains.reviews.queries.commitments import adopted, record, shown

router = Router(tags=["Commitments"])


@router.get("/commitments", summary="Every commitment that the board has adopted, with its updates")
def list_commitments(request: HttpRequest) -> dict[str, Any]:
    """Each with its updates, earlier wordings, and questions with their answers."""
    del request
    return {"commitments": [record(one) for one in shown(adopted())]}


@router.get("/commitments/{slug}", summary="One commitment")
def one_commitment(request: HttpRequest, slug: str) -> dict[str, Any]:
    """By the last part of its page's address."""
    del request
    found = adopted().filter(slug=slug)
    if not found:
        near = tuple(adopted().values_list("slug", flat=True))
        raise Refused(_("There is no such commitment."), near=near, code="unknown-commitment", status=404)
    return record(shown(found)[0])
