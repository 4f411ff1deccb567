"""The forms of sign-in and account: allauth's fields under our own labels, and one-time codes that hold only once."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evenhand.core.accounts.models import Person
from evenhand.core.plain import NAME

LONGEST_NAME = Person._meta.get_field("name").max_length  # noqa: SLF001  (Django's name)
STRONG = _("At least 15 characters. Three or four random words are strong, and easy to keep in mind.")
CODE = _("Six figures from your app, or one of your recovery codes.")


class Worded(forms.Form):
    """A form whose fields have our labels and hints; placeholders, which vanish when one types, are taken out."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress the fields."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class NewPassword(forms.Form):
    """A form with a new password, which is hashed once the form is found right.

    That is slow on purpose. The views see to it that nothing is locked meanwhile, and keep what was made of it after.
    """

    user: Person
    hashed = ""

    def hash_password(self) -> None:
        """Work out what is kept of the password."""
        self.hashed = make_password(self.cleaned_data["password1"])

    def save(self) -> None:
        """Keep it as the person's own."""
        self.user.password = self.hashed
        self.user.save(update_fields=["password"])


class SignInForm(Worded, account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Address and password."""

    words: ClassVar = {"login": (_("E-mail address"), ""), "password": (_("Password"), "")}


class JoinForm(Worded, account.SignupForm, NewPassword):  # type: ignore[misc]
    """Address, name and password; what happens next does not tell whether the address has an account."""

    name = forms.CharField(max_length=LONGEST_NAME, validators=NAME)
    words: ClassVar = {
        "name": (_("Name"), _("As others here should see it.")),
        "email": (_("E-mail address"), _("We send a code there, to see that it is yours.")),
        "password1": (_("Password"), STRONG),
    }
    field_order: ClassVar = ["name", "email", "password1"]  # type: ignore[misc]  # which the framework sets nowhere

    def try_save(self, request: HttpRequest) -> Any:
        """A new person, unless somebody has joined with this address since the form was read."""
        self.account_already_exists |= Person.objects.filter(email=self.cleaned_data["email"].lower()).exists()
        return super().try_save(request)


class AddressForm(Worded, account.AddEmailForm):  # type: ignore[misc]
    """A new address."""

    words: ClassVar = {"email": (_("New e-mail address"), _("We send a code there, to see that it is yours."))}


class AddressCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was sent to an address."""

    words: ClassVar = {"code": (_("Code"), _("Eight letters. It holds for 15 minutes."))}


class PasswordForm(Worded, NewPassword, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one."""

    words: ClassVar = {
        "oldpassword": (_("Current password"), ""),
        "password1": (_("New password"), STRONG),
        "password2": (_("New password again"), ""),
    }


class ForgottenForm(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link goes."""

    words: ClassVar = {"email": (_("E-mail address"), "")}


class NewPasswordForm(Worded, NewPassword, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, twice."""

    words: ClassVar = {"password1": (_("New password"), STRONG), "password2": (_("New password again"), "")}


class PasswordAgainForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password, for who has nothing more to show."""

    words: ClassVar = {"password": (_("Password"), "")}


class OnceOnly:
    """One-time codes that hold once, whatever becomes of the cache in which allauth remembers them.

    A code is good for half a minute before and after its own, and allauth forgets after half a minute that it was
    used. So the step of the last code used is kept in its own row, and only a later one is taken.
    """

    user: Person
    authenticator: Authenticator
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        """The code, if it is right and was not used."""
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            with transaction.atomic():
                row = Authenticator.objects.select_for_update().get(pk=self.authenticator.pk)
                step = step_of(decrypt(row.data["secret"]), code)
                if step <= row.data.get("step", 0):
                    from allauth.mfa.adapter import get_adapter  # noqa: PLC0415  (which imports our adapter)

                    raise get_adapter().validation_error("incorrect_code")
                row.data["step"] = step
                row.save(update_fields=["data"])
            self.authenticator = row
        return code


class CodeForm(Worded, OnceOnly, factors.AuthenticateForm):  # type: ignore[misc]
    """A code, as the second step of signing in."""

    words: ClassVar = {"code": (_("One-time code"), CODE)}


class CodeAgainForm(Worded, OnceOnly, factors.ReauthenticateForm):  # type: ignore[misc]
    """A code, to prove anew who one is."""

    words: ClassVar = {"code": (_("One-time code"), CODE)}


class AddCodesForm(Worded, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app that was just set up."""

    words: ClassVar = {"code": (_("The code that the app shows now"), _("Six figures."))}


class AddPasskeyForm(Worded, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, and what to call it."""

    words: ClassVar = {
        "name": (_("What to call it"), _("Such as “my phone” or “the key on my ring”.")),
        "passwordless": (_("Use it to sign in without the password too"), ""),
    }


class PasskeyNameForm(Worded, EditWebAuthnForm):  # type: ignore[misc]
    """What to call a passkey."""

    words: ClassVar = {"name": (_("What to call it"), "")}


class NameForm(forms.Form):
    """The name to be shown."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, validators=NAME)


def step_of(secret: str, code: str) -> int:
    """Which half minute a code is of; 0 if of none that is taken now."""
    wanted = "".join(code.split())
    return next(
        (one for one in yield_hotp_counters_from_time() if format_hotp_value(hotp_value(secret, one)) == wanted), 0
    )
