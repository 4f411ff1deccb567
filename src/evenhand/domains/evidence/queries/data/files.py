"""The figures of releases as files, and all of them as one data package."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.exports import About, Licence, Sheet, package_of, resource_of, written
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.domains.evidence.queries.data.held import current_of
from evenhand.domains.evidence.queries.data.sheets import PUBLISHER, STEM, observations_sheet
from evenhand.library.datasets.store import Held

FORMS = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "csv-metadata.json": "CSVW"}
MOST = 64  # files kept in memory: a page that says how large its files are has made them already


def content(held: Held, form: str) -> bytes:
    """A release's figures in one form."""
    return _content(Path(settings.EVIDENCE_FOLDER), held, form)


def filename(held: Held) -> str:
    """The dataset and the release, as the name of a file without its ending."""
    return f"{held.dataset}-{held.version}"


def package() -> bytes:
    """Every dataset's current figures as one data package; each file is named by its path beside the package."""
    about = About(
        title=_("Race equality in the criminal justice system of England and Wales: every dataset of Evenhand"),
        description=_(
            "Each file is one published table, tidied: one figure a row, with the place, group and period that it is "
            "of, the state of its cell, and where in its source it stood. Each has its own licence."
        ),
        publisher=PUBLISHER,
        licence=Licence(_("Each file has its own licence")),
        permalink=settings.SITE_URL + reverse("evidence:datasets"),
    )
    held = [current_of(one.name) for one in catalogue().loaders]
    return package_of((_resource(Path(settings.EVIDENCE_FOLDER), one) for one in held), about, name="evenhand")


@lru_cache(MOST)
def _content(folder: Path, held: Held, form: str) -> bytes:
    return written(_sheet(folder, held), form, stem=STEM)


@lru_cache(4 * MOST)
def _resource(folder: Path, held: Held) -> dict[str, Any]:
    return resource_of(_sheet(folder, held), name=held.dataset, path=f"{held.dataset}/{held.version}/{STEM}.csv")


@lru_cache(2)
def _sheet(folder: Path, held: Held) -> Sheet:
    """The sheet of which every form is about to be written, one after the other."""
    del folder  # the same release may stand in two stores, and answers come from one
    return observations_sheet(held)
