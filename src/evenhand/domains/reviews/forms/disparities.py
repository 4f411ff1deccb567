"""Forms about disparities: who answers for one, and what happened."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.lifecycle import Move
from evenhand.domains.reviews.forms.commitments import day
from evenhand.domains.reviews.models import Body, Exchange
from evenhand.domains.reviews.models.disparities import WORDS

LINES = {"rows": 4, "maxlength": WORDS}


class BodyForm(forms.Form):
    """The body that answers for it."""

    body = forms.ModelChoiceField(
        label=_("Which body answers for it"),
        queryset=Body.objects.filter(ended=""),
        help_text=_("The body whose decisions the figures are of. Bodies that are no more are not listed."),
    )


class TurnForm(forms.ModelForm[Exchange]):
    """What happened."""

    kind = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = day(_("On which day"), initial=timezone.localdate)
    url = forms.URLField(
        label=_("Where it can be read"), required=False, max_length=500, assume_scheme="https", empty_value=""
    )
    due_on = day(
        _("By when the next thing is due"),
        required=False,
        help_text=_("A reply: 20 working days if you leave it empty. A reform: the day that was promised."),
    )

    class Meta:
        """Everything about one turn."""

        model = Exchange
        fields = ("kind", "on", "words", "evidence", "url", "due_on", "done")
        widgets = {  # noqa: RUF012  (Django's way)
            "words": forms.Textarea(attrs=LINES),
            "evidence": forms.Textarea(attrs=LINES),
        }
        help_texts = {  # noqa: RUF012  (as above)
            "words": _("In our words, short. What the body says of causes is its own: say that it says so."),
            "evidence": _("What the body gave to show that its explanation holds. Empty if it gave none."),
            "done": _("Only when it is closed."),
        }

    def __init__(self, *args: Any, moves: Iterable[Move] = (), **kwargs: Any) -> None:
        """What can have happened now."""
        super().__init__(*args, **kwargs)
        kinds = dict(Exchange.Kind.choices)
        self.fields["kind"].choices = [(move.name, kinds[move.name]) for move in moves if move.name in kinds]  # type: ignore[attr-defined]
