"""The page of an engagement."""

from django.http import Http404, HttpRequest, HttpResponse

from evenhand.core.access import allow, signed_in


@allow(signed_in)
def engagement(request: HttpRequest, reference: str) -> HttpResponse:
    """To come."""
    raise Http404
