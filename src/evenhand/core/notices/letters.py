"""Letters: plain text from templates in each app's `emails` folder, the first line of which is the subject."""

from collections.abc import Mapping
from textwrap import shorten
from typing import Any, NamedTuple

from django.conf import settings
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.template.utils import get_app_template_dirs

LONGEST_SUBJECT = 120


class LetterTemplates(DjangoTemplates):
    """Templates of letters, in a folder of their own; nothing is escaped, since nothing of them is HTML."""

    def __init__(self, params: dict[str, Any]) -> None:
        """Look where each app keeps its letters."""
        folders = [*params["DIRS"], *get_app_template_dirs("emails")]
        super().__init__({**params, "DIRS": folders, "OPTIONS": {"autoescape": False, **params["OPTIONS"]}})


class Letter(NamedTuple):
    """What is sent."""

    subject: str
    text: str


def write(template: str, said: Mapping[str, Any]) -> Letter:
    """A letter from its template, such as `accounts/confirm.txt`, and what it is to say."""
    rendered = engines["letters"].get_template(template).render({"site": settings.SITE_URL, **said})
    subject, _, text = rendered.strip().partition("\n")
    return Letter(shorten(subject, LONGEST_SUBJECT, placeholder="…"), text.strip() + "\n")
