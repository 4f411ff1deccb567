"""What a consultant says of themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.domains.support.models import Consultant
from evenhand.domains.support.rules import capacity
from evenhand.library.places import places


class ConsultantForm(forms.ModelForm[Consultant]):
    """An entry in the pool: what one does, where, and what may be shown of one's life."""

    skills = forms.MultipleChoiceField(label=_("What you can help with"), widget=forms.CheckboxSelectMultiple)
    areas = forms.MultipleChoiceField(
        label=_("Where you can work"), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        """Everything that a person says; the steps are taken elsewhere."""

        model = Consultant
        fields = (
            "kind",
            "name",
            "about",
            "skills",
            "areas",
            "remote",
            "lived_experience",
            "lived_experience_shown",
            "referees",
            "rate",
            "free_from",
        )
        widgets = {  # noqa: RUF012  (Django's way)
            "kind": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 4}),
            "lived_experience": forms.Textarea(attrs={"rows": 4}),
            "referees": forms.Textarea(attrs={"rows": 3}),
            "rate": forms.TextInput(attrs={"inputmode": "decimal", "class": "input--short"}),
            "free_from": forms.DateInput(attrs={"type": "date", "class": "input--short"}),
        }
        help_texts = {  # noqa: RUF012  (as above)
            "lived_experience": _("Only if you want to. It is shown to organisations only if you tick the box below."),
            "referees": _("Seen by our staff alone."),
            "rate": _("Never published, and not shown to organisations."),
            "free_from": _("Leave it empty if you are free now."),
        }

    def __init__(self, *args: Any, **said: Any) -> None:
        """The skills as declared, and police force areas as places."""
        super().__init__(*args, **said)
        skills: Any = self.fields["skills"]
        areas: Any = self.fields["areas"]
        skills.choices = [(one.slug, _(one.name)) for one in capacity.skills()]
        areas.choices = [(one.code, one.name) for one in places("police-force")]
        kind: Any = self.fields["kind"]
        kind.choices = Consultant.Kind.choices

    def clean(self) -> dict[str, Any]:
        """What is shown of a life needs words."""
        given = super().clean() or {}
        if given.get("lived_experience_shown") and not str(given.get("lived_experience", "")).strip():
            self.add_error("lived_experience", _("Write what may be shown, or leave the box unticked."))
        return given
