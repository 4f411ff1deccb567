"""A declaration that is written is read back as what was said."""

import tomllib
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.datasets.own.writing import written

KEYS = st.from_regex(r"[a-z][a-z_]{0,10}", fullmatch=True)
PLAIN = st.one_of(st.text(), st.integers(-(2**60), 2**60), st.booleans(), st.dates(min_value=date(1900, 1, 1)))
LISTS = st.lists(st.one_of(PLAIN, st.dictionaries(KEYS, PLAIN, max_size=3)), max_size=3)
TABLES = st.dictionaries(KEYS, st.one_of(PLAIN, LISTS), max_size=4)


@given(st.dictionaries(KEYS, st.one_of(PLAIN, LISTS, TABLES), max_size=6))
def test_whatever_is_said_is_read_back_from_the_declaration(said):
    assert tomllib.loads(written(said).decode()) == said
