"""Questions put to the released figures: whose figures answer, when that changes, and how a refusal reads."""

import threading

import pytest

from evenhand.core.errors import Refused
from evenhand.domains.evidence.queries.answers import ANSWERING, answer, ask, released, released_on
from evenhand.domains.evidence.tests.make import NEXT_DAY, SEARCHES, release, revised
from evenhand.library.datasets.compare import NATION
from evenhand.library.datasets.engine import shipped_engine
from evenhand.library.datasets.tests.shipped import FIRST_DAY


def black(**asked):
    return answer("stop-and-search", place="West Mercia", **asked).row("Black").events


def test_before_anything_is_released_the_shipped_figures_answer(tmp_path, settings):
    settings.EVIDENCE_FOLDER = tmp_path / "nothing"
    assert released() is None
    assert ANSWERING.engine() is shipped_engine()
    assert black() == 168


def test_the_engine_is_made_once_for_each_state_of_the_store(store):
    first = ANSWERING.engine()
    assert ANSWERING.engine() is first
    state = released()
    store.load(SEARCHES, revised(add=1), on=NEXT_DAY)
    assert released() != state
    second = ANSWERING.engine()
    assert second is not first
    assert ANSWERING.engine() is second


def test_a_release_answers_at_once_and_the_one_before_goes_on_answering_by_name(store):
    before = release(store)
    assert black() == 168
    store.load(SEARCHES, revised(add=1), on=NEXT_DAY)
    assert black() == 169
    assert black(release=before) == 168
    assert not answer("stop-and-search", release=before).current
    assert answer("stop-and-search").current


def test_the_same_file_again_changes_nothing(store):
    state = released()
    store.load(SEARCHES, revised(add=0).replace(b"\r\n", b"\n"), on=NEXT_DAY)
    assert black() == 168
    store.load_shipped(on=NEXT_DAY)
    assert black() == 168
    assert (released() == state) == (len(list((store.folder / "datasets" / SEARCHES).glob("[!.]*"))) == 1)


def test_the_day_of_a_release_is_known_and_unknown_where_nothing_was_released(store, tmp_path, settings):
    version = store.current()[SEARCHES]
    assert released_on(SEARCHES, version) == FIRST_DAY
    settings.EVIDENCE_FOLDER = tmp_path / "nothing"
    assert released_on(SEARCHES, version) is None


def test_what_is_left_blank_is_what_a_reader_would_expect():
    question = ask("stop-and-search", place="  ", period="", reference="", release="")
    assert (question.place.code, question.period, question.reference) == (NATION, "2024/25", "White")
    assert answer("stop-and-search").groups == 5
    assert ask("stop-and-search", groups=19).reference == "White British"


@pytest.mark.parametrize(
    ("asked", "code", "status", "near"),
    [
        ({"slug": "stop-and-serch"}, "unknown-measure", 404, "stop-and-search"),
        ({"place": "Kant"}, "unknown-place", 404, "Kent"),
        ({"period": "2020/22"}, "unknown-period", 404, "2020/21"),
        ({"reference": "Blck"}, "unknown-group", 404, "Black"),
        ({"release": "0000000000"}, "unknown-release", 404, ""),
        ({"release": "../../etc/passwd"}, "unknown-release", 404, ""),
        ({"slug": "nothing", "release": "0000000000"}, "unknown-measure", 404, ""),
        ({"groups": 7}, "unknown-groups", 400, ""),
        ({"place": "West Mercia", "groups": 19}, "not-published", 404, ""),
    ],
)
def test_a_refusal_has_a_code_for_machines_and_words_and_near_matches_for_people(asked, code, status, near):
    with pytest.raises(Refused) as refused:
        ask(**{"slug": "stop-and-search", **asked})
    assert (refused.value.code, refused.value.status) == (code, status)
    assert refused.value.message.endswith((".", "?"))
    assert not near or near in refused.value.near


def test_whoever_asks_while_figures_are_released_gets_one_truth_or_the_other(store):
    """Ten people read while a publisher revises twice: each answer is whole, and the last is the newest."""
    seen, faults, done = [], [], threading.Event()

    def read():
        while not done.is_set():
            try:
                answered = answer("stop-and-search", place="West Mercia")
                seen.append((answered.release, answered.row("Black").events))
            except Exception as fault:  # noqa: BLE001  (whatever goes wrong is what is looked for)
                faults.append(fault)

    readers = [threading.Thread(target=read) for _ in range(10)]
    for reader in readers:
        reader.start()
    names = {release(store): 168}
    for more in (1, 2):
        store.load(SEARCHES, revised(add=more), on=NEXT_DAY)
        names[release(store)] = 168 + more
    done.wait(0.3)
    done.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert all(names[name] == events for name, events in seen)
    assert black() == 170
