"""Whether the site can answer: for whoever watches the server."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from evenhand.core.access import allow, anyone
from evenhand.domains.evidence.queries.answers import ask


@allow(anyone)
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database and the figures answer; an error page otherwise."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    ask("stop-and-search")
    response = JsonResponse({"status": "ok"})
    response.headers["Cache-Control"] = "no-store"
    return response
