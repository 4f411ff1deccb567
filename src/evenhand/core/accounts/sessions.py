"""Where sessions are kept: a table whose rows say whose they are, since when, and when they were last used."""

from datetime import UTC, datetime
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from evenhand.core.accounts.models import DEVICE_LENGTH, SignIn

BEGAN, DEVICE = "began", "device"  # what a session knows of itself


class SessionStore(DatabaseStore):
    """Django's own store of sessions, over sign-ins."""

    row: SignIn | None = None

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        """The table."""
        return SignIn

    def _get_session_from_db(self) -> SignIn | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]  # left out of the framework's types
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        """A row for this session, with whose it is beside what it holds."""
        row = cast("SignIn", super().create_model_instance(data))
        row.person_id = data.get(SESSION_KEY)
        row.device = str(data.get(DEVICE, ""))[:DEVICE_LENGTH]
        began = data.get(BEGAN)
        row.began_at = datetime.fromtimestamp(began, UTC) if began else timezone.now()
        row.seen_at = timezone.now()
        return row


class Sessions(SessionMiddleware):
    """Django's own middleware, which also ends a session in which nothing is left: a visitor carries no cookie."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session, or end it."""
        session = request.session
        if session.modified and session.session_key and not list(session.keys()):
            session.flush()
        return super().process_response(request, response)
