"""Forms of a question or two: is it right, what is wrong, what came of it, why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.domains.directory.models import Confirmation, Report

WORDS = 1000


class AnswerForm(forms.Form):
    """Whether a listing is still right."""

    answer = forms.ChoiceField(
        label=_("Is it still right?"), choices=Confirmation.Answer.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What has changed?"),
        help_text=_("Only if something has. We put it right and tell you."),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, object]:
        """Who says that something has changed says what."""
        said = super().clean() or {}
        if said.get("answer") == Confirmation.Answer.CHANGED and not str(said.get("words", "")).strip():
            self.add_error("words", _("Say in a few words what has changed."))
        return said


class ReportForm(forms.ModelForm[Report]):
    """What is wrong with a listing."""

    kind = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Kind.choices, widget=forms.RadioSelect)

    class Meta:
        """What is asked; an address only if an answer is wanted."""

        model = Report
        fields = ("kind", "words", "email")
        widgets = {"words": forms.Textarea(attrs={"rows": 4, "maxlength": WORDS})}  # noqa: RUF012  (Django's way)

    def clean_words(self) -> str:
        """As many words as anybody will read."""
        words = str(self.cleaned_data["words"]).strip()
        if len(words) > WORDS:
            raise forms.ValidationError(_("Keep it under %(most)s letters.") % {"most": WORDS})
        return words


class OutcomeForm(forms.Form):
    """What came of a report."""

    outcome = forms.CharField(
        label=_("What came of it"),
        help_text=_("Whoever gave an address gets these words."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WhyForm(forms.Form):
    """Why a listing is sent back, taken off or put back."""

    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
