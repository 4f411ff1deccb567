"""The form of a listing: everything that an organisation says of a service, on one page."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.plain import NAME
from evenhand.domains.directory.forms.openings import Hours, lines_of
from evenhand.domains.directory.models import Location, Service
from evenhand.domains.directory.queries.facts import COLUMNS, Facts
from evenhand.domains.directory.queries.words import known, place_called
from evenhand.domains.directory.rules import VISIBILITY
from evenhand.library.places import UnknownPlace, UnknownPostcode, find
from evenhand.library.places.postcodes import read_postcode

TERMS: Final = ("need", "stage", "topic", "way", "referrer", "language", "access", "flag")
AUDIENCES: Final = ("community", "faith", "gender")
WHERE: Final = ("visibility", "name", "line_1", "line_2", "town", "county", "postcode")
MOST_PLACES: Final = 60
LONGEST_COURT: Final = 120
MOST_LOCATIONS: Final = 20
# In groups, each under its heading, as the page shows them.
GROUPS: Final = (
    (gettext_lazy("What it does"), ("name", "summary", "description", "notice", "need", "stage", "topic")),
    (
        gettext_lazy("Who may come"),
        ("community", "faith", "gender", "only", "made_for", "minimum_age", "maximum_age", "flag"),
    ),
    (
        gettext_lazy("How to get in"),
        ("way", "how_to_refer", "referrer", "cost", "cost_words", "capacity", "capacity_on", "waiting_weeks"),
    ),
    (gettext_lazy("Where, and for where"), (*(f"place_{name}" for name in WHERE), "covers", "courts")),
    (
        gettext_lazy("When, and how to reach you"),
        (
            "openings",
            "hours",
            "language",
            "access",
            "access_words",
            "phone",
            "email",
            "website",
            "contact_role",
            "keeper_email",
        ),
    ),
)


class ListingForm(forms.ModelForm[Service]):
    """What is said of a service. `facts` are what an edit takes; what the form does not ask for stays as it was."""

    website = forms.URLField(label=gettext_lazy("Website"), assume_scheme="https", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the version that was before the reader
    only = forms.BooleanField(
        label=gettext_lazy("For these people alone"),
        help_text=gettext_lazy("Leave it open if everyone may come, whoever it is made for."),
        required=False,
    )
    covers = forms.CharField(
        label=gettext_lazy("Places and prisons it covers"),
        help_text=gettext_lazy("One a line: a council, a police force area, a prison, a region, or England and Wales."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    courts = forms.CharField(
        label=gettext_lazy("Courts it covers"),
        help_text=gettext_lazy("One a line, by its whole name, such as: Birmingham Crown Court."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    openings = Hours(
        label=gettext_lazy("When it is open"),
        help_text=gettext_lazy(
            "One a line, such as: Monday to Friday, 9:30am to 5pm. Words can follow: Tuesday, drop-in."
        ),
        required=False,
    )

    class Meta:
        """The columns of the listing itself."""

        model = Service
        fields = COLUMNS
        widgets = {  # noqa: RUF012  (Django's way)
            "description": forms.Textarea(attrs={"rows": 5}),
            "how_to_refer": forms.Textarea(attrs={"rows": 3}),
            "capacity_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, before: Facts | None = None, **kwargs: Any) -> None:
        """Ask for the words of each vocabulary, with what is said already."""
        self.before: Facts = before or {}
        super().__init__(*args, **kwargs)
        for kind in (*TERMS, *AUDIENCES):
            self.fields[kind] = forms.MultipleChoiceField(
                label=LABELS[kind],
                choices=list(known(kind).items()),
                required=kind == "need",
                widget=forms.CheckboxSelectMultiple,
                initial=self._said("terms" if kind in TERMS else "audiences", kind),
            )
        # Every place that there is, and room for one more.
        located = self.before.get("locations", ())
        self.places = [_prefix(number) for number in range(min(len(located) + 1, MOST_LOCATIONS))]
        for number, prefix in enumerate(self.places):
            self._ask_where(prefix, number + 1, located[number] if number < len(located) else None)
        covered = self.before.get("coverage", ())
        self.fields["covers"].initial = "\n".join(place_called(one["code"]) for one in covered if one["code"])
        self.fields["courts"].initial = "\n".join(one["court"] for one in covered if one["court"])
        self.fields["openings"].initial = lines_of(self.before.get("openings", ()))
        self.fields["hours"].label = _("Anything else about when it is open")
        self.fields["only"].initial = any(one["only"] for one in self.before.get("audiences", ()))

    def label_of(self, name: str) -> str:
        """What the page calls something that is said of a service."""
        field = self.fields.get({"coverage": "covers"}.get(name, name))
        return str(field.label or name) if field else str(ROWS_CALLED[name])

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields in groups, each under its heading; further places after the first."""
        for heading, names in GROUPS:
            yield str(heading), [self[name] for name in names]
            if "covers" in names:
                for number, prefix in enumerate(self.places[1:], start=2):
                    asked = [self[name] for name in self.fields if name.startswith(f"{prefix}_")]
                    yield _("Place %(number)s, if there is one") % {"number": number}, asked

    def clean_covers(self) -> list[str]:
        """The codes of the places named; a name that nothing has is refused with what is near."""
        lines = [line.strip() for line in self.cleaned_data["covers"].splitlines() if line.strip()]
        if len(lines) > MOST_PLACES:
            raise forms.ValidationError(_("Name no more than %(most)s places.") % {"most": MOST_PLACES})
        codes = []
        for line in lines:
            try:
                codes.append(find(line).code)
            except UnknownPlace as fault:
                raise forms.ValidationError(str(fault)) from None
        return list(dict.fromkeys(codes))

    def clean_courts(self) -> list[str]:
        """The courts named: no list of them is held here, so that each is a name in plain words."""
        lines = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["courts"].splitlines()))
        courts = [line for line in lines if line]
        if len(courts) > MOST_PLACES:
            raise forms.ValidationError(_("Name no more than %(most)s courts.") % {"most": MOST_PLACES})
        for court in courts:
            if len(court) > LONGEST_COURT:
                said = {"most": LONGEST_COURT, "court": court[:40]}
                raise forms.ValidationError(_("“%(court)s…” is longer than %(most)s letters.") % said)
            for check in NAME:
                check(court)
        return courts

    def clean(self) -> dict[str, Any]:
        """Somebody must be able to reach it; a postcode may be its first half."""
        said = super().clean() or {}
        for prefix in self.places:
            name = f"{prefix}_postcode"
            if text := str(said.get(name, "")).strip():
                try:
                    said[name] = str(read_postcode(text))
                except UnknownPostcode as fault:
                    self.add_error(name, str(fault))
        if not any(said.get(name) for name in ("phone", "email", "website", "place_line_1", "how_to_refer")):
            self.add_error("phone", _("Say how to reach it: a telephone, an e-mail address, a website or an address."))
        return said

    @property
    def facts(self) -> Facts:
        """What the form says, as an edit takes it."""
        said = self.cleaned_data
        facts: Facts = {name: said[name] for name in COLUMNS}
        facts["terms"] = [{"kind": kind, "term": term} for kind in TERMS for term in said[kind]]
        kept = [one for one in self.before.get("audiences", ()) if one["kind"] not in AUDIENCES]
        made = [{"kind": kind, "term": term, "only": said["only"]} for kind in AUDIENCES for term in said[kind]]
        facts["audiences"] = [*made, *kept]
        facts["coverage"] = [{"code": code, "court": ""} for code in said["covers"]]
        facts["coverage"] += [{"code": "", "court": court} for court in said["courts"]]
        facts["openings"] = said["openings"]
        facts["locations"] = self._located()
        return facts

    def _located(self) -> list[dict[str, Any]]:
        before = list(self.before.get("locations", ()))
        found = before[len(self.places) :]
        for number, prefix in reversed(list(enumerate(self.places))):
            if place := self._place(prefix, before[number] if number < len(before) else None):
                found.insert(0, place)
        return found

    def _ask_where(self, prefix: str, number: int, place: Mapping[str, Any] | None) -> None:
        for name, field in forms.fields_for_model(Location, WHERE).items():
            field.initial = (place or {}).get(name, VISIBILITY[0] if name == "visibility" else "")
            field.required = False
            if number > 1:
                field.label = _("%(label)s (place %(number)s)") % {"label": field.label, "number": number}
            self.fields[f"{prefix}_{name}"] = field
        self.fields[f"{prefix}_visibility"].help_text = _("A confidential address is not kept at all: leave it blank.")
        if place and number > 1:
            label = _("It is no longer given at place %(number)s") % {"number": number}
            self.fields[f"{prefix}_gone"] = forms.BooleanField(label=label, required=False)

    def _place(self, prefix: str, before: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """One place: none, where it is given up, or nothing is said of it and nothing is to be hidden."""
        place = {name: self.cleaned_data[f"{prefix}_{name}"] for name in WHERE}
        hidden = place["visibility"] == Location.Visibility.HIDDEN
        blank = not hidden and not any(place[name] for name in WHERE if name != "visibility")
        if blank or self.cleaned_data.get(f"{prefix}_gone"):
            return None
        return place | ({"id": before["id"]} if before and "id" in before else {})

    def _said(self, rows: str, kind: str) -> list[str]:
        return [one["term"] for one in self.before.get(rows, ()) if one["kind"] == kind]


def _prefix(number: int) -> str:
    return f"place_{number + 1}" if number else "place"


ROWS_CALLED: Final = {
    "terms": gettext_lazy("What it helps with, how, and in which languages"),
    "audiences": gettext_lazy("Whom it is made for"),
    "locations": gettext_lazy("Where it is"),
}
LABELS: Final = {
    "need": gettext_lazy("What it helps with"),
    "stage": gettext_lazy("At which stage it helps"),
    "topic": gettext_lazy("What it is about"),
    "way": gettext_lazy("How help is given"),
    "referrer": gettext_lazy("Who may bring somebody"),
    "language": gettext_lazy("Languages spoken"),
    "access": gettext_lazy("Access"),
    "flag": gettext_lazy("Somebody may have to hide that they look at this, because of"),
    "community": gettext_lazy("Made for people by ethnicity"),
    "faith": gettext_lazy("Made for people by faith"),
    "gender": gettext_lazy("Made for"),
}
