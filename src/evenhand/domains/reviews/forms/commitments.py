"""Forms about commitments: proposing one, telling where it stands, asking about it and answering."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.domains.reviews.models import Challenge, Commitment, Update
from evenhand.domains.reviews.models.commitments import WORDS

LINES = {"rows": 4, "maxlength": WORDS}


def day(label: Any, *, required: bool = True, help_text: Any = "", initial: Any = None) -> forms.DateField:
    """A question for a day, asked as the browser asks for days."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, initial=initial, widget=widget)


class CommitmentForm(forms.ModelForm[Commitment]):
    """What is put to the board."""

    due_on = day(_("By when"))

    class Meta:
        """Everything that a promise needs; nothing is optional but the figure."""

        model = Commitment
        fields = ("title", "slug", "text", "owner", "sponsor", "measure", "figure", "baseline", "target", "due_on")
        widgets = {"text": forms.Textarea(attrs=LINES)}  # noqa: RUF012  (Django's way)
        help_texts = {  # noqa: RUF012  (as above)
            "slug": _("Small letters, digits and hyphens. It stays for ever."),
            "owner": _("A post, not a person’s name."),
            "sponsor": _("A seat on the board, not a person’s name."),
            "figure": _("Such as evidence.measure:stop-and-search. Leave it empty if there is none."),
            "baseline": _("If nobody has counted yet, say so."),
        }


class UpdateForm(forms.ModelForm[Update]):
    """Where a commitment stands; and, if the board changed it, what it says from now on."""

    due_on = day(_("If it was changed: by when"), required=False)

    class Meta:
        """What is told; the rest only if it was changed."""

        model = Update
        fields = ("standing", "words", "figure", "learned", "text", "measure", "target", "due_on")
        widgets = {  # noqa: RUF012  (Django's way)
            "words": forms.Textarea(attrs=LINES),
            "learned": forms.Textarea(attrs=LINES),
            "text": forms.Textarea(attrs=LINES),
        }
        labels = {  # noqa: RUF012  (as above)
            "text": _("If it was changed: what is promised"),
            "measure": _("If it was changed: how anybody can tell"),
            "target": _("If it was changed: what counts as kept"),
        }
        help_texts = {  # noqa: RUF012  (as above)
            "words": _("Also, and above all, if it was missed. If the board changed it: why, and when it decided."),
            "learned": _("It goes into the learning log."),
        }

    def clean(self) -> dict[str, Any]:
        """A change changes something, and nothing else does."""
        said = super().clean() or {}
        new = [name for name in ("text", "measure", "target", "due_on") if said.get(name)]
        if said.get("standing") == Update.Standing.CHANGED and not new:
            self.add_error("standing", _("Say below what it says from now on."))
        if said.get("standing") != Update.Standing.CHANGED and new:
            self.add_error(new[0], _("Only the board changes what was promised: choose “Changed by the board”."))
        return said


class ChallengeForm(forms.ModelForm[Challenge]):
    """A question to a commitment."""

    words = forms.CharField(label=_("Your question"), max_length=WORDS, widget=forms.Textarea(attrs=LINES))

    class Meta:
        """An address only if one wants to be told."""

        model = Challenge
        fields = ("words", "email")


class DecidedForm(forms.Form):
    """The day on which the board decided."""

    decided_on = day(_("When the board decided"), initial=timezone.localdate)

    def clean_decided_on(self) -> dt.date:
        """No day to come."""
        decided: dt.date = self.cleaned_data["decided_on"]
        if decided > timezone.localdate():
            raise forms.ValidationError(_("The day of the decision has not come yet."))
        return decided


class ReasonForm(forms.Form):
    """Why."""

    why = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}))


class ShownForm(forms.Form):
    """A question as it is to be shown."""

    words = forms.CharField(
        label=_("As it is to be shown"),
        help_text=_("Take out names, and whatever tells of somebody’s own case. Change nothing else."),
        max_length=WORDS,
        widget=forms.Textarea(attrs=LINES),
    )


class AnswerForm(forms.Form):
    """The answer that everybody reads."""

    answer = forms.CharField(label=_("Answer"), max_length=WORDS, widget=forms.Textarea(attrs=LINES))
