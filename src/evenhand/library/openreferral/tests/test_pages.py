"""Pages are counted from 1, and cover a list once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.library.openreferral import Page


@given(per_page=st.integers(1, 50), total=st.integers(0, 500))
def test_the_pages_cover_the_list_once(per_page, total):
    first = Page(number=1, per_page=per_page, total=total)
    pages = [Page(number=number, per_page=per_page, total=total) for number in range(1, first.total_pages + 1)]
    covered = [index for page in pages for index in range(page.offset, page.offset + page.size)]
    assert covered == list(range(total))
    assert [page.is_first for page in pages] == [page.number == 1 for page in pages]
    assert [page.is_last for page in pages] == [page is pages[-1] for page in pages]


def test_an_empty_list_has_one_page_that_is_first_and_last():
    page = Page(number=1, per_page=10, total=0)
    assert page.envelope([]) == {
        "total_items": 0,
        "total_pages": 0,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


def test_a_page_past_the_last_is_empty_and_no_error():
    page = Page(number=9, per_page=10, total=15)
    assert (page.size, page.is_last, page.is_first) == (0, True, False)


@pytest.mark.parametrize(
    ("number", "per_page", "total", "said"),
    [(0, 10, 5, "no page 0"), (-1, 10, 5, "no page -1"), (1, 0, 5, "at least one thing"), (1, 10, -1, "-1 things")],
)
def test_a_page_that_cannot_be_is_refused_in_words(number, per_page, total, said):
    with pytest.raises(ValueError, match=said):
        Page(number=number, per_page=per_page, total=total)
