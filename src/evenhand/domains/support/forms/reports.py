"""Forms of a report: our words, a funder's question, and the answer to it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RedraftForm(forms.Form):
    """What the figures mean."""

    words = forms.CharField(
        label=_("In our words"),
        help_text=_("What went well, what did not, and what you would do differently. Name no organisation."),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 6000}),
    )


class QuestionForm(forms.Form):
    """What a funder asks."""

    question = forms.CharField(
        label=_("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000})
    )


class ReplyForm(forms.Form):
    """What we answer."""

    answer = forms.CharField(
        label=_("Our answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 4000})
    )


class CorrectForm(forms.Form):
    """What a new issue puts right."""

    why = forms.CharField(
        label=_("What does a new issue put right?"),
        help_text=_("Everybody reads it. The issue that is out stays as it is, and says that there is a later one."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
    )
