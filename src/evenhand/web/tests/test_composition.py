"""A composed page is its head and its parts, in order, kept until anything that any part depends on changes."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from evenhand.core.design.parts import Chooser, Link
from evenhand.core.pages import kept
from evenhand.web.composition import Part, Subject, Teller, composed, state_of

pytestmark = pytest.mark.usefixtures("gathered_styles")
SUBJECT = Subject(
    "Kind & sort", "The <name>", "A lede.", "A description.", (Link("Home", "/"), Link("The name", "", current=True)),
    notes=("A note.",), choosers=(Chooser("Near", (Link("Elsewhere", "/elsewhere/"),)),),
)  # fmt: skip


def teller(name, state=lambda: None, *, silent=False):
    def tell(of):
        return None if silent else Part(name, f"What {name} says", "design/details.html", {"summary": of})

    return Teller(tell, state)


def page(*tellers):
    return composed(RequestFactory().get("/somewhere/"), SUBJECT, tellers, "x").content.decode()


def test_the_head_says_what_the_subject_is_and_every_word_of_it_is_escaped():
    said = page(teller("one"))
    for text in ("Kind &amp; sort", "The &lt;name&gt;", "A lede.", "A note.", "A description.", "/elsewhere/"):
        assert text in said
    assert "<name>" not in said


def test_parts_stand_in_order_each_under_its_own_heading():
    said = page(teller("one"), teller("two"))
    parts = said[said.index('id="one"') :]
    assert parts.index("What one says") < parts.index('id="two"') < parts.index("What two says")


def test_a_part_with_nothing_to_say_is_left_out():
    said = page(teller("one"), teller("two", silent=True))
    assert "What two says" not in said


def test_a_page_of_several_parts_opens_with_a_list_of_them_and_a_page_of_one_does_not():
    assert "On this page" not in page(teller("one"))
    said = page(teller("one"), teller("two"))
    assert "On this page" in said
    assert '<a href="#two">What two says</a>' in said


def test_a_page_is_kept_until_something_that_any_part_depends_on_changes():
    states = {"one": 1, "two": 1}
    tellers = [teller(name, lambda name=name: states[name]) for name in states]
    made = []

    @kept(state_of(tellers))
    def view(request):
        made.append(dict(states))
        return HttpResponse("page")

    request = RequestFactory().get("/composed-for-a-test/")
    view(request), view(request)
    assert len(made) == 1
    states["two"] = 2
    view(request), view(request)
    assert made == [{"one": 1, "two": 1}, {"one": 1, "two": 2}]
