"""The forms of an application: a section of questions as its programme asks them, files, colleagues, a call."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.organisations.forms import ACCEPTED
from evenhand.core.plain import NAME
from evenhand.domains.support.models import Conversation
from evenhand.domains.support.rules.answers import BadAnswer, read
from evenhand.domains.support.rules.programmes import Question

FAULTS = {
    "too-many-words": gettext_lazy("Keep it to %(most)s words: there are %(words)s."),
    "too-long": gettext_lazy("Keep it shorter."),
    "no-number": gettext_lazy("Write a number, such as 2.5."),
    "out-of-range": gettext_lazy("Write a number from %(least)s to %(most)s."),
    "not-in-steps": gettext_lazy("Write it in steps of %(step)s."),
    "unknown-option": gettext_lazy("Choose from the list."),
}


class AnswersForm(forms.Form):
    """One section. Nothing has to be complete to be kept; what cannot be kept is said at its field."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        """Ask these questions."""
        super().__init__(*args, **kwargs)
        self.questions = {one.slug: one for one in questions}
        for one in questions:
            self.fields[one.slug] = _field(one)

    def clean(self) -> dict[str, Any]:
        """Each answer as it is kept."""
        said: dict[str, Any] = super().clean() or {}
        for slug, question in self.questions.items():
            if slug not in said:
                continue
            try:
                said[slug] = read(question, said[slug])
            except BadAnswer as fault:
                self.add_error(slug, FAULTS[fault.fault] % fault.said if fault.said else FAULTS[fault.fault])
        return said

    @property
    def answers(self) -> dict[str, Any]:
        """The answers of this section."""
        return {slug: self.cleaned_data[slug] for slug in self.questions}


class FileForm(forms.Form):
    """A document, a picture or a recording."""

    file = forms.FileField(
        label=gettext_lazy("A document, a picture or a recording"),
        help_text=gettext_lazy("Up to 5 MB. Nobody needs to hand anything in."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class ColleagueForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of a colleague"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class WordsForm(forms.Form):
    """Why, or an answer."""

    words = forms.CharField(
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, label: Any, *args: Any, **kwargs: Any) -> None:
        """Under a label of its own."""
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class ConversationForm(forms.ModelForm[Conversation]):
    """Ask to be rung."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What would you like?"), choices=Conversation.Kind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        required=False,
        validators=NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Your organisation"),
        max_length=250,
        required=False,
        validators=NAME,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    phone = forms.RegexField(
        r"^[0-9+() ]{6,25}$",
        label=gettext_lazy("Telephone"),
        max_length=25,
        error_messages={"invalid": gettext_lazy("Write a telephone number: figures, spaces and a plus.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    class Meta:
        """The key is kept apart: the model makes no form of it."""

        model = Conversation
        fields = ("kind", "name", "organisation", "phone", "when", "needs")


def _field(question: Question) -> forms.Field:
    """One question. Whether it must be answered is asked when it is sent, not before."""
    label = _(question.label)
    hint = _(question.hint)
    if question.kind == "words":
        count = _("Up to %(most)s words.") % {"most": question.words}
        return _named(
            forms.CharField(widget=forms.Textarea(attrs={"rows": 7}), max_length=20_000),
            label,
            f"{hint} {count}".strip(),
        )
    if question.kind == "many":
        choices = [(one, _(one)) for one in question.options]
        return _named(forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple), label, hint)
    if question.kind == "one":
        choices = [(one, _(one)) for one in question.options]
        return _named(forms.ChoiceField(choices=choices, widget=forms.RadioSelect), label, hint)
    if question.kind == "number":
        attrs = {"inputmode": "decimal", "class": "input--short"}
        return _named(forms.CharField(widget=forms.TextInput(attrs=attrs), max_length=20), label, hint)
    return _named(forms.CharField(max_length=300), label, hint)


def _named(field: forms.Field, label: str, hint: str) -> forms.Field:
    field.label, field.help_text, field.required = label, hint, False
    return field
