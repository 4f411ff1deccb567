"""The minute's check: a number, and what no register says."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.organisations.models import Form, Organisation
from evenhand.core.plain import NAME
from evenhand.domains.support.queries.eligibility import INTERESTS, NATIONS
from evenhand.domains.support.rules.programmes import Programme, Rule

MOST_INCOME = 999_999_999
YES_NO = (
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
    ("unsure", gettext_lazy("I am not sure")),
)
FACTS = ("form", "nations", "income", "led", "specialist", "interest")


class FactsForm(forms.Form):
    """What eligibility rests on, as one programme asks it. Nothing has to be answered: what is not is not known."""

    def __init__(self, declared: Programme, *args: Any, **kwargs: Any) -> None:
        """Ask what the rules of this programme need."""
        super().__init__(*args, **kwargs)
        for rule in declared.rules:
            self.fields.update(_fields(rule))

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, and no more."""
        said = {name: self.cleaned_data.get(name) for name in FACTS if name in self.fields}
        return {name: value for name, value in said.items() if value not in (None, "", [])}


def said_in(form: FactsForm) -> list[tuple[str, str]]:
    """What a form of facts is filled in with, under its labels and in the words of its choices."""
    found = []
    for one in form:
        value, named = one.value(), dict(getattr(one.field, "choices", ()))
        every = value if isinstance(value, list | tuple) else [value]
        found.append(
            (str(one.label), "; ".join(str(named.get(each, each)) for each in every if each not in (None, "")))
        )
    return found


class CheckForm(FactsForm):
    """The same, with a number that saves most of the answers."""

    number = forms.CharField(
        label=gettext_lazy("Your charity or company number"),
        help_text=gettext_lazy("If you have one. What the register says need not be answered below."),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}),
    )


class BeginForm(forms.Form):
    """Which organisation applies: one that the caller keeps here, or another by number or name."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    organisation = forms.ChoiceField(label=gettext_lazy("Which organisation applies?"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=gettext_lazy("Its charity or company number"),
        help_text=gettext_lazy("If it is another organisation, and has one."),
        required=False,
        max_length=12,
    )
    name = forms.CharField(
        label=gettext_lazy("Its name"),
        help_text=gettext_lazy("If it is another organisation."),
        required=False,
        max_length=200,
        validators=NAME,
    )

    def __init__(self, own: Mapping[str, Organisation], *args: Any, **kwargs: Any) -> None:
        """Offer the caller's own organisations first."""
        super().__init__(*args, **kwargs)
        mine = [(slug, one.title) for slug, one in own.items()]
        field: Any = self.fields["organisation"]
        field.choices = [*mine, ("other", _("Another organisation"))]
        if not mine:
            field.initial, field.widget, field.required = "other", forms.HiddenInput(), False

    def clean(self) -> dict[str, Any]:
        """Another organisation has a number or a name."""
        said: dict[str, Any] = super().clean() or {}
        said["organisation"] = said.get("organisation") or "other"
        if said["organisation"] == "other" and not said.get("number") and not said.get("name"):
            self.add_error("name", _("Type the number or the name of the organisation."))
        return said


def _fields(rule: Rule) -> dict[str, forms.Field]:
    """The questions of one rule."""
    label, hint = _(rule.ask), _(rule.hint)
    if rule.kind == "form":
        choices = [("", _("Choose one")), *Form.choices]
        return {"form": forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False)}
    if rule.kind == "place":
        nations = forms.MultipleChoiceField(
            label=label,
            help_text=hint,
            choices=list(NATIONS.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        return {"nations": nations}
    if rule.kind == "income":
        return {"income": Pounds(label=label, help_text=hint)}
    if rule.kind == "led":
        return {
            "led": _radio(label, hint, YES_NO),
            "specialist": _radio(_(rule.ask_too), _(rule.hint_too), YES_NO),
        }
    if rule.kind == "interest":
        said = {"works": _("Yes"), "interested": _("No, and we would like to"), "none": _("No, and we do not want to")}
        return {"interest": _radio(label, hint, tuple((slug, said[slug]) for slug in INTERESTS))}
    return {}


def _radio(label: str, hint: str, choices: tuple[tuple[str, Any], ...]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, choices=choices, required=False, widget=forms.RadioSelect)


class Pounds(forms.IntegerField):
    """An amount in whole pounds, typed with or without the sign and commas."""

    widget = forms.TextInput

    def __init__(self, *, label: str, help_text: str) -> None:
        """From nothing up."""
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=0,
            max_value=MOST_INCOME,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short"}),
            error_messages={"invalid": _("Write it in whole pounds, such as 84,000.")},
        )

    def to_python(self, value: Any) -> int | None:
        """The number, whatever it was dressed with."""
        plain = str(value or "").replace("£", "").replace(",", "").replace(" ", "")
        return super().to_python(plain.removesuffix(".00"))


class CallForm(BeginForm):
    """The same on the telephone, with where we write to."""

    email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        help_text=gettext_lazy("If they have one. Every letter goes there, with a link to go on in writing."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Whoever writes it down keeps none of the organisations that apply."""
        super().__init__({}, *args, **kwargs)
        self.fields["number"].help_text = _("If it has one. What the register says is filled in.")
        self.fields["name"].help_text = _("If it has no number.")
