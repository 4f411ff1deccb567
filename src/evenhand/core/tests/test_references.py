"""A reference is written and read in one way, and what nobody knows is called by it."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core import references
from evenhand.core.references import BadReference, Known, Ref, RefField, kinds, resolve, resolves

WORD = st.from_regex(r"[a-z][a-z-]{0,10}", fullmatch=True)
KEY = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,30}", fullmatch=True)
PLACE = st.one_of(st.just(""), st.from_regex(r"[A-Z][0-9]{8}", fullmatch=True))


@given(WORD, WORD, KEY, PLACE)
def test_what_is_written_is_read_back(domain, noun, key, place):
    ref = Ref(f"{domain}.{noun}", key, place)
    assert Ref.read(str(ref)) == ref


@pytest.mark.parametrize(
    "text",
    ["", "measure", "evidence:one", "evidence.measure:", "Evidence.measure:one", "evidence.measure:one two",
     "evidence.measure:one@Kent", "evidence.measure:one\n", "evidence.measure:-one", "a.b:" + "c" * 200],
)  # fmt: skip
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(BadReference):
        Ref.read(text)


def test_a_reference_that_could_not_be_read_back_cannot_be_made():
    with pytest.raises(BadReference):
        Ref("evidence", "one")


def test_a_column_of_references_is_validated_like_the_text_that_is_stored():
    column = RefField(max_length=30)
    assert column.clean(Ref("tests.thing", "1"), None) == Ref("tests.thing", "1")
    with pytest.raises(ValidationError, match="at most 30"):
        column.clean(Ref("tests.thing", "x" * 30), None)


@pytest.fixture
def none_known(monkeypatch):
    monkeypatch.setattr(references, "_RESOLVERS", {})


def test_things_of_a_kind_are_asked_for_at_once_and_the_unknown_keep_their_reference(none_known):
    asked = []

    @resolves("tests.thing")
    def things(refs):
        asked.append(list(refs))
        return {ref: Known(f"Thing {ref.key}", "open", f"/things/{ref.key}/") for ref in refs if ref.key != "gone"}

    one, two, gone, strange = (
        (Ref("tests.thing", key) for key in ("1", "2", "gone")),
        None,
        None,
        Ref("tests.other", "x"),
    )
    one, two, gone = one
    found = resolve([one, two, one, gone, strange])
    assert asked == [[one, two, gone]]
    assert found[two] == Known("Thing 2", "open", "/things/2/")
    assert found[gone] == Known("tests.thing:gone")
    assert found[strange] == Known("tests.other:x")
    assert kinds() == ("tests.thing",)


def test_a_kind_has_one_resolver(none_known):
    resolves("tests.thing")(dict)
    with pytest.raises(ValueError, match=r"two resolvers know tests\.thing"):
        resolves("tests.thing")(lambda _refs: {})


def test_a_column_holds_references_and_refuses_what_is_none():
    column = RefField()
    assert column.get_prep_value(Ref("tests.thing", "1")) == "tests.thing:1"
    assert column.get_prep_value("tests.thing:1") == "tests.thing:1"
    assert column.from_db_value("tests.thing:1", None, None) == Ref("tests.thing", "1")
    assert column.from_db_value("", None, None) is None
    assert column.to_python("tests.thing:1") == Ref("tests.thing", "1")
    with pytest.raises(ValidationError):
        column.to_python("thing")
    with pytest.raises(BadReference):
        column.get_prep_value("thing")
