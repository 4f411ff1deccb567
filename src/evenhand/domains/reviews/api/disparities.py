"""The register of disparities as JSON."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from evenhand.core.errors import Refused
from evenhand.domains.reviews.queries.disparities import record, register, shown

router = Router(tags=["Explain or reform"])


@router.get("/disparities", summary="Every disparity that was opened, with what was said and what is due")
def list_disparities(request: HttpRequest) -> dict[str, Any]:
    """Each with its turns and its clocks."""
    del request
    return {"disparities": [record(one) for one in shown(register())]}


@router.get("/disparities/{slug}", summary="One disparity")
def one_disparity(request: HttpRequest, slug: str) -> dict[str, Any]:
    """By the last part of its page's address."""
    del request
    found = register().filter(slug=slug)
    if not found:
        near = tuple(register().values_list("slug", flat=True)[:5])
        raise Refused(_("There is no such disparity."), near=near, code="unknown-disparity", status=404)
    return record(shown(found)[0])
