"""What the head and the foot of every page lead to. Only what exists is linked."""

from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.core.access import caller_of, staff
from evenhand.core.design.parts import Link, LinkGroup
from evenhand.domains.directory.people import member
from evenhand.domains.support.people import assessor, funder, officer
from evenhand.domains.support.queries.mine import own_of
from evenhand.domains.support.rules.programmes import programmes


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The links of the head and the foot, with the one that the reader is under."""
    path, language = request.path, get_language() or settings.LANGUAGE_CODE
    *groups, about = _foot(language)
    welsh = Link("Cymraeg", _welsh(path), language="cy")
    return {
        "home_url": reverse("home"),
        "site_url": settings.SITE_URL,
        "site_search": reverse("search"),
        "navigation": tuple(
            replace(link, current=True) if path.startswith(under) else link for link, under in _head(language)
        ),
        "account": _account(request),
        "organisation_links": (
            Link(_("Your services in the directory"), reverse("directory:mine")),
            Link(_("Applications for support"), reverse("support:applications")),
        ),
        # Asked for by the page of the account alone.
        "own": lambda: own_of(caller_of(request)),
        "footer": (*groups, replace(about, links=(*about.links, welsh))),
    }


@cache
def _head(language: str) -> tuple[tuple[Link, tuple[str, ...]], ...]:
    """The links of the head in this language, which is the one that is spoken, and the paths that lie under each."""
    del language
    evidence, find, progress = reverse("evidence:journey"), reverse("directory:find"), reverse("reviews:progress")
    support, news, about = reverse("support:programmes"), reverse("news"), "/about/"
    return (
        (Link(_("Evidence"), evidence), (evidence,)),
        (Link(_("Find help"), find), (find, "/services/", "/organisations/", "/directory/")),
        (Link(_("Progress"), progress), (progress,)),
        (Link(_("Support"), support), (support,)),
        (Link(_("What’s new"), news), (news, "/publications/")),
        (Link(_("About"), about), (about,)),
    )


@cache
def _foot(language: str) -> tuple[LinkGroup, ...]:
    """The links of the foot in this language, which is the one that is spoken."""
    del language
    return (
        LinkGroup(
            _("The directory"),
            (
                Link(_("Find help"), reverse("directory:find")),
                Link(_("Where the gaps are"), reverse("directory:gaps")),
                Link(_("The open feed"), reverse("api:feed")),
            ),
        ),
        LinkGroup(
            _("The evidence"),
            (
                Link(_("The justice journey"), reverse("evidence:journey")),
                Link(_("By place"), reverse("places")),
                Link(_("By group"), reverse("groups")),
                Link(_("By stage"), reverse("stages")),
                Link(_("Stop and search"), reverse("evidence:measure", args=["stop-and-search"])),
                Link(_("Arrests"), reverse("evidence:measure", args=["arrests"])),
                Link(_("Claims"), reverse("evidence:claims")),
                Link(_("What if rates were equal"), reverse("evidence:counterfactual")),
            ),
        ),
        LinkGroup(
            _("Progress"),
            (
                Link(_("Who promised what"), reverse("reviews:progress")),
                Link(_("Who was asked"), reverse("reviews:bodies")),
                Link(_("Explain or reform"), reverse("reviews:disparities")),
                Link(_("Our commitments"), reverse("reviews:commitments")),
                Link(_("What is overdue"), reverse("reviews:overdue")),
                Link(_("Send evidence"), reverse("reviews:evidence")),
            ),
        ),
        LinkGroup(
            _("Check and reuse"),
            (
                Link(_("How figures are worked out"), reverse("evidence:method")),
                Link(_("The data, to take away"), reverse("evidence:datasets")),
                Link(_("Corrections"), reverse("evidence:corrections")),
                Link(_("Measures as JSON"), reverse("api:list_measures")),
                Link(_("Description of the API"), reverse("api:openapi-json")),
            ),
        ),
        LinkGroup(
            _("Support on offer"),
            tuple(Link(_(one.title), reverse("support:programme", args=[one.slug])) for one in programmes()),
        ),
        LinkGroup(
            _("About us"),
            (
                Link(_("Our work on race and justice"), "/about/race-and-justice/"),
                Link(_("What we think"), "/about/what-we-think/"),
                Link(_("Words we use"), "/about/words-we-use/"),
                Link(_("Other sources of support"), "/about/other-support/"),
                Link(_("Publications"), "/publications/"),
                Link(_("Contact"), "/about/contact/"),
                Link(_("Accessibility"), "/about/accessibility/"),
                Link(_("Your privacy"), "/about/privacy/"),
                Link(_("Security"), "/about/security/"),
            ),
        ),
    )


def _welsh(path: str) -> str:
    """The same page in Welsh, or the place that says that it is not yet there."""
    # What is one's own stands in no other language; its address is said nowhere but in the address line.
    own = path.startswith(("/account/", "/staff/"))
    return escape_uri_path(path if path.startswith("/cy/") else "/cy/" if own else f"/cy{path}")


def _account(request: HttpRequest) -> tuple[Link, ...]:
    """The way in, or to what is one's own."""
    caller = caller_of(request)
    here = reverse("account")
    if not caller.signed_in:
        return (Link(_("Sign in"), reverse("account_login"), current=request.path.startswith(here)),)
    yours = Link(_("Your account"), here, current=request.path.startswith(here))
    kept: tuple[Link, ...] = ()
    kept += (Link(_("Your services"), reverse("directory:mine")),) if member.admits(caller) else ()
    kept += (Link(_("Your applications"), reverse("support:applications")),) if member.admits(caller) else ()
    kept += (Link(_("Assessing"), reverse("support:assessing")),) if assessor.admits(caller) else ()
    kept += (Link(_("Rounds"), reverse("staff_support:rounds")),) if funder.admits(caller) else ()
    kept += (Link(_("Reports"), reverse("support:reports")),) if (funder | officer).admits(caller) else ()
    home = (Link(_("Staff home"), reverse("wagtailadmin_home")),) if staff.admits(caller) else ()
    return (*kept, *home, yours)
