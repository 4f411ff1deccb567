"""What is written down as wrong: read whole or refused, with its figures, its source and a role."""

import pytest

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.corrections import Figures, corrections, read_corrections
from evenhand.library.datasets.store import shipped_content
from evenhand.library.discover import Fault

GOOD = """
[[corrections]]
slug = "a-slip"
on = 2026-11-22
kind = "slip"
title = "A slip"
wrong = "It says 3."
right = "It should say 4."
done = "It is marked."
noticed_by = "a reader"
source = "A table"
source_url = "https://a.example"

[[corrections.figures]]
dataset = "prison-population"
series = "prisoners"
groups = ["Black"]
"""


@pytest.fixture
def read(tmp_path):
    def read_(text):
        path = tmp_path / "corrections.toml"
        path.write_text(text)
        return read_corrections(path)

    return read_


def test_a_correction_is_read_with_the_figures_that_it_is_about(read):
    (one,) = read(GOOD)
    assert (one.slug, one.kind, one.on.isoformat(), one.noticed_by) == ("a-slip", "slip", "2026-11-22", "a reader")
    assert one.figures == (Figures("prison-population", series="prisoners", groups=("Black",)),)


def test_corrections_come_newest_first_and_of_one_day_by_name(read):
    other = GOOD.replace("a-slip", "another-slip")
    later = GOOD.replace("a-slip", "b-slip").replace("2026-11-22", "2027-01-15")
    assert [one.slug for one in read(other + GOOD + later)] == ["b-slip", "a-slip", "another-slip"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "A table"', 'source = " "', "'source' is missing: say where it was found"),
        ('source_url = "https://a.example"', "", "'source_url' is missing"),
        ('noticed_by = "a reader"', 'noticed_by = ""', "'noticed_by' is blank"),
        ('kind = "slip"', 'kind = "oops"', "'kind' is 'oops', not one of"),
        ("on = 2026-11-22", 'on = "yesterday"', "'on' is 'yesterday', not date"),
        ('dataset = "prison-population"', 'dataset = "prisons"', "No dataset is called 'prisons'"),
        ('groups = ["Black"]', 'places = ["X1"]', "No place"),
        ("a-slip", "arrests-release-2", "belongs to a revision that is worked out"),
        ('slug = "a-slip"', 'slug = "feed"', "is where the feeds stand"),
        ("[[corrections.figures]]", "[[corrections.numbers]]", "'numbers' is not known"),
    ],
)
def test_a_correction_that_is_not_whole_is_refused_and_says_why(old, new, said, read):
    with pytest.raises(Fault, match=said):
        read(GOOD.replace(old, new))


def test_a_correction_without_figures_and_one_that_stands_twice_are_refused(read):
    with pytest.raises(Fault, match="names no"):
        read(GOOD.partition("[[corrections.figures]]")[0])
    with pytest.raises(Fault, match="'a-slip' is declared twice"):
        read(GOOD + GOOD)


def test_what_is_left_out_of_the_name_of_some_figures_is_not_looked_at():
    found = loader("prison-population").load(shipped_content(loader("prison-population")))
    held = [one for one in found if Figures("prison-population", groups=("Black",)).hold(one)]
    assert {one.sex for one in held} == {"All", "male", "female"}
    assert {one.group for one in held} == {"Black"}
    assert not any(Figures("prison-population", periods=("2019",)).hold(one) for one in found)
    assert not any(Figures("prison-population", detail="x").hold(one) for one in found)


def test_every_correction_names_a_role_and_no_person():
    roles = ("developer", "researcher", "test", "publisher", "reader", "statistics editor")
    for one in corrections():
        assert any(role in one.noticed_by for role in roles), one.noticed_by
