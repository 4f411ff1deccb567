"""What every JSON address shares: errors in one shape, and the OpenAPI description."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from evenhand.core.access import Who, guard
from evenhand.core.errors import Refused


def error_response(code: str, message: str, near: tuple[str, ...] = (), *, status: int) -> JsonResponse:
    """An error as every JSON address gives it."""
    return JsonResponse({"error": {"code": code, "message": message, "near": list(near)}}, status=status)


def make_api(*, title: str, version: str, description: str) -> NinjaAPI:
    """An API whose every refusal has the one shape."""
    api = NinjaAPI(title=title, version=version, description=description, docs_url=None, urls_namespace="api")

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, fault: Refused) -> HttpResponse:
        del request
        return error_response(fault.code, fault.message, fault.near, status=fault.status)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        del request
        said = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in fault.errors)
        return error_response("bad-request", f"Mend these parts of the address: {said}.", status=400)

    return api


def guarded(urls: tuple[list[Any], str, str], who: Who, methods: tuple[str, ...]) -> tuple[list[Any], str, str]:
    """The addresses of an API, each saying who may call it."""
    guard(urls[0], who, methods, dress=_answering_head)
    return urls


def _answering_head(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """HEAD is answered as GET; the server leaves the body out."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
        return view(request, *args, **kwargs)

    return answer
