"""What every page of the staff home has in common: who may do what there, and the scripts that it runs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse

from evenhand.core.access import caller_of
from evenhand.core.accounts import actions

View = Callable[..., HttpResponse]

# The editor draws with scripts and pictures of its own, all from our own files; nothing is inline, nothing from afar.
POLICY = {
    "script-src": [SELF],
    "connect-src": [SELF],
    "img-src": ["data:", "blob:"],
    "font-src": [SELF],
    "frame-src": [SELF],
}
# The editor shows a page as it will be, in a frame of its own page.
FRAMED = {"frame-ancestors": [SELF]}


def at_home(view: View) -> View:
    """A page of the staff home: the framework's groups say what the roles say, and scripts of our own may run."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.mirror(caller_of(request).person)
        response = view(request, *args, **kwargs)
        response._csp_update = POLICY  # type: ignore[attr-defined]  # noqa: SLF001  (django-csp's way to say it)
        if request.path.endswith("/preview/"):
            response.headers.pop("Content-Security-Policy", None)  # of the page as a visitor would get it
            response._csp_replace = FRAMED  # type: ignore[attr-defined]  # noqa: SLF001  (as above)
        return response

    return answer
