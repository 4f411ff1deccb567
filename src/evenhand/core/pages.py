"""Pages that are the same for everyone, kept in memory as they were rendered."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MOST = 256
Page = tuple[bytes, dict[str, str]]


class Kept:
    """The pages asked for most recently; safe to use from many threads."""

    def __init__(self, most: int = MOST) -> None:
        """Keep at most so many."""
        self._most = most
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._turn = threading.Lock()

    def find(self, key: Hashable) -> Page | None:
        """The content and headers of a page, if it is kept."""
        with self._turn:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def keep(self, key: Hashable, page: Page) -> None:
        """Keep a page, and let go of the one not asked for the longest."""
        with self._turn:
            self._pages[key] = page
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        """Let go of all of them."""
        with self._turn:
            self._pages.clear()


KEPT, ASKED = Kept(), Kept()  # pages by their path alone, and those that parameters were given with


def kept(
    state: Callable[[], Hashable], *names: str, among: Kept | None = None
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Keep what a view answers until `state` changes.

    For views whose answer depends on nothing but the path and the parameters of these `names`: whatever else stands
    in an address is not looked at. What is asked for with parameters crowds out nothing that is asked for without;
    pages of which there are very many are kept `among` others of their kind, and crowd out none but these. A browser
    that sends a session may be signed in, or have a message waiting: it is answered afresh, and its answer is given
    to nobody else.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if settings.SESSION_COOKIE_NAME in request.COOKIES:
                return view(request, *args, **kwargs)
            asked = tuple((name, request.GET[name]) for name in names if name in request.GET)
            key = (request.path, asked, state())
            store = among or (ASKED if asked else KEPT)
            if found := store.find(key):
                content, headers = found
                return HttpResponse(content, headers=headers)
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and not response.streaming:  # noqa: PLR2004
                store.keep(key, (response.content, dict(response.headers.items())))
            return response

        return answer

    return decorate
