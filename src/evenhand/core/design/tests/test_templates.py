"""Components are valid, labelled, and need nothing but what they are given."""

import re
from pathlib import Path

import html5lib
import pytest
from django import forms
from django.template import engines
from django.template.loader import get_template

from evenhand.core.design import charts
from evenhand.core.design.parts import (
    Cell,
    Chooser,
    Column,
    Exhibit,
    KeyFigure,
    Link,
    LinkGroup,
    Note,
    Notice,
    Receipt,
    Row,
    Table,
    pages,
)
from evenhand.core.design.tests.make import CHARTS

ROOM = Path(charts.__file__).parents[1]
LINKS = (Link("One", "/1/", current=True), Link("Two & a half", "/2/?a=1&b=2"))
TABLE = Table(
    "Figures by group",
    (Column("Group"), Column("Count", numeric=True, sort_url="?sort=count", sorted="descending"), Column("Says")),
    (
        Row("First", (Cell("1,234", 1234), Cell("word")), lead=True),
        Row(Cell("Second", url="/second/", tag="under 30"), (Cell("", reason="withheld"), Cell(""))),
    ),
)
FILES = (
    LinkGroup("Table", (Link("CSV", "/t.csv", note="2 KB"), Link("XLSX", "/t.xlsx"))),
    LinkGroup("Chart", (Link("SVG", "/c.svg"),)),
)
RECEIPT = Receipt((("Counts", "things"), ("Source", "somebody")), LINKS, FILES)


