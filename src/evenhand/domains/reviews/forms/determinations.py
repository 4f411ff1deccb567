"""Forms about determinations: what a panel is asked, and what it determined."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.domains.reviews.forms.commitments import day
from evenhand.domains.reviews.models import Determination
from evenhand.domains.reviews.models.determinations import WORDS
from evenhand.domains.reviews.queries import words

LINES = {"rows": 4, "maxlength": WORDS}


class QuestionForm(forms.ModelForm[Determination]):
    """What a panel is to be asked."""

    class Meta:
        """Everything that everybody may read of the question."""

        model = Determination
        fields = ("panel", "question", "material")
        widgets = {  # noqa: RUF012  (Django's way)
            "question": forms.Textarea(attrs=LINES),
            "material": forms.Textarea(attrs=LINES),
        }
        help_texts = {  # noqa: RUF012  (as above)
            "panel": _("A role, such as “the expert reference group on courts”. Name no person."),
            "material": _("What each side says, and where it can be read."),
        }


class DeterminedForm(forms.Form):
    """What the panel determined."""

    words = forms.CharField(label=_("What it determined"), max_length=WORDS, widget=forms.Textarea(attrs=LINES))
    on = day(_("On which day"), initial=timezone.localdate)
    label = forms.ChoiceField(
        label=_("What that settles"),
        required=False,
        choices=lambda: [("", _("It settles nothing")), *words.LABELS.items()],
    )
    url = forms.URLField(
        label=_("Where it can be read"), required=False, max_length=500, assume_scheme="https", empty_value=""
    )
