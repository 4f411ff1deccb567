"""Columns for what is known in part: a day of which only the year is known, a quotation that is kept short."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.core.citations import QUOTED_WORDS
from evenhand.core.days import is_partial


def validate_partial(text: str) -> None:
    """Refuse what is no year, month or day."""
    if not is_partial(text):
        raise ValidationError(_("Write a year, a month or a day: 2017, 2017-12 or 2017-12-19."))


def validate_short(text: str) -> None:
    """Refuse a quotation that is longer than may be taken."""
    if len(text.split()) > QUOTED_WORDS:
        raise ValidationError(_("Quote at most %(most)s words."), params={"most": QUOTED_WORDS})


if TYPE_CHECKING:
    Column = models.CharField[str, str]
else:
    Column = models.CharField


class PartialDateField(Column):
    """A year, a month or a day, as far as it is known."""

    default_validators = [validate_partial]  # noqa: RUF012  (Django’s own type is a list)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ten characters, and blank where nothing is known."""
        options.setdefault("max_length", 10)
        options.setdefault("blank", True)
        super().__init__(*args, **options)
