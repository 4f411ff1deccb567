"""What is handed in with an application: documents, pictures, and recordings."""

from django.core.files.base import File as Given
from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.core.access import Caller
from evenhand.core.errors import NotPossible, Refused
from evenhand.core.files.actions import keep, look_through, remove
from evenhand.core.files.models import File
from evenhand.domains.support.actions.applications import changeable
from evenhand.domains.support.models import Application
from evenhand.domains.support.queries.applications import files_of

MOST = 5


def attach(application: Application, given: Given[bytes], *, by: Caller) -> File:
    """Hand in a file with it: a document, a picture, or a recording. Refused, nothing of it is kept."""
    _refuse_one_more(application, by)
    looked = look_through(given)
    with transaction.atomic():
        _refuse_one_more(application, by)  # another may have come meanwhile
        return keep(looked, about=application.ref, by=by)


@transaction.atomic
def detach(application: Application, file: File, *, by: Caller) -> None:
    """Take a file away again."""
    locked = changeable(application, by)
    if file.about != locked.ref:
        raise Refused(_("That file is not part of this application."), code="unknown-file", status=404)
    remove(file, by=by, why="taken away by the applicant")


@transaction.atomic
def _refuse_one_more(application: Application, by: Caller) -> None:
    if files_of(changeable(application, by)).count() >= MOST:
        raise NotPossible(_("Five files are enough. Take one away first."), code="many-files")
