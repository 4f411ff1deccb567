"""The page of counterfactuals, and its exhibits as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from evenhand.core.access import allow, anyone
from evenhand.core.design.parts import Exhibit
from evenhand.core.errors import Refused
from evenhand.core.pages import kept
from evenhand.domains.evidence.forms.questions import SETTLED, read_question
from evenhand.domains.evidence.queries.answers import released
from evenhand.domains.evidence.queries.citations import WHOLE, of_answer
from evenhand.domains.evidence.queries.counterfactuals.exhibits import EXHIBITS
from evenhand.domains.evidence.queries.counterfactuals.exhibits import exhibit as exhibit_named
from evenhand.domains.evidence.queries.counterfactuals.page import counterfactual_page
from evenhand.domains.evidence.queries.counterfactuals.shown import PRISON, Supposed, supposed_for
from evenhand.domains.evidence.views.measures import cited, file_of

ASKED = ("measure", "period", "reference", "release")  # all that this page looks at in an address


@allow(anyone)
@kept(released, *ASKED, *SETTLED)
def page(request: HttpRequest) -> HttpResponse:
    """How many fewer or more there would be, by each question that fits one measure."""
    return render(request, "evidence/counterfactual.html", counterfactual_page(_shown(request), request.GET))


@allow(anyone)
@kept(released, *ASKED, *SETTLED)
def exhibit(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One exhibit as a file: its table at full precision, or its chart as a picture that needs nothing else."""
    shown = _shown(request)
    query = urlencode([(name, request.GET[name]) for name in ASKED if name in request.GET])
    return file_of(shown, _exhibit(shown, name), form, query=query)


@allow(anyone)
@kept(released, *ASKED, *SETTLED)
def citation(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """How the page, or the table and chart of one exhibit, is cited, as a file."""
    shown = _shown(request)
    return cited(of_answer(shown, None if name == WHOLE else _exhibit(shown, name)), form)


def _shown(request: HttpRequest) -> Supposed:
    asked = read_question(request.GET)
    measure = request.GET.get("measure", "").strip() or PRISON
    return supposed_for(measure, period=asked["period"], reference=asked["reference"], release=asked["release"])


def _exhibit(shown: Supposed, name: str) -> Exhibit:
    found = exhibit_named(shown, name)
    if found is None:
        message = _("No exhibit of this page is called “%(name)s”. There are: %(known)s.")
        said = {"name": name, "known": ", ".join(EXHIBITS)}
        raise Refused(message % said, near=tuple(EXHIBITS), code="unknown-exhibit", status=404)
    return found
