"""Forms of an engagement: days, the brief, the short questions, and each step that needs words."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.domains.support.rules import capacity
from evenhand.domains.support.rules.answers import marked

DATE = forms.DateInput(attrs={"type": "date", "class": "input--short"})
NUMBER = {"inputmode": "decimal", "class": "input--short"}


def _days(label: Any, hint: Any) -> forms.DecimalField:
    widget = forms.TextInput(attrs=NUMBER)
    return forms.DecimalField(label=label, help_text=hint, widget=widget, min_value=0, max_digits=5, decimal_places=2)


def _words(label: Any, hint: Any = "", *, most: int = 500, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, widget=forms.Textarea(attrs={"rows": rows, "maxlength": most})
    )


class PlainForm(forms.Form):
    """A button, and nothing to say."""


class DayForm(forms.Form):
    """Work that was done. The key tells a form that was sent twice from two forms."""

    days = _days(_("How many days"), _("In quarters: 0.25, 0.5, 0.75 or 1."))
    on = forms.DateField(label=_("On which day"), widget=DATE)
    note = _words(_("What you did"), _("One or two sentences. The organisation reads them. Name nobody."), rows=2)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **said: Any) -> None:
        """A fresh form has a key of its own."""
        super().__init__(*args, **said)
        self.fields["key"].initial = uuid.uuid4


class TrainingForm(DayForm):
    """A place on training."""

    days = _days(_("How many days of the award it takes"), _("In quarters, such as 0.5 or 1."))
    note = _words(_("Which training, and who gives it"), rows=2)


class LineForm(forms.Form):
    """One line of the ledger."""

    line = forms.IntegerField(widget=forms.HiddenInput)


class CorrectForm(LineForm):
    """Why a line is taken back."""

    why = _words(_("What is wrong with it"), rows=2)


class AwardForm(forms.Form):
    """A higher award."""

    days = _days(_("New award, in days"), _("The whole, not what is added."))
    why = _words(_("Why"), _("The funder can read this."), rows=2)


class TextForm(forms.Form):
    """A text that others write too: `seen` is the mark of what stood there when it was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, stands: str = "", **said: Any) -> None:
        """Filled in with what stands."""
        super().__init__(*args, **said)
        self.initial = {"words": stands, "seen": marked(stands)}

    def clean_seen(self) -> str | None:
        """None where a form says nothing of what stood there."""
        return self.cleaned_data["seen"] or None


class BriefForm(TextForm):
    """What the days are for."""

    words = _words(
        _("What the days are for"),
        _("What is to be done, what is there at the end, and about how many days each part takes."),
        most=4000,
        rows=8,
    )


class SignForm(forms.Form):
    """The brief as it was read, by its digest."""

    read = forms.CharField(widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """Words with a step."""

    words = _words(_("How it is going, and what should be different in the second half"), most=2000, rows=4)


class ChangedForm(TextForm):
    """What changed."""

    words = _words(
        _("What changed, in your own words"),
        _("What do you do, have or know now that you did not before? Nothing is an answer too."),
        most=4000,
        rows=6,
    )


class OutcomeForm(forms.Form):
    """With what an engagement is closed."""

    outcome = _words(_("What came of it, in one or two sentences"), rows=3)


class WhyForm(forms.Form):
    """Why."""

    why = _words(_("Why"), rows=2)


class PickForm(forms.Form):
    """One consultant of a shortlist."""

    consultant = forms.IntegerField(widget=forms.HiddenInput)


class ShortlistForm(forms.Form):
    """A few consultants."""

    consultants = forms.TypedMultipleChoiceField(label=_("Who goes on the shortlist"), coerce=int, choices=())

    def __init__(self, *args: Any, choices: Any = (), **said: Any) -> None:
        """Among those who are proposed."""
        super().__init__(*args, **said)
        self.fields["consultants"].choices = choices  # type: ignore[attr-defined]


class InvoiceForm(forms.Form):
    """What is asked for confirmed days."""

    number = forms.CharField(label=_("Your invoice number"), max_length=40)
    days = _days(_("For how many confirmed days"), _("In quarters."))
    amount = forms.DecimalField(
        label=_("Amount, in pounds"), min_value=0, max_digits=9, decimal_places=2, widget=forms.TextInput(attrs=NUMBER)
    )


class CapacityForm(forms.Form):
    """The short questions, each on one scale."""

    def __init__(self, *args: Any, **said: Any) -> None:
        """One field a question, in the declared order."""
        super().__init__(*args, **said)
        scale = capacity.scale()
        steps = [(step, str(step)) for step in range(1, scale.steps + 1)]
        steps[0] = (1, f"1: {_(scale.least)}")
        steps[-1] = (scale.steps, f"{scale.steps}: {_(scale.most)}")
        for one in capacity.skills():
            self.fields[one.slug] = forms.TypedChoiceField(
                label=_(one.question), choices=steps, coerce=int, widget=forms.RadioSelect
            )