class Correction(forms.Form):
    name = forms.CharField(label="Your name", help_text="As you wish to be called.")
    wrong = forms.CharField(label="What is wrong", widget=forms.Textarea, required=False)
    about = forms.ChoiceField(label="What is it about", choices=[("a", "A figure")], widget=forms.RadioSelect)
    reply = forms.MultipleChoiceField(
        label="How to reply", choices=[("p", "Post")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="I agree")

    def clean(self):
        if self.data.get("name") == "nobody":
            raise forms.ValidationError("Say who you are, or ring us.")


def rendered(name, **context):
    return get_template(f"design/{name}.html").render(context)


def fragment(html):
    return html5lib.HTMLParser(strict=True).parseFragment(html, container="div")


def page(name="page", **context):
    html = rendered(name, **context)
    html5lib.HTMLParser(strict=True).parse(html)
    return html


PARTS = {
    "crumbs": {"crumbs": [Link("Home", "/"), Link("Here", "")]},
    "table": {"table": TABLE},
    "receipt": {"receipt": RECEIPT},
    "files": {"files": FILES},
    "key_figures": {"figures": (KeyFigure("8.0×", "6.8 to 9.4", "as often", "note", lead=True),)},
    "exhibit": {
        "exhibit": Exhibit("e1", "Message", "Sub", CHARTS["dots"], TABLE, RECEIPT, (Note("How", "So."),),
                           further=(CHARTS["bar"],), folded=True),
    },
    "chooser": {"chooser": Chooser("Year", LINKS)},
    "columns": {"links": LINKS},
    "notice": {"notice": Notice("Take care", "Careful", "care")},
    "pagination": {"pages": pages(2, 9, "?page=")},
    "details": {"summary": "More", "text": "Words"},
    "tabs": {"tabs": LINKS, "label": "Views"},
    "summary_list": {"pairs": (("Name", "Amina", Link("Change name", "/n/")), ("Area", "Here", None))},
    "exit": {},
    "link_group": {"group": LinkGroup("About us", LINKS)},
    "error_summary": {"form": Correction({})},
    "field": {"field": Correction({})["name"]},
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_a_component_is_valid_html_without_inline_style(name):
    html = rendered(name, **PARTS[name])
    fragment(html)
    assert not re.search(r"\sstyle=|<script|<style|\son\w+=", html)


@pytest.mark.parametrize("name", [path.stem for path in (ROOM / "templates/design").glob("*.html")])
def test_every_component_is_tried(name):
    assert name in {*PARTS, "page", "error", "key", "chart"}


def test_no_identity_occurs_twice():
    html = rendered("exhibit", **PARTS["exhibit"])
    names = re.findall(r'\sid="([^"]+)"', html)
    assert len(names) == len(set(names))
    for target in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
        assert set(target.split()) <= set(names)


def test_a_table_scrolls_in_a_box_that_has_a_name_and_takes_focus():
    html = rendered("table", table=TABLE)
    assert 'role="region" aria-labelledby="table-figures-by-group" tabindex="0"' in html
    assert '<caption id="table-figures-by-group">Figures by group</caption>' in html


def test_a_table_shows_what_its_download_holds():
    html = rendered("table", table=TABLE)
    for row in TABLE.rows:
        for cell in (row.heading, *row.cells):
            assert cell.text in html
            assert cell.reason in html
    assert 'aria-sort="descending"' in html
    assert '<tr class="is-lead">' in html
    assert '<span class="why">withheld</span>' in html
    assert '<span class="why">no figure</span>' in html


def test_each_file_says_of_what_it_is_and_how_large():
    html = rendered("files", files=FILES)
    assert '<a href="/t.csv" aria-label="Table as CSV">CSV</a> <span class="soft">2 KB</span>' in html
    assert 'aria-label="Chart as SVG"' in html
    assert html in rendered("receipt", receipt=RECEIPT)


def test_the_current_choice_is_marked_in_words_that_machines_read():
    assert 'href="/1/" aria-current="true"' in rendered("chooser", **PARTS["chooser"])
    assert 'href="/1/" aria-current="page"' in rendered("tabs", **PARTS["tabs"])
    assert 'href="?page=2" aria-label="Page 2" aria-current="page"' in rendered("pagination", **PARTS["pagination"])


def test_a_page_stands_with_nothing_given():
    html = page()
    assert '<html lang="en-GB">' in html
    assert '<a class="skip" href="#main">' in html
    assert "<main" in html
    assert 'role="search"' not in html


def test_a_page_has_navigation_search_and_crumbs_when_given():
    html = page(
        navigation=LINKS, footer=[LinkGroup("About us", LINKS)], site_search="/search/",
        crumbs=PARTS["crumbs"]["crumbs"],
        heading="A heading", lede="A lede", kicker="A kicker", canonical="https://example.org/",
        alternates=[Link("Figures", "/f.csv", note="text/csv")],
    )  # fmt: skip
    assert 'aria-current="true">One</a>' in html
    assert html.count('role="search"') == 2
    assert "<h1>A heading</h1>" in html
    assert 'rel="canonical" href="https://example.org/"' in html
    assert 'type="text/csv" title="Figures"' in html


def test_a_page_asks_nothing_of_any_other_site():
    html = page(navigation=LINKS, site_search="/search/")
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', html)


def test_an_error_page_stands_with_no_context_at_all():
    html = page("error")
    assert "Please try again" in html
    assert 'name="robots" content="noindex"' in html


def test_an_error_page_says_what_it_is_given():
    html = page("error", heading="Page not found", lede="It may have moved.", links=LINKS)
    assert "<title>Page not found: Evenhand</title>" in html
    assert "It may have moved." in html
    assert "/2/?a=1&amp;b=2" in html


def test_errors_stand_first_and_in_the_same_words_at_the_field():
    form = Correction({"name": ""}, auto_id="id_%s")
    summary, fields = rendered("error_summary", form=form), str(form)
    fragment(fields)
    assert 'href="#id_name">Fill this in: Your name' in summary
    assert 'href="#id_about_0">Choose an answer: What is it about' in summary
    assert 'href="#id_agreed">Tick this: I agree' in summary
    for said in ("Fill this in: Your name", "Choose an answer: What is it about", "Tick this: I agree"):
        assert said in fields
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in fields


def test_a_field_is_tied_to_its_hint_and_its_error():
    html = str(Correction({"name": ""}, auto_id="id_%s"))
    (name,) = re.findall(r'<input[^>]*name="name"[^>]*>', html)
    assert 'aria-describedby="id_name_helptext id_name_error"' in name
    assert 'aria-invalid="true"' in name
    assert 'class="input"' in name
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert '<label class="label" for="id_name">' in html


def test_choices_are_a_fieldset_with_a_legend():
    html = str(Correction(auto_id="id_%s"))
    assert re.search(r"<fieldset[^>]*>\s*<legend", html)
    assert html.count("A figure") == 1
    assert "(optional)" in html


def test_an_error_of_the_whole_form_stands_in_the_summary():
    form = Correction({"name": "nobody", "about": "a", "agreed": "on"})
    assert "Say who you are, or ring us." in rendered("error_summary", form=form)


def test_a_page_with_errors_says_so_in_its_title():
    assert "<title>Error: " in page(form=Correction({}))


def test_filters_print_figures_as_readers_see_them():
    template = engines["django"].from_string(
        "{% load design %}{{ n|whole }} {{ r|times }} {{ s|percent }} {{ r|rate:2 }}"
    )
    assert template.render({"n": 1234, "r": 3.649, "s": 0.165}) == "1,234 3.6 16.5% 3.65"


def test_styles_bring_nothing_from_elsewhere_and_stay_small():
    import gzip

    css = (ROOM / "static/design/evenhand.css").read_bytes()
    assert b"@import" not in css
    assert b"url(" not in css
    assert len(gzip.compress(css)) < 12_000


def test_the_design_system_speaks_of_no_domain():
    for path in [*ROOM.rglob("*.py"), *ROOM.rglob("*.html"), *ROOM.rglob("*.svg"), *ROOM.rglob("*.css")]:
        if "tests" not in path.parts:
            assert not re.search(r"\b(police|prison|ethnic|stop and search|arrest)", path.read_text(), re.IGNORECASE), (
                path
            )
