"""What allauth asks of us: our words, our outbox, our journal, and rules of sign-in that are stricter than its own."""

import base64
import hashlib
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from evenhand.core.access import NEED_SECOND_FACTOR, caller_of
from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.factors import FACTORS
from evenhand.core.accounts.models import Person, RoleHeld
from evenhand.core.accounts.sessions import BEGAN, DEVICE
from evenhand.core.journal.actions import record
from evenhand.core.notices.actions import post

logger = logging.getLogger(__name__)

# What allauth sends, by its own names, and the letter of ours; and whether the address is not confirmed yet.
LETTERS = {
    "account/email/email_confirmation": ("accounts/code.txt", True),
    "account/email/email_confirmation_signup": ("accounts/code.txt", True),
    "account/email/account_already_exists": ("accounts/exists.txt", True),
    "account/email/password_reset_key": ("accounts/reset.txt", False),
}


@dataclass(frozen=True)
class Change:
    """A change of an account that its owner is told of: its line in the journal, and the sentence of the letter."""

    tag: str
    says: Any
    details: Mapping[str, str]


CHANGES = {
    "account/email/password_changed": Change("accounts.password.change", _("Your password was changed."), {}),
    "account/email/password_reset": Change("accounts.password.reset", _("Your password was set anew."), {}),
    "account/email/email_changed": Change("accounts.address.change", _("Your e-mail address was changed."), {}),
    "mfa/email/totp_activated": Change("accounts.factor.add", _("One-time codes were set up."), {"kind": "codes"}),
    "mfa/email/totp_deactivated": Change(
        "accounts.factor.remove", _("One-time codes were removed."), {"kind": "codes"}
    ),
    "mfa/email/webauthn_added": Change("accounts.factor.add", _("A passkey was added."), {"kind": "passkey"}),
    "mfa/email/webauthn_removed": Change("accounts.factor.remove", _("A passkey was removed."), {"kind": "passkey"}),
    "mfa/email/recovery_codes_generated": Change("accounts.recovery.make", _("New recovery codes were made."), {}),
}

