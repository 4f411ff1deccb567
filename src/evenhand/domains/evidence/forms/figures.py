"""Figures that somebody brings: the table, and what is said of it, by a declaration or by answers; and a decision."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from evenhand.core.design.parts import Table
from evenhand.library.datasets.own.declaration import Own, newer, read_declaration
from evenhand.library.datasets.own.writing import written
from evenhand.library.datasets.store import Store
from evenhand.library.datasets.workbook.sheet import ENDINGS
from evenhand.library.discover import Fault
from evenhand.library.places import KINDS
from evenhand.library.vocabulary.ethnicity import classifications

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[Any]

MEGABYTE = 1_000_000
LARGEST_TABLE, LARGEST_DECLARATION = 20 * MEGABYTE, 200_000
MOST_LINES = 20_000  # beyond, the terminal is the better place
NAME = re.compile(r"[\w()+,.-][\w ()+,.-]{0,79}")
OF_A_KEY = re.compile(r"'(\w+)' ")


class TableForm(forms.Form):
    """A table as a file; `own` says how it is read, once the form is valid."""

    own: Own
    content: bytes
    faults: Table | None = None  # what was found wrong in it, once that was looked for

    table = forms.FileField(
        label=_later("The table"),
        help_text=_later(
            "A .csv file, or one sheet of a spreadsheet (.xlsx, .ods): one row of headings, up to 20 MB. If anything "
            "is wrong, nothing is kept, and the file has to be chosen again."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )

    def clean_table(self) -> "Upload":
        """A file of a kind that is read here."""
        upload: Upload = self.cleaned_data["table"]
        ending = PurePath(upload.name or "").suffix.lower()
        if ending not in (".csv", *ENDINGS):
            raise forms.ValidationError(_("Choose a .csv, .xlsx or .ods file as the table."))
        if (upload.size or 0) > LARGEST_TABLE:
            raise forms.ValidationError(_("The table is larger than 20 MB. Part it by year, or load it at a terminal."))
        self.content = upload.read()
        if self.content.count(b"\n") > MOST_LINES and ending == ".csv":
            raise forms.ValidationError(_("The table has more than 20,000 lines. Load it at a terminal."))
        return upload

    @property
    def file(self) -> str:
        """The name of the file, as it may stand in a folder."""
        name = str(self.cleaned_data["table"].name)
        return name if NAME.fullmatch(name) else f"table{PurePath(name).suffix.lower()}"

    def declared(self, declaration: bytes, *, at: str) -> None:
        """Take a declaration as that of the table; what is wrong in it is an error of the field that it is about."""
        try:
            self.own = read_declaration(declaration, file=self.file, where=_("the declaration"))
        except Fault as fault:
            for one in fault.faults:
                key = OF_A_KEY.match(one)
                field = key[1] if key and key[1] in self.fields else at
                where = "" if fault.where == _("the declaration") else f"{fault.where}: "
                self.add_error(field or None, f"{where}{one}")


class DeclaredForm(TableForm):
    """A table with its declaration, or one that is described already."""

    declaration = forms.FileField(
        label=_later("Its declaration"),
        required=False,
        help_text=_later("A .toml file that says what each column is, who published the table, and under which terms."),
        widget=forms.ClearableFileInput(attrs={"accept": ".toml"}),
    )
    newer_of = forms.ChoiceField(
        label=_later("Or: it is a newer file of"),
        required=False,
        help_text=_later("A table that is here already, with the same columns. It needs no declaration."),
    )

    def __init__(self, *args: Any, store: Store, **kwargs: Any) -> None:
        """Offer the tables that are here."""
        super().__init__(*args, **kwargs)
        self.store = store
        named = sorted(((one.title, one.name) for one in store.catalogue().loaders), key=lambda pair: pair[0].lower())
        choice = self.fields["newer_of"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("None of these")), *((name, _(title)) for title, name in named)]

    def clean_declaration(self) -> bytes:
        """What is in it."""
        upload: Upload | None = self.cleaned_data.get("declaration")
        if upload is None:
            return b""
        if (upload.size or 0) > LARGEST_DECLARATION:
            raise forms.ValidationError(_("The declaration is larger than 200 kB: choose the .toml file."))
        return bytes(upload.read())

    def clean(self) -> None:
        """One of the two, which says how the table is read."""
        said, dataset = self.cleaned_data.get("declaration"), self.cleaned_data.get("newer_of")
        if self.errors:
            return
        if bool(said) == bool(dataset):
            message = _("Choose a declaration, or say of which table this is a newer file; one of the two.")
            self.add_error("declaration", message)
        elif said:
            self.declared(said, at="declaration")
        elif dataset:
            before = self.store.declared(dataset, self.store.current().get(dataset, ""))
            if before:
                self.declared(before.declaration, at="newer_of")
            else:
                self.own = newer(dataset)


class DescribedForm(TableForm):
    """A table with plain columns, and the answers of which its declaration is written."""

    sheet = forms.CharField(
        label=_later("Sheet"), required=False, max_length=31, help_text=_later("Its name, if it is a spreadsheet.")
    )
    name = forms.CharField(
        label=_later("Short name"),
        max_length=60,
        help_text=_later("Small letters and hyphens, such as referrals-by-council. It becomes part of addresses."),
    )
    title = forms.CharField(label=_later("Title"), max_length=200)
    publisher = forms.CharField(label=_later("Who publishes the figures"), max_length=200)
    landing_page = forms.CharField(
        label=_later("Address of the page that tells of them"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    licence = forms.CharField(label=_later("Licence"), max_length=100, initial="OGL v3.0")
    checked = forms.CharField(
        label=_later("Checked by, as a role, and when"), max_length=200, initial="not yet checked by a person"
    )
    look_again = forms.DateField(
        label=_later("Look again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    one_row = forms.CharField(
        label=_later("What one row counts"),
        max_length=200,
        help_text=_later("Such as: people of one group, referred from one council area in one year."),
    )
    counts = forms.ChoiceField(
        label=_later("What is counted"),
        widget=forms.RadioSelect,
        choices=[("people", _later("People")), ("events", _later("Events")), ("outcomes", _later("Outcomes"))],
    )
    basis = forms.ChoiceField(
        label=_later("Who said which group somebody is of"),
        widget=forms.RadioSelect,
        choices=[
            ("self-defined", _later("The person")),
            ("officer-observed", _later("An officer, by sight")),
            ("mixed", _later("Some the person, some an officer")),
            ("unknown", _later("It is not known")),
        ],
    )
    small_counts = forms.ChoiceField(
        label=_later("Small counts"),
        widget=forms.RadioSelect,
        choices=[
            ("suppress", _later("Hide counts of 1 to 5, and whatever else would tell them: the figures are our own")),
            ("as-published", _later("Leave them: the figures are published like this already")),
        ],
    )
    figures = forms.CharField(label=_later("Column of the figures"), max_length=100)
    series = forms.CharField(
        label=_later("What the figures are, in a word"),
        max_length=60,
        help_text=_later("A plural noun, such as referrals."),
    )
    reads = forms.ChoiceField(
        label=_later("How the figures are read"),
        choices=[("count", _later("Counts")), ("rate", _later("Rates")), ("percent", _later("Percentages"))],
    )
    period = forms.CharField(
        label=_later("Column of the period"),
        max_length=100,
        help_text=_later("Its cells are written like 2024/25 (April to March), 2024, or 30 June 2025."),
    )
    place = forms.CharField(label=_later("Column of the place"), max_length=100)
    kind = forms.ChoiceField(
        label=_later("Kind of place"), choices=[(kind, kind.replace("-", " ").capitalize()) for kind in KINDS]
    )
    group = forms.CharField(label=_later("Column of the ethnic group"), max_length=100)
    classification = forms.ChoiceField(
        label=_later("List of groups"), choices=[(one.slug, f"{one.name} ({one.slug})") for one in classifications()]
    )
    sex = forms.CharField(label=_later("Column of the sex"), required=False, max_length=100)
    age = forms.CharField(label=_later("Column of the age"), required=False, max_length=100)
    detail = forms.CharField(
        label=_later("Column of a detail"), required=False, max_length=100, help_text=_later("Such as the offence.")
    )
    left_out = forms.CharField(
        label=_later("Columns to leave out"),
        required=False,
        max_length=500,
        help_text=_later("Separated by commas. They are not kept where anybody sees them."),
    )

    PARTS = (
        (_later("The file"), ("table", "sheet")),
        (_later("What it is"), ("title", "name", "publisher", "landing_page", "licence", "checked", "look_again")),
        (_later("What it counts"), ("one_row", "counts", "basis", "small_counts")),
        (
            _later("Its columns"),
            ("figures", "series", "reads", "period", "place", "kind", "group", "classification"),
        ),
        (_later("Further columns"), ("sex", "age", "detail", "left_out")),
    )

    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        for heading, names in self.PARTS:
            yield str(heading), [self[name] for name in names]

    def clean(self) -> None:
        """Write the declaration, and read it like any other."""
        if not self.errors:
            self.declared(written(self._table()), at="")

    def _table(self) -> dict[str, Any]:
        said = self.cleaned_data
        about = ("name", "title", "publisher", "landing_page", "licence", "basis", "counts", "one_row", "small_counts")
        columns: dict[str, Any] = {
            "figures": [{"column": said["figures"], "series": said["series"], "reads": said["reads"]}],
            "period": said["period"],
            "place": {"column": said["place"], "kinds": [said["kind"]]},
            "group": {"column": said["group"], "classification": said["classification"]},
            **{part: said[part] for part in ("sex", "age", "detail") if said[part]},
        }
        if left_out := [name.strip() for name in said["left_out"].split(",") if name.strip()]:
            columns["left_out"] = left_out
        return {
            **{key: said[key] for key in about},
            "checked": said["checked"],
            "look_again": said["look_again"],
            **({"sheet": said["sheet"]} if said["sheet"] else {}),
            "columns": columns,
        }


class DecisionForm(forms.Form):
    """Published, or sent back with a reason."""

    decision = forms.ChoiceField(
        label=_later("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            ("publish", _later("Publish them: every page answers from them at once")),
            ("return", _later("Send them back")),
        ],
    )
    why = forms.CharField(
        label=_later("Why, if you send them back"),
        required=False,
        max_length=1000,
        help_text=_later("Whoever loaded them reads it. Name rows and columns where you can."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> None:
        """A reason goes with what is sent back."""
        if self.cleaned_data.get("decision") == "return" and not self.cleaned_data.get("why"):
            self.add_error("why", _("Say why you send them back, so that they can be mended."))


class NoteForm(forms.Form):
    """What readers are told, where answers go back to earlier figures."""

    note = forms.CharField(
        label=_later("Why, for readers"),
        max_length=1000,
        help_text=_later("It will stand among the corrections, with the figures that change. Name no person."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
