"""The addresses of sign-in and account: allauth's views under our own addresses, each saying who may call it."""

from typing import Any

from allauth.account import views as sign_in
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from evenhand.core.access import READ, WRITE, Who, allow, anyone, signed_in
from evenhand.core.accounts import views
from evenhand.core.accounts.views import whole, with_script


def page(route: str, view: Any, name: str, who: Who = signed_in, methods: tuple[str, ...] = WRITE) -> URLPattern:
    """An address whose forms do what they do whole."""
    return path(route, allow(who, methods=methods)(whole(view)), name=name)


def door(route: str, view: Any, name: str, who: Who = anyone) -> URLPattern:
    """An address where somebody shows who they are: checking a password is slow, and must hold no lock meanwhile."""
    return path(route, allow(who, methods=WRITE)(with_script(view)), name=name)


def hashing(route: str, view: type[views.HashedFirst], name: str, who: Who) -> URLPattern:
    """An address with a new password, whose view takes a lock once that is hashed."""
    return path(route, allow(who, methods=WRITE)(view.as_view()), name=name)  # type: ignore[attr-defined]


urlpatterns = [
    path("", views.account, name="account"),
    path("name/", views.name, name="account_name"),
    path("sign-ins/", views.sign_ins, name="account_sign_ins"),
    path("erasure/", views.erasure, name="account_erasure"),
    path("erasure/withdraw", views.keep_account, name="account_erasure_withdraw"),
    # In and out
    door("sign-in/", sign_in.login, "account_login"),
    door("sign-in/factor/", factors.authenticate, "mfa_authenticate"),
    door("sign-in/passkey/", passkeys.login_webauthn, "mfa_login_webauthn"),
    page("sign-out/", views.SignOut.as_view(), "account_logout", anyone),
    hashing("sign-up/", views.Join, "account_signup", anyone),
    page("suspended/", sign_in.account_inactive, "account_inactive", anyone, READ),
    # Who it is, once more
    door("again/", sign_in.reauthenticate, "account_reauthenticate", signed_in),
    page("again/factor/", factors.reauthenticate, "mfa_reauthenticate"),
    page("again/passkey/", with_script(passkeys.reauthenticate_webauthn), "mfa_reauthenticate_webauthn"),
    # Address and password
    page("address/", sign_in.email, "account_email"),
    page("address/confirm/", sign_in.email_verification_sent, "account_email_verification_sent", anyone),
    hashing("password/", views.ChangePassword, "account_change_password", signed_in),
    page("password/reset/", sign_in.password_reset, "account_reset_password", anyone),
    page("password/reset/sent/", sign_in.password_reset_done, "account_reset_password_done", anyone, READ),
    page(
        "password/reset/done/",
        sign_in.password_reset_from_key_done,
        "account_reset_password_from_key_done",
        anyone,
        READ,
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        allow(anyone, methods=WRITE)(views.ResetPassword.as_view()),
        name="account_reset_password_from_key",
    ),
    page("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), "account_set_password"),
    # Second factors
    page("factors/", factors.index, "mfa_index", signed_in, READ),
    page("factors/codes/add/", views.AddCodes.as_view(), "mfa_activate_totp"),
    page("factors/codes/remove/", codes.deactivate_totp, "mfa_deactivate_totp"),
    page("factors/passkeys/add/", with_script(views.AddPasskey.as_view()), "mfa_add_webauthn"),
    page("factors/passkeys/<int:pk>/", views.RenamePasskey.as_view(), "mfa_edit_webauthn"),
    page("factors/passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), "mfa_remove_webauthn"),
    page("factors/recovery/", recovery.view_recovery_codes, "mfa_view_recovery_codes", signed_in, READ),
    page("factors/recovery/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
]
