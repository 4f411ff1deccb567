"""Every dataset: the list, the page of each, its releases as files, and all of them as one package."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.core.access import allow, anyone
from evenhand.core.exports import file_response, sheet_response
from evenhand.core.pages import kept
from evenhand.domains.evidence.queries.answers import released
from evenhand.domains.evidence.queries.data.files import content, filename, package
from evenhand.domains.evidence.queries.data.held import held, source
from evenhand.domains.evidence.queries.data.listing import datasets_page
from evenhand.domains.evidence.queries.data.page import dataset_page
from evenhand.domains.evidence.queries.data.sheets import STEM


@allow(anyone)
@kept(released, "q")
def datasets(request: HttpRequest) -> HttpResponse:
    """Every dataset, or those in which the words asked for occur."""
    return render(request, "evidence/datasets.html", datasets_page(request.GET.get("q", "")))


@allow(anyone)
@kept(released)
def dataset(request: HttpRequest, dataset: str) -> HttpResponse:
    """One dataset, with its releases."""
    return render(request, "evidence/dataset.html", dataset_page(dataset))


@allow(anyone)
def observations(request: HttpRequest, dataset: str, version: str, form: str) -> HttpResponse:
    """The figures of one release, in one form."""
    del request
    one = held(dataset, version)
    return sheet_response(content(one, form), form, stem=STEM, saved_as=filename(one))


@allow(anyone)
def source_file(request: HttpRequest, dataset: str, version: str) -> HttpResponse:
    """The very bytes that one release was read from."""
    del request
    one = held(dataset, version)
    return file_response(source(one), "text/csv; charset=utf-8", f"{filename(one)}-source.csv")


@allow(anyone)
@kept(released)
def data_package(request: HttpRequest) -> HttpResponse:
    """Every dataset's current figures, as a Frictionless Data Package."""
    del request
    return file_response(package(), "application/json", "datapackage.json")
