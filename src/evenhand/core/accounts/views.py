"""The pages of an account: what it holds, its sign-ins, its name; and allauth's own, where they have to be stricter."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.views import LogoutView, PasswordChangeView, PasswordResetFromKeyView, SignupView
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from evenhand.core.access import READ, WRITE, allow, caller_of, declared, signed_in
from evenhand.core.accounts import erasing
from evenhand.core.accounts.actions import end_sign_ins, rename
from evenhand.core.accounts.factors import has_second_factor
from evenhand.core.accounts.forms import NameForm, step_of
from evenhand.core.accounts.lifecycle import ERASURE
from evenhand.core.accounts.models import Person
from evenhand.core.accounts.queries import done_by, erasures_open, looked_after_alone, roles_of, sign_ins_of
from evenhand.core.errors import Refused

View = Callable[..., HttpResponse]

# Passkeys are made and shown by the browser, and only a script can ask it to. No other page has one.
with_script = csp_update({"script-src": [SELF], "connect-src": [SELF]})


def whole(view: View) -> View:
    """What a form does is done whole or not at all; reading takes no lock."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return answer


def fresh(view: View) -> View:
    """Ask who has not proven in the last quarter of an hour who they are to do so, and send them back to the page.

    A form that was sent too late is asked for again, rather than kept: meanwhile a right may have ended. So what was
    sent leads back to the page that it was sent from, and the reader is told.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_reauthentication_required(request, app="allauth.account"):
            back = request.get_full_path()
            if request.method not in READ:
                back = _sent_from(request)
                said = _(
                    "Nothing was done yet. First show who you are; then you are back on the page, and send it again."
                )
                messages.warning(request, said)
            return HttpResponseRedirect(f"{where_to_prove(request.user)}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return answer


def _sent_from(request: HttpRequest) -> str:
    """The page of ours on which a form stood, as the browser tells, or else the page that stands over its address."""
    told = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure())
    parts = urlsplit(told if ours else request.path)
    if _readable(parts.path):
        return urlunsplit(("", "", parts.path, parts.query, ""))
    over = parts.path.rpartition("/")[0] + "/"  # an action is one more word behind the address of its page
    return over if _readable(over) else reverse("account")


def _readable(path: str) -> bool:
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return found.url_name != "wagtail_serve" and "GET" in declared(found.func).methods


def where_to_prove(person: Any) -> str:
    """The page on which somebody proves anew who they are."""
    from allauth.account.adapter import get_adapter  # noqa: PLC0415  (which imports our adapter)

    return str(get_adapter().get_reauthentication_methods(person)[0]["url"])


@allow(signed_in)
def account(request: HttpRequest) -> HttpResponse:
    """What the account holds, and where to change it."""
    person = _person(request)
    context = {
        "person": person,
        "roles": roles_of(person),
        "factors": Authenticator.objects.filter(user=person),
        "has_factor": has_second_factor(person),
        "sign_ins": sign_ins_of(person, request.session.session_key or ""),
    }
    return render(request, "account/account.html", context)


@allow(signed_in, methods=WRITE)
@whole
def name(request: HttpRequest) -> HttpResponse:
    """Change the name to be shown."""
    person = _person(request)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        rename(person, form.cleaned_data["name"], by=caller_of(request))
        messages.success(request, _("Your name was changed."))
        return redirect("account")
    return render(request, "account/name.html", {"form": form})


@allow(signed_in, methods=WRITE)
@whole
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; end one, or all but this."""
    person, here = _person(request), request.session.session_key or ""
    if request.method == "POST":
        chosen = request.POST.get("end", "")
        if chosen == "others":
            ended = end_sign_ins(person, by=caller_of(request), but=here)
        else:
            key = next((one.key for one in sign_ins_of(person, here) if one.ref == chosen and not one.here), None)
            if key is None:
                raise Http404
            ended = end_sign_ins(person, by=caller_of(request), only=key)
        messages.success(request, _("Signed out there.") if ended else _("There was nothing left to end."))
        return redirect("account_sign_ins")
    return render(request, "account/sign_ins.html", {"sign_ins": sign_ins_of(person, here)})


@allow(signed_in, methods=WRITE)
@fresh
@whole
def erasure(request: HttpRequest) -> HttpResponse:
    """What is erased and what is kept; and the button that asks for it."""
    person = _person(request)
    if request.method == "POST":
        try:
            erasing.ask(person, by=caller_of(request))
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("You have asked for it. Until it is done, you can change your mind here."))
        return redirect("account_erasure")
    asked = erasures_open().filter(person=person).first()
    context = {
        "asked": asked,
        "by": done_by(asked) if asked else None,
        "alone": ", ".join(one.title for one in looked_after_alone(person)),
    }
    return render(request, "account/erasure.html", context)


@allow(signed_in, methods=("POST",))
@fresh
@whole
def keep_account(request: HttpRequest) -> HttpResponse:
    """Not to be erased after all."""
    asked = erasures_open().filter(person=_person(request)).first()
    if asked is None:
        messages.error(request, _("There is nothing to withdraw."))
        return redirect("account_erasure")
    ERASURE.move(asked, "withdraw", by=caller_of(request))
    messages.success(request, _("You keep your account. Nothing was erased."))
    return redirect("account")


class HashedFirst:
    """Hash a new password, which is slow, before anything is locked; then do what the form does, whole."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        form.hash_password()
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # allauth's
        return response


class Join(HashedFirst, SignupView):  # type: ignore[misc]  # allauth ships no types
    """A new account; an address that has one takes as long."""


class ChangePassword(HashedFirst, PasswordChangeView):  # type: ignore[misc]
    """Another password."""


class ResetPassword(HashedFirst, PasswordResetFromKeyView):  # type: ignore[misc]
    """A password set anew, by the link of a letter."""


class SignOut(LogoutView):  # type: ignore[misc]  # allauth ships no types
    """Sign out, and have the browser forget what it kept."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        response: HttpResponse = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class AddCodes(ActivateTOTPView):  # type: ignore[misc]
    """Set up one-time codes; the code that was just shown counts for this sign-in, and for no other."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep them."""
        response: HttpResponse = super().form_valid(form)
        codes = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        codes.data["step"] = step_of(form.secret, form.cleaned_data["code"])
        codes.save(update_fields=["data"])
        post_authentication(self.request, codes)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """Add a passkey; it counts for this sign-in."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it."""
        response: HttpResponse = super().form_valid(form)
        added = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        post_authentication(self.request, added.latest("pk"))
        return response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Remove a passkey, unless it is the last factor of who needs one."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        adapter = factor_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(reverse("mfa_index"))
        response: HttpResponse = super().form_valid(form)
        return response


class RenamePasskey(EditWebAuthnView):  # type: ignore[misc]
    """Call a passkey something else."""

    success_url = reverse_lazy("mfa_index")


def _person(request: HttpRequest) -> Person:
    person = request.user
    if not isinstance(person, Person):  # the gate lets no one else in
        raise Http404
    return person
