"""Response headers that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
)


class Headers:
    """Keep other sites from embedding pages, let them read open figures, and keep what is private out of caches."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand around everything that makes a response."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to one response."""
        response = self.respond(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith("/api/"):
            response.headers.setdefault("Access-Control-Allow-Origin", "*")
            response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        else:
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
