"""What an assessor types: a score for each criterion, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.domains.support.queries.scores import SCALE
from evenhand.domains.support.rules.programmes import Programme


class ScoresForm(forms.Form):
    """Every criterion of a programme: `score-need`, `reason-need` and so on."""

    def __init__(
        self, declared: Programme, *args: Any, complete: bool = False, reasons: bool = True, **kwargs: Any
    ) -> None:
        """Ask for all of them, and insist on every score where they are to be complete."""
        super().__init__(*args, **kwargs)
        self.criteria = declared.criteria
        for one in declared.criteria:
            self.fields[f"score-{one.slug}"] = forms.TypedChoiceField(
                label=_("Score: %(label)s") % {"label": _(one.label)},
                choices=SCALE,
                coerce=int,
                empty_value=None,
                required=complete,
                widget=forms.RadioSelect,
            )
            if reasons:
                self.fields[f"reason-{one.slug}"] = forms.CharField(
                    label=_("Why: %(label)s") % {"label": _(one.label)},
                    max_length=1500,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )

    @property
    def scores(self) -> dict[str, int]:
        """What was scored."""
        found = {one.slug: self.cleaned_data.get(f"score-{one.slug}") for one in self.criteria}
        return {slug: score for slug, score in found.items() if score is not None}

    @property
    def reasons(self) -> dict[str, str]:
        """What was said of it."""
        found = {one.slug: self.cleaned_data.get(f"reason-{one.slug}", "").strip() for one in self.criteria}
        return {slug: said for slug, said in found.items() if said}

    def of(self, slug: str) -> tuple[Any, Any]:
        """The two fields of one criterion."""
        return self[f"score-{slug}"], self[f"reason-{slug}"]


class RoundForm(forms.Form):
    """A round as it is drafted; times are those of London."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, help_text=gettext_lazy("Such as Spring 2027."))
    opens_at = forms.DateTimeField(
        label=gettext_lazy("Opens"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Closes"),
        help_text=gettext_lazy("Twelve noon is kinder than midnight."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    available = forms.DecimalField(
        label=gettext_lazy("What there is to give, in days or pounds"),
        max_digits=10,
        decimal_places=2,
        min_value=1,
        required=False,
    )

    def __init__(self, choices: Any, *args: Any, **kwargs: Any) -> None:
        """For one of the programmes."""
        super().__init__(*args, **kwargs)
        field = forms.ChoiceField(label=_("Programme"), choices=choices)
        self.fields = {"programme": field, **self.fields}
