"""References that others can use: BibTeX that parses whatever the title holds, and CSL-JSON."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.citations import Citation, escaped

CITED = Citation(
    key="evenhand-stop-and-search-E23000016-groups-2024/25-7e1038922f",
    title="Stop and search, West Mercia, 2024/25: 100% & more",
    text="Evenhand, …",
    version="7e1038922f",
    url="https://evenhand.example/evidence/stop-and-search/E23000016/?period=2024%2F25&groups=5#groups",
    note="Figures: Home Office. Licence: OGL v3.0.",
    on=date(2026, 11, 22),
)
WRITTEN = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
    **{f"\\{sign}": sign for sign in "#$%&_"},
}
COMMANDS = re.compile("|".join(re.escape(written) for written in WRITTEN))


def parsed(text):
    """One entry of a BibTeX file, read strictly: its kind, its key, and each field once, with balanced braces."""
    start = re.match(r"@([a-z]+)\{([A-Za-z0-9-]+),\n", text)
    assert start, text
    at, fields = start.end(), {}
    while not text.startswith("}", at):
        name = re.compile(r"  ([a-z]+) = \{").match(text, at)
        assert name, text[at:]
        assert name[1] not in fields
        depth, end = 1, name.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        fields[name[1]] = text[name.end() : end - 1]
        rest = re.compile(r",\n|\n(?=\})").match(text, end)
        assert rest, text[end:]
        at = rest.end()
    assert text[at:] == "}\n"
    return start[1], start[2], fields


def unescaped(text):
    """What TeX would print; anything that it would take for a command is a fault."""
    left = COMMANDS.sub("", text)
    assert not re.search(r"[\\{}#$%&_~^]", left), left
    return COMMANDS.sub(lambda found: WRITTEN[found[0]], text)


def test_an_entry_has_every_field_with_the_release_and_its_day():
    kind, key, fields = parsed(CITED.bibtex)
    assert kind == "misc"
    assert key == "evenhand-stop-and-search-E23000016-groups-2024-25-7e1038922f"
    assert list(fields) == ["author", "title", "publisher", "year", "version", "url", "urldate", "note"]
    assert fields["url"] == CITED.url
    assert (fields["year"], fields["urldate"]) == ("2026", "2026-11-22")
    assert unescaped(fields["title"][1:-1]) == CITED.title


def test_without_a_day_no_year_is_made_up():
    _, _, fields = parsed(replace(CITED, on=None).bibtex)
    assert not {"year", "urldate"} & set(fields)
    assert "issued" not in json.loads(replace(CITED, on=None).csl_json)[0]


@pytest.mark.parametrize(
    "title", ["{", "}", "\\", "}}{{", "50 % {of} #1_a~b^c $ & \\", "a\nb\tc", '"quoted"', "–—“”’", "@"]
)
def test_a_title_of_any_signs_parses_and_reads_as_it_stands(title):
    _, _, fields = parsed(replace(CITED, title=title, note=title).bibtex)
    assert unescaped(fields["title"][1:-1]) == " ".join(title.split())
    assert unescaped(fields["note"]) == " ".join(title.split())


@given(st.text())
def test_no_title_whatever_breaks_an_entry(title):
    _, key, fields = parsed(replace(CITED, title=title, key=f"evenhand {title}").bibtex)
    assert re.fullmatch(r"[A-Za-z0-9-]+", key)
    assert unescaped(fields["title"][1:-1]) == re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", title).strip()
    assert "\n" not in escaped(title)


def test_csl_json_is_a_list_of_one_data_set():
    (item,) = json.loads(CITED.csl_json)
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert (item["title"], item["URL"], item["version"]) == (CITED.title, CITED.url, CITED.version)
    assert item["author"] == [{"literal": "Evenhand"}]
