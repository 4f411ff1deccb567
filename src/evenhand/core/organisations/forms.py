"""The shape of what is typed about an organisation, a claim, a fact and an invitation."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.core.files.kinds import KINDS
from evenhand.core.organisations.communities import choices
from evenhand.core.organisations.models import Evidence, Fact, Form, IncomeBand, Organisation
from evenhand.core.organisations.people import MEMBER, OWNER
from evenhand.core.plain import NAME
from evenhand.library.places import places

ACCEPTED = ",".join(f".{ending}" for kind in KINDS.values() for ending in kind.endings)
NATIONS = ("nation", "region", "police-force", "council")


class Share(forms.IntegerField):
    """A share in per cent, or none."""

    def __init__(self, *, label: Any) -> None:
        """From 0 to 100."""
        super().__init__(label=label, min_value=0, max_value=100, required=False)


class NumberForm(forms.Form):
    """Which organisation: the number that a register gave it, or its name where it is on none."""

    register = forms.ChoiceField(
        label=_("Is it on a register?"),
        choices=[
            ("charity", _("Yes, it is a charity of England and Wales")),
            ("company", _("Yes, it is a company or community interest company, and no charity")),
            ("none", _("No, it is on no register")),
        ],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Its number"), required=False, max_length=40, help_text=_("The charity number or the company number.")
    )
    name = forms.CharField(
        label=_("Its name, if it is on no register"), required=False, max_length=200, validators=NAME
    )
    about = forms.CharField(
        label=_("What it does, if it is on no register"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    new = forms.BooleanField(widget=forms.HiddenInput, required=False)  # said once the like ones were looked at

    def clean(self) -> dict[str, Any]:
        """What one answer needs of the others."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("register") in {"charity", "company"} and not said.get("number"):
            self.add_error("number", _("Type the number."))
        if said.get("register") == "none" and not said.get("name"):
            self.add_error("name", _("Type the name."))
        return said


class EvidenceForm(forms.Form):
    """A file, and what it is."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Evidence.Kind.choices)
    file = forms.FileField(
        label=_("The file"),
        max_length=255,
        help_text=_("A PDF, a picture or a document, up to 5 MB. Black out what nobody needs to see, such as figures."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class DetailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the public reads of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=250, validators=NAME)
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=Form.choices)
    income_band = forms.ChoiceField(
        label=_("Income in a year"), required=False, choices=[("", _("Not said")), *IncomeBand.choices]
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)  # how the entry stood

    class Meta:
        """As the table has it."""

        model = Organisation
        fields: ClassVar = ["name", "description", "legal_form", "income_band", "email", "phone", "website"]
        widgets: ClassVar = {"description": forms.Textarea(attrs={"rows": 5})}

    areas = forms.MultipleChoiceField(
        label=_("Where it works"),
        required=False,
        help_text=_("Choose as many as you need: hold Ctrl, or Cmd on a Mac, to choose more than one."),
        widget=forms.SelectMultiple(attrs={"size": 12}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With every place that an organisation can work in."""
        super().__init__(*args, **kwargs)
        headings = {
            "nation": _("Nations"),
            "region": _("Regions"),
            "police-force": _("Police force areas"),
            "council": _("Councils"),
        }
        areas = self.fields["areas"]
        if isinstance(areas, forms.MultipleChoiceField):
            areas.choices = [
                (headings[kind], [(one.code, one.name) for one in sorted(places(kind), key=lambda one: one.name)])
                for kind in NATIONS
            ]
        self.fields["areas"].initial = [area.code for area in self.instance.areas.all()] if self.instance.pk else []

    def validate_unique(self) -> None:
        """Nothing here is unique."""


class FactForm(forms.Form):
    """One of the three facts about one community."""

    kind = forms.ChoiceField(label=_("Which fact?"), choices=Fact.Kind.choices, widget=forms.RadioSelect)
    community = forms.ChoiceField(label=_("About whom?"), choices=choices)
    board_share = Share(label=_("Led by: share of the board, in per cent"))
    staff_share = Share(label=_("Led by: share of the senior staff, in per cent"))
    supported_share = Share(label=_("Focused on: share of those supported, in per cent"))
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class InvitationForm(forms.Form):
    """Whom to ask, and to what."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Their part"),
        choices=[
            (MEMBER, _("Member: can change the entry")),
            (OWNER, _("Owner: can also invite others and end their part")),
        ],
        widget=forms.RadioSelect,
        initial=MEMBER,
    )


class WhyForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(label=_("Why"), max_length=500)
