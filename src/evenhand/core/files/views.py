"""The one address from which a file is handed out: to who sees it, to be saved and not to be shown."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from evenhand.core.access import allow, caller_of, signed_in
from evenhand.core.files.actions import path_of
from evenhand.core.files.kinds import KINDS
from evenhand.core.files.queries import file_seen_by

# Nothing in it may run or load, even in a browser that shows it.
POLICY = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"


@allow(signed_in)
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file, under its own name."""
    file = file_seen_by(caller_of(request), pk)
    if file is None:
        raise Http404
    try:
        content = path_of(file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=KINDS[file.kind].media_type)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