# What a page says when something was done; of the rest the page itself tells.
MESSAGES = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("This address could not be confirmed. Write another."),
    "account/messages/password_changed.txt": _("Your password was changed."),
    "mfa/messages/totp_activated.txt": _("One-time codes are set up."),
    "mfa/messages/totp_deactivated.txt": _("One-time codes are removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts as we keep them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both and try again."),
        "enter_current_password": _("That is not your current password. Try again, or ask for a new one."),
        "incorrect_code": _("That code is not right, or has been used or run out. Check it, or ask for a new one."),
        "incorrect_password": _("That is not your password. Try again."),
        "invalid_password_reset": _("This link has been used or has run out. Ask for a new one."),
        "same_as_current": _("This is your e-mail address already. Write the new one."),
        "duplicate_email": _("This is your e-mail address already. Write the new one."),
        "rate_limited": _("Too many tries in a short time. Wait five minutes, then try again."),
        "too_many_login_attempts": _("Too many tries in a short time. Wait five minutes, then try again."),
    }

    def get_login_stages(self) -> list[str]:
        """After the password: a confirmed address, then the second factor. There is no other way in."""
        return ["allauth.account.stages.EmailVerificationStage", "allauth.mfa.stages.AuthenticateStage"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Where somebody proves anew who they are: by a second factor if they have one, and by nothing less."""
        methods = super().get_reauthentication_methods(user)
        return [one for one in methods if one["id"] != "reauthenticate"] or methods

    def is_safe_url(self, url: str) -> bool:
        """Whether one may be sent on there: to our own pages alone, and never by a full address."""
        return url.startswith("/") and bool(url_has_allowed_host_and_scheme(url, allowed_hosts=None))

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in, and keep since when and in which browser, for the list of sign-ins."""
        super().login(request, user)
        request.session[BEGAN] = time.time()
        request.session[DEVICE] = request.headers.get("User-Agent", "")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse who guesses at one account: from one address five times in five minutes, and 20 in a day.

        From all addresses together it is 200 in a day, so that nobody alone locks out somebody else.
        """
        super().pre_authenticate(request, **credentials)
        for action, rate, key in self._guesses(request, credentials):
            used = ratelimit.consume(request, app="evenhand", action=action, config={action: rate}, key=key)
            if not used:
                self._rollback_login_failed_rl_usage()
                raise self.validation_error("too_many_login_attempts")
            self._login_failed_rl_usage.usage += used.usage  # taken back with it where the password was right

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What allauth counts by: the account and the address together."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{ratelimit.get_ip(request)}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """A new password, which went by the owner's mail, begins the counts anew."""
        super()._delete_login_attempts_cached_email(request, **credentials)
        for action, rate, key in self._guesses(request, credentials):
            ratelimit.clear(request, app="evenhand", action=action, config={action: rate}, key=key)

    def _guesses(self, request: HttpRequest, credentials: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
        both = self._get_login_attempts_cache_key(request, **credentials)
        return ("guesses-from", "20/d/key", both), ("guesses", "200/d/key", both.rpartition(":")[0])

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep that somebody failed, and not who: a password is sometimes typed where the name goes."""
        del credentials
        logger.warning("a sign-in failed from %s", self.get_client_ip(request))

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: Mapping[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        """Say what was done, in our words."""
        del message_context, extra_tags
        if text := message or MESSAGES.get(message_template or ""):
            messages.add_message(request, level, text)

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:  # noqa: FBT001, FBT002  (allauth's own order)
        """A new person, as the form says, with the first line of their journal."""
        del request, commit
        user.email = form.cleaned_data["email"].lower()
        user.name = form.cleaned_data["name"]
        user.password = form.hashed  # type: ignore[attr-defined]  # every form that makes a person has one
        user.save()
        record("accounts.person.join", user.ref, by=caller_for(user, second_factor=False))
        return user

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Put the letter into the outbox."""
        template, stranger = LETTERS[template_prefix]
        said = {name: context[name] for name in ("code", "password_reset_url") if name in context}
        post(template, to=email, stranger=stranger, **said)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell whoever tried to join with an address that has an account; the page does not."""
        url = settings.SITE_URL + reverse("account_reset_password")
        self.send_mail("account/email/account_already_exists", email, {"password_reset_url": url})

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link to set a new password: always to the site's own address, whatever the request called it."""
        uid, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: Mapping[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Write that an account was changed, and tell its owner, at the address that was theirs before."""
        change = CHANGES[template_prefix]
        said = {name: value for name, value in (context or {}).items() if name in ("from_email", "to_email")}
        caller = caller_of(self.request)
        with transaction.atomic():
            record(
                change.tag,
                user.ref,
                by=caller if caller.signed_in else caller_for(user, second_factor=False),
                details=change.details,
                personal={user.ref: said} if said else None,
            )
            to = email or EmailAddress.objects.get_primary_email(user)
            post("accounts/changed.txt", to=to, about=user.ref, says=change.says, name=user.name, **said)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Second factors as we keep them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "You hold a role that asks for a second factor, and this is your last. Add another before you remove it."
        ),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as the table holds it: of no use to whoever has the table alone."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether somebody may do without this factor: not without the last, while they hold a role that needs one."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS).exclude(pk=authenticator.pk)
        held = RoleHeld.objects.filter(person=authenticator.user, role__in=NEED_SECOND_FACTOR).holding()
        return bool(others.exists()) or not held.exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom passkeys are made: the site, by its own address."""
        return {"id": str(urlsplit(settings.SITE_URL).hostname), "name": "Evenhand"}

    def generate_authenticator_name(self, user: Person, type: str) -> str:  # noqa: A002  (allauth's own name)
        """What a passkey is called until its owner calls it something."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return str(_("Passkey %(number)s") % {"number": number})

    def build_totp_svg(self, url: str) -> SafeString:
        """The picture that a telephone reads, as a drawing of our own making without any style inside."""
        drawn = qrcode.QRCode(border=4)
        drawn.add_data(url)
        matrix = drawn.get_matrix()
        dots = "".join(f"M{x} {y}h1v1h-1z" for y, line in enumerate(matrix) for x, dark in enumerate(line) if dark)
        size = len(matrix)
        return mark_safe(  # noqa: S308  (numbers alone)
            f'<svg class="qr" viewBox="0 0 {size} {size}" width="220" height="220" aria-hidden="true">'
            f'<path d="{dots}"/></svg>'
        )


def _box() -> Fernet:
    key = hashlib.sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
