"""The shape of what is asked of visitors."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from evenhand.core.errors import Refused
from evenhand.core.files.kinds import LARGEST, clean_name, kept
from evenhand.core.terms import topic_choices


class AlertForm(forms.Form):
    """An address, and the topics of interest."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=topic_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to hear of everything new."),
    )


class DocumentForm(BaseDocumentForm):  # type: ignore[misc]  # Wagtail ships no types
    """A file beside a page: it is what its name says, and holds nothing that runs, as any file handed in."""

    def clean_file(self) -> Any:
        """The bytes that are kept of it."""
        given = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return given
        try:
            kind, content = kept(given.read(LARGEST + 1), given.name or "")
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        return ContentFile(content, clean_name(given.name or "", kind))
