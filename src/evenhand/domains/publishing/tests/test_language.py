"""The language check flags the words that the house does not use, says why, and leaves other people's words alone."""

import pytest

from evenhand.domains.publishing.rules.language import Passage, check, sentences, terminology


def kinds(text, **said):
    return [(one.kind, one.words) for one in check([Passage("Text", text, **said)])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BAME people were searched.", "BAME"),
        ("A bame group.", "bame"),
        ("Non-White people and others.", "Non-White people"[:9]),
        ("Support for ex-offenders.", "ex-offenders"),
        ("Young offender", "offender"),
        ("Black/Asian men.", "Black/Asian"),
    ],
)
def test_a_term_is_flagged_with_what_to_write_and_why(text, words):
    found = [one for one in check([Passage("Text", text)]) if one.kind == "term"]
    assert [one.words for one in found] == [words]
    assert found[0].instead
    assert found[0].why


@pytest.mark.parametrize(
    "text",
    [
        "They were searched because of their ethnicity.",
        "The gap is due to racism.",
        "These figures prove it.",
        "The data show that the police are racist.",
    ],
)
def test_a_claim_of_cause_about_figures_is_flagged(text):
    assert [kind for kind, _words in kinds(text)] == ["cause"]


@pytest.mark.parametrize(
    "text",
    [
        "The figures show a difference. They do not say why.",
        "The offence was recorded.",
        "The report “Race and the offender” came out in 1999.",
        "He wrote: “BAME is not a word that I would use”.",
        "Race equality matters because the law says so.",
    ],
)
def test_plain_words_and_what_stands_in_quotation_marks_are_let_be(text):
    assert kinds(text) == []


def test_a_quotation_keeps_its_own_terms():
    assert kinds("BAME offenders are many.", quoted=True) == []


def test_a_group_is_written_with_a_capital():
    assert kinds("Many black people were there.") == [("capital", "black people")]
    assert kinds("Many Black people were there.") == []


def test_a_sentence_past_the_limit_is_flagged_and_one_at_the_limit_is_not():
    most = terminology().sentence_words
    assert kinds(" ".join(["word"] * most) + ".") == []
    assert [kind for kind, _words in kinds(" ".join(["word"] * (most + 1)) + ".")] == ["long"]


def test_numbers_abbreviations_and_addresses_end_no_sentence():
    assert sentences("It was 3.7 times, e.g. in Kent. See gov.uk today!") == [
        "It was 3.7 times, e.g. in Kent.",
        "See gov.uk today!",
    ]


def test_what_has_no_words_for_those_who_cannot_see_is_flagged():
    found = check([], missing=["Recording, part 2"])
    assert [(one.where, one.kind) for one in found] == [("Recording, part 2", "alternative")]


def test_the_terminology_says_where_it_comes_from_and_who_checked_it():
    assert terminology().source
    assert terminology().checked
    assert len({one.slug for one in terminology().flagged}) == len(terminology().flagged) > 8
