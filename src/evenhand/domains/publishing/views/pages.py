"""The pages that editors wrote, and the files beside them."""

from mimetypes import guess_type
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as serve_file
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.views import serve

from evenhand.core.access import allow, anyone, caller_of
from evenhand.core.pages import Kept, kept
from evenhand.core.quoting import state as figures
from evenhand.domains.publishing.people import may_publish
from evenhand.domains.publishing.queries import lists
from evenhand.domains.publishing.queries.cards import card as drawn

CARDS = Kept(64)


@allow(anyone)
@kept(lambda: (lists.state(), figures()), "stage", "group", "place", "topic", "page")
def page(request: HttpRequest, path: str) -> HttpResponse:
    """What an editor published at this address, or the way on from an address that it had before."""
    try:
        response: HttpResponse = serve(request, path)
    except Http404:
        moved = get_redirect(request, Redirect.normalise_path(request.path))
        if moved is None or moved.link is None:
            raise
        return HttpResponsePermanentRedirect(moved.link)
    return response.render() if hasattr(response, "render") else response


@allow(anyone)
@kept(lambda: (lists.state(), figures()), among=CARDS)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture that other sites show of a page that is public."""
    del request
    one = get_object_or_404(lists.every_public(), pk=pk)
    response = HttpResponse(drawn(one.specific), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@allow(anyone)
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A file, as long as a page that is public holds it; before that, for those who write."""
    one = get_object_or_404(get_document_model(), id=document_id)
    if not may_publish.admits(caller_of(request)) and not _shown(one):
        raise Http404
    response: HttpResponseBase = serve_file(request, document_id, document_filename)
    response.headers["Content-Disposition"] = response.headers["Content-Disposition"].replace("inline", "attachment")
    return response


@allow(anyone)
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture in one of its sizes, as long as a page that is public holds it; before that, for those who write."""
    sizes = get_image_model().get_rendition_model().objects
    size = sizes.filter(file=name).select_related("image").first()
    if size is None or not (may_publish.admits(caller_of(request)) or _shown(size.image)):
        raise Http404
    response = FileResponse(size.file.open("rb"), content_type=guess_type(name)[0])
    response.headers["Cache-Control"] = "private, max-age=300"  # what is withdrawn is soon seen nowhere
    return response


def _shown(one: Any) -> bool:
    """Whether a page that is public holds the file now."""
    return any(isinstance(page, Page) and page.live for page, _references in one.get_usage())
