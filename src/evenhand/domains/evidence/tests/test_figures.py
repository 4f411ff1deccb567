"""Figures brought on the web: checked like at the terminal, seen by nobody else, and published by a second person."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.errors import NotAllowed, NotPossible
from evenhand.core.journal.queries import lines_about
from evenhand.core.notices.models import Notice
from evenhand.domains.evidence import actions
from evenhand.domains.evidence.lifecycle import EDITION
from evenhand.domains.evidence.models import Edition
from evenhand.domains.evidence.tests.make import NEXT_DAY
from evenhand.library.datasets.store import CannotPublish
from evenhand.library.datasets.tests.own_figures import COUNTS, GOOD, WITH_MEASURE, declared, own, table
from evenhand.library.datasets.tests.workbooks import xlsx

pytestmark = pytest.mark.django_db
NAME = "try-referrals"
SMALL = {**COUNTS, "Leeds": (64, 2, 41, 402, 12)}
REVISED = {**COUNTS, "Leeds": (64, 60, 41, 402, 12)}


@pytest.fixture(autouse=True)
def _quiet(gathered_styles):
    logging.getLogger("django.request").disabled = True
    yield
    logging.getLogger("django.request").disabled = False


@pytest.fixture
def editor():
    return person("statistics-editor", name="Editor")


@pytest.fixture
def approver():
    return person("statistics-approver", name="Approver")


@pytest.fixture
def loading(editor):
    return signed_in(editor)


@pytest.fixture
def deciding(approver):
    return signed_in(approver, fresh=True)


def upload(client, counts=COUNTS, said=GOOD, *, name=f"{NAME}.csv", content=None, **changes):
    files = {"table": SimpleUploadedFile(name, table(counts) if content is None else content)}
    if said:
        files["declaration"] = SimpleUploadedFile(f"{NAME}.toml", declared(said, **changes))
    return client.post("/staff/figures/load/", files, follow=True)


def put_forward(client, counts=COUNTS, said=GOOD, **changes):
    """The edition of a table that was loaded and sent on."""
    assert upload(client, counts, said, **changes).redirect_chain
    edition = Edition.objects.latest("pk")
    client.post(f"/staff/figures/{edition.pk}/send")
    edition.refresh_from_db()
    assert edition.status == "sent"
    return edition


def decide(client, edition, decision="publish", why=""):
    response = client.post(f"/staff/figures/{edition.pk}/decide/", {"decision": decision, "why": why}, follow=True)
    edition.refresh_from_db()
    return response


def text(response):
    return " ".join(response.content.decode().split())


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


def seen_by_visitors(visitor, version):
    """The addresses at which anybody finds something of the figures."""
    urls = (
        f"/evidence/data/{NAME}/",
        f"/evidence/data/{NAME}/{version}/observations.csv",
        f"/evidence/data/{NAME}/{version}/source.csv",
        f"/evidence/data/{NAME}/{version}/row/2/",
        f"/evidence/{NAME}/",
        f"/evidence/{NAME}/E08000035/trace/?group=Black",
        f"/api/evidence/v1/compare?measure={NAME}&place=Leeds",
    )
    found = {url for url in urls if visitor.get(url).status_code == 200}
    lists = ("/evidence/data/", "/evidence/corrections/", "/evidence/corrections/feed.json", "/sitemap.xml")
    lists += ("/evidence/data/datapackage.json", "/api/evidence/v1/measures", "/evidence/")
    return found | {url for url in lists if NAME in visitor.get(url).content.decode()}


# Two people


def test_what_one_person_loads_is_seen_by_nobody_until_another_publishes_it(store, visitor, loading, deciding, editor):
    page = text(upload(loading, said=WITH_MEASURE))
    edition = Edition.objects.get()
    assert "Loaded, and seen by nobody yet" in page
    assert (edition.status, edition.loaded_by) == ("loaded", editor.ref)
    for said in ("Nothing of this dataset is published yet", "15 figures, by their state", "A measure is declared"):
        assert said in page
    assert seen_by_visitors(visitor, edition.version) == set()
    loading.post(f"/staff/figures/{edition.pk}/send")
    assert seen_by_visitors(visitor, edition.version) == set()
    assert f"/staff/figures/{edition.pk}/decide/" in text(deciding.get(f"/staff/figures/{edition.pk}/"))
    assert "Published: every page answers" in text(decide(deciding, edition))
    assert edition.status == "published"
    assert store.current()[NAME] == edition.version
    found = seen_by_visitors(visitor, edition.version)
    assert f"/evidence/{NAME}/" in found
    assert "/evidence/data/" in found
    assert [visitor.get(url).status_code for url in ("/", "/news/", "/news/latest.atom")] == [200] * 3
    tags = [line.tag for line in lines_about(edition.ref)]
    assert tags == [f"evidence.edition.{verb}" for verb in ("publish", "send", "load")]


def test_whoever_loaded_figures_never_publishes_them_whatever_roles_they_hold(store):
    both = person("statistics-editor", "statistics-approver")
    client = signed_in(both, fresh=True)
    edition = put_forward(client)
    assert "decide/" not in text(client.get(f"/staff/figures/{edition.pk}/"))
    assert "Somebody else must check them" in text(client.get(f"/staff/figures/{edition.pk}/decide/"))
    assert "Somebody else must check them" in text(decide(client, edition))
    assert edition.status == "sent"
    with pytest.raises(NotAllowed):
        EDITION.move(edition, "publish", by=caller_for(both, second_factor=True))
    with pytest.raises(CannotPublish, match="loaded these figures"):
        store.publish(NAME, edition.version, by=str(both.ref), on=NEXT_DAY)
    assert NAME not in store.current()


def test_who_they_are_is_asked_anew_before_anything_is_published(store, loading, approver):
    edition = put_forward(loading)
    stale = signed_in(approver)
    for method in (stale.get, stale.post):
        response = method(f"/staff/figures/{edition.pk}/decide/", {"decision": "publish"})
        assert response.headers["Location"].startswith("/account/again/")
    edition.refresh_from_db()
    assert edition.status == "sent"


def test_figures_are_sent_back_with_a_reason_that_their_loader_reads(store, loading, deciding, editor):
    edition = put_forward(loading)
    page = text(decide(deciding, edition, "return"))
    assert "Say why you send them back" in page
    assert edition.status == "sent"
    decide(deciding, edition, "return", "Row 3 is <b>last</b> year's.")
    assert edition.status == "returned"
    assert "Row 3 is &lt;b&gt;last&lt;/b&gt; year&#x27;s." in text(loading.get("/staff/figures/"))
    (letter,) = Notice.objects.filter(to=editor.email)
    assert "were sent back" in letter.subject
    assert "Row 3" not in letter.text
    loading.post(f"/staff/figures/{edition.pk}/send")
    decide(deciding, edition)
    assert edition.status == "published"


def test_everyone_who_may_publish_is_told_but_for_who_loaded(store):
    both = person("statistics-editor", "statistics-approver")
    other, past = person("statistics-approver"), person("statistics-approver", expired=True)
    put_forward(signed_in(both))
    told = set(Notice.objects.values_list("to", flat=True))
    assert other.email in told
    assert not told & {both.email, past.email}


# What is checked before anything is kept


def test_every_fault_is_told_with_its_row_and_column_and_nothing_is_kept(store, loading):
    before = files(store.folder)
    bad = table().replace(b"Leeds,Asian,64", b"Leds,Asian,64").replace(b"Mixed,41", b"Mixed,<5")
    response = upload(loading, content=bad)
    page = text(response)
    assert not response.redirect_chain
    assert "2 things are wrong" in page
    assert "<title>Error: " in page
    for said in ("No place is called", "&#x27;&lt;5&#x27; is not a number", '<th scope="row">2', '<th scope="row">4'):
        assert said in page
    assert files(store.folder) == before
    assert not Edition.objects.exists()


def test_a_fault_of_many_rows_is_told_once(store, loading):
    page = text(upload(loading, content=table().replace(b"2024/25", b"2024-25")))
    assert "15 things are wrong" in page
    assert '<th scope="row">2, 3, 4, 5, 6 and 10 more' in page
    assert page.count("is not a period as it is written here") == 1


def test_every_move_has_words_for_what_was_done(store, loading, deciding):
    from evenhand.core.access import machine
    from evenhand.core.journal.actions import record

    edition = put_forward(loading)
    for move in EDITION.moves:
        record(f"evidence.edition.{move.name}", edition.ref, by=machine("test"))
    assert loading.get(f"/staff/figures/{edition.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"name": "page.html"}, "Choose a .csv, .xlsx or .ods file"),
        ({"name": "table.xlsm"}, "Choose a .csv, .xlsx or .ods file"),
        ({"content": b""}, "The submitted file is empty"),
        ({"content": b"\x00\xff" * 50}, "refused, and nothing of it was kept"),
        ({"name": "t.xlsx", "content": b"PK\x03\x04nothing"}, "refused, and nothing of it was kept"),
        ({"content": b"a\n" * 20_002}, "more than 20,000 lines"),
        ({"said": ""}, "Choose a declaration, or say"),
        ({"said": 'name = "x'}, "is not good TOML"),
        ({"said": GOOD.replace("counts =", "count =")}, "did you mean &#x27;counts&#x27;?"),
        ({"name_": '"prison-population"'}, "is the name of a dataset that the product ships"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_leaves_nothing(store, loading, how, said):
    before = files(store.folder)
    if "name_" in how:
        response = loading.post(
            "/staff/figures/load/",
            {
                "table": SimpleUploadedFile("t.csv", table()),
                "declaration": SimpleUploadedFile("t.toml", declared(GOOD, name=how["name_"])),
            },
        )
    else:
        response = upload(loading, **how)
    assert response.status_code == 200
    assert said in text(response)
    assert files(store.folder) == before


BACKWARDS = "\u202evsc.exe.csv"


@pytest.mark.parametrize("name", ["../../../etc/passwd.csv", "a\x00b.csv", "x" * 300 + ".csv", BACKWARDS, "a/b.csv"])
def test_the_name_of_a_file_leads_nowhere(store, loading, name):
    upload(loading, SMALL, name=name, small_counts='"suppress"')
    new = files(store.folder) - {"lock"}
    assert all(".." not in path and len(path) < 200 for path in new)
    kept = [path for path in new if path.startswith("private/")]
    assert len(kept) == 2
    assert all(path.startswith(f"private/{NAME}/") for path in kept)


def test_small_counts_are_hidden_on_every_page_that_anybody_sees(store, loading, deciding, visitor):
    edition = put_forward(loading, SMALL, small_counts='"suppress"')
    page = text(deciding.get(f"/staff/figures/{edition.pk}/decide/"))
    assert "Counts from 1 to 5: 2, shown as “fewer than 6”." in page
    assert "fewer than 6" in page
    decide(deciding, edition)
    source = visitor.get(f"/evidence/data/{NAME}/{edition.version}/source.csv").content.decode()
    assert "2024/25,Leeds,Black,fewer than 6" in source
    assert "Leeds,Black,2" not in source


def test_a_sheet_of_a_workbook_is_loaded_as_the_same_table(store, loading):
    content = xlsx(*(line.split(",") for line in table().decode().splitlines()), sheet="Referrals")
    said = GOOD.replace("\n[columns]", '\nsheet = "Referrals"\n[columns]')
    assert upload(loading, said=said, name="t.xlsx", content=content).redirect_chain
    assert store.report(NAME, Edition.objects.get().version).release.figures == 15


def test_the_answers_of_a_form_make_the_declaration(store, loading):
    said = {
        "name": NAME, "title": 'Referrals to "nothing"', "publisher": "Nobody", "landing_page": "https://example.org/",
        "licence": "CC0 1.0", "checked": "not yet checked by a person", "look_again": "2027-12-01",
        "one_row": "people of one group", "counts": "people", "basis": "self-defined", "small_counts": "suppress",
        "figures": "referrals", "series": "referrals", "reads": "count", "period": "year", "place": "council",
        "kind": "council", "group": "ethnicity", "classification": "five",
    }  # fmt: skip
    file = SimpleUploadedFile("t.csv", table())
    response = loading.post("/staff/figures/describe/", {**said, "series": "Referrals!", "table": file}, follow=True)
    assert "write it in small letters" in text(response)
    file.seek(0)
    response = loading.post("/staff/figures/describe/", {**said, "landing_page": "here", "table": file}, follow=True)
    assert 'id="id_landing_page_error"' in text(response)
    file.seek(0)
    response = loading.post("/staff/figures/describe/", {**said, "table": file}, follow=True)
    assert response.redirect_chain, text(response)
    edition = Edition.objects.get()
    kept = loading.get(f"/staff/figures/{edition.pk}/declaration.toml").content
    again = upload(loading, said="", content=table(REVISED))
    assert "Choose a declaration" in text(again)
    assert store.declared(NAME, edition.version).declaration == kept
    assert store.declared(NAME, edition.version).loader.title == 'Referrals to "nothing"'


def test_a_newer_file_needs_no_declaration(store, loading, deciding):
    decide(deciding, put_forward(loading))
    newer = {"newer_of": NAME, "table": SimpleUploadedFile("next.csv", table(REVISED))}
    page = text(loading.post("/staff/figures/load/", newer, follow=True))
    assert "1 changed, 0 appeared and 0 disappeared" in page
    both = {**newer, "declaration": SimpleUploadedFile("t.toml", declared(GOOD))}
    both["table"].seek(0)
    assert "one of the two" in text(loading.post("/staff/figures/load/", both))


# Whatever comes between


def test_the_same_table_loaded_twice_waits_once(store, loading):
    edition = put_forward(loading)
    assert "These wait already" in text(upload(loading))
    other = signed_in(person("statistics-editor"))
    assert "These wait already" in text(upload(other))
    assert list(Edition.objects.all()) == [edition]


def test_figures_checked_beside_a_release_that_is_no_longer_there_must_be_loaded_again(store, loading, deciding):
    first, second = put_forward(loading), put_forward(loading, REVISED)
    decide(deciding, second)
    assert "another release was published since" in text(decide(deciding, first))
    assert first.status == "sent"
    other = person("statistics-editor")
    upload(signed_in(other))
    first.refresh_from_db()
    assert (first.status, first.loaded_by) == ("loaded", other.ref)


def test_what_is_taken_away_leaves_nothing_of_the_table(store, loading, deciding):
    before = files(store.folder)
    edition = put_forward(loading, SMALL, small_counts='"suppress"')
    assert files(store.folder) > before
    loading.post(f"/staff/figures/{edition.pk}/withdraw")
    assert files(store.folder) == before
    page = text(deciding.get(f"/staff/figures/{edition.pk}/"))
    assert "not in the store any more" in page
    assert "is not possible now" in text(decide(deciding, edition))


def test_publishing_that_was_cut_short_is_completed_by_doing_it_again(store, loading, deciding, approver, monkeypatch):
    edition = put_forward(loading)
    with monkeypatch.context() as broken:
        broken.setattr(Edition, "full_clean", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            EDITION.move(edition, "publish", by=caller_for(approver, second_factor=True))
    edition.refresh_from_db()
    assert (edition.status, store.state_of(NAME, edition.version)) == ("sent", "published")
    decide(deciding, edition)
    assert edition.status == "published"
    assert [one.version for one in store.history()[NAME]] == [edition.version]


def test_an_earlier_release_is_restored_by_two_people_and_readers_are_told_why(store, loading, deciding, visitor):
    first, second = put_forward(loading), None
    decide(deciding, first)
    second = put_forward(loading, REVISED)
    decide(deciding, second)
    url = f"/staff/figures/{NAME}/{first.version}/restore/"
    assert url in text(loading.get("/staff/figures/"))
    assert url not in text(deciding.get("/staff/figures/"))
    assert "Fill this in: Why, for readers" in text(loading.post(url, {"note": ""}))
    response = loading.post(url, {"note": "Two people were counted twice."}, follow=True)
    assert "Against release" in text(response)
    back = Edition.objects.latest("pk")
    assert (back.version, back.status) == (first.version, "loaded")
    assert store.current()[NAME] == second.version
    loading.post(f"/staff/figures/{back.pk}/send")
    decide(deciding, back)
    assert store.current()[NAME] == first.version
    assert "Two people were counted twice." in text(visitor.get("/evidence/corrections/"))
    assert "is answered from already" in text(loading.post(url, {"note": "Again."}, follow=True))


def test_what_was_loaded_at_the_terminal_is_decided_on_here_by_anybody(store, deciding):
    version, _ = store.load_draft(own(GOOD), table(), by="statistics editor", on=NEXT_DAY)
    assert "Loaded by statistics editor" in text(deciding.get("/staff/figures/"))
    deciding.post(f"/staff/figures/{NAME}/{version}/take-up")
    edition = Edition.objects.get()
    assert (edition.status, edition.loaded_by) == ("sent", actions.TERMINAL)
    decide(deciding, edition)
    assert store.current()[NAME] == version
    deciding.post(f"/staff/figures/{NAME}/{version}/take-up")
    assert Edition.objects.count() == 1


def test_nobody_without_the_role_loads_or_takes_up(store, approver, editor):
    with pytest.raises(NotAllowed):
        actions.load(own(GOOD), table(), by=caller_for(approver, second_factor=True))
    with pytest.raises(NotAllowed):
        actions.load(own(GOOD), table(), by=caller_for(editor, second_factor=False))
    with pytest.raises(NotPossible, match="do not wait"):
        actions.take_up(NAME, "000000000000", by=caller_for(approver, second_factor=True))
