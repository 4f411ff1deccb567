"""Forms about evidence: sending it, and clearing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, resolve
from evenhand.domains.reviews.models.evidence import WORDS, Removal
from evenhand.domains.reviews.queries.evidence import subjects

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.odt,.xlsx,.ods,.csv,.txt"
LINES = {"rows": 5, "maxlength": WORDS}


class EvidenceForm(forms.Form):
    """What somebody has to show."""

    about = forms.ChoiceField(label=_("What is it about?"))
    words = forms.CharField(
        label=_("What does it show?"),
        help_text=_("Please name nobody, and tell us nothing about your own case or anybody else’s."),
        max_length=WORDS,
        widget=forms.Textarea(attrs=LINES),
    )
    url = forms.URLField(
        label=_("Where can it be read?"), required=False, max_length=500, assume_scheme="https", empty_value=""
    )
    file = forms.FileField(
        label=_("A file"),
        required=False,
        max_length=255,
        help_text=_("A PDF, a picture, a document or a table, up to 5 MB. Only our staff see it."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you want to be told what came of it"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Everything that it can be about."""
        super().__init__(*args, **kwargs)
        known = resolve(subjects())
        choices = [(str(ref), one.title) for ref, one in known.items() if one.url]
        self.fields["about"].choices = [("", _("Choose one")), *choices]  # type: ignore[attr-defined]

    @property
    def subject(self) -> Ref:
        """What it is about."""
        return Ref.read(self.cleaned_data["about"])


class RemovalForm(forms.Form):
    """Why something is taken down."""

    kind = forms.ChoiceField(
        label=_("What everybody is told of the reason"), choices=Removal.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why, for the journal"),
        help_text=_("It stays for ever: name nobody, and do not say again what is taken down."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
    )


class ClearedForm(forms.Form):
    """The words as they may be shown."""

    words = forms.CharField(
        label=_("As it is to be shown"),
        help_text=_("Take out names, what tells of somebody’s own case, and accusations of anybody who can be known."),
        max_length=WORDS,
        widget=forms.Textarea(attrs=LINES),
    )
