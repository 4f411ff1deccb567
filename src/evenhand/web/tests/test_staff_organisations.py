"""Editors keep organisations in the staff home, every one of their doings by an action and in the journal."""

from datetime import date

import pytest

from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.files.tests.make import PDF, upload
from evenhand.core.journal.queries import lines_about
from evenhand.core.organisations import actions
from evenhand.core.organisations.actions import claims
from evenhand.core.organisations.lifecycle import CLAIM
from evenhand.core.organisations.models import Alert, Claim, Organisation
from evenhand.core.organisations.tests.make import BY, entry, organisation
from evenhand.domains.directory.tests import make
from evenhand.library.registers import Identifier

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BLACK = "communities:five/black"


@pytest.fixture
def editor():
    return signed_in(person("directory-editor"))


def shown(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_organisations_are_found_by_name_and_by_number(editor):
    one = organisation("Made-up Mentors", identifiers=[Identifier("GB-CHC", "9100001")])
    organisation("Other")
    for asked in ("mentors", "9100001", "GB-CHC-9100001"):
        page = shown(editor, f"/staff/organisations/?q={asked}")
        assert f"/staff/organisations/{one.pk}/" in page
        assert "Other</a>" not in page
    assert "Other</a>" in shown(editor, "/staff/organisations/?show=unchecked")


def test_an_editor_confirms_a_fact_with_what_it_rests_on(editor):
    one = organisation()
    actions.confirm_fact(one, "led-by", BLACK, by=BY, on=TODAY, board_share=80)
    page = shown(editor, f"/staff/organisations/{one.pk}/facts/?fact={one.facts.get().pk}")
    assert 'value="80"' in page
    said = {"kind": "led-by", "community": BLACK, "board_share": "80", "basis": "seen"}
    assert editor.post(f"/staff/organisations/{one.pk}/facts/", said).status_code == 302
    assert one.facts.get().basis == "seen"
    assert "Evidence was seen" in shown(editor, f"/staff/organisations/{one.pk}/")
    editor.post(f"/staff/organisations/{one.pk}/facts/{one.facts.get().pk}/withdraw", {"why": "In error."})
    assert not one.facts.exists()


def test_an_editor_lists_renames_matches_closes_and_opens_again(editor):
    entry(removed_on=TODAY, status="Removed")
    editor.post("/staff/organisations/create", {"name": "Bridge"})
    one = Organisation.objects.get()
    here = f"/staff/organisations/{one.pk}/"
    editor.post(f"{here}rename", {"name": "Bridge of Examples"})
    editor.post(f"{here}identifier", {"identifier": "gb-chc-9100001"})
    page = shown(editor, here)
    assert "Bridge of Examples" in page
    assert "Removed, 23 November 2026" in page
    assert "is not an identifier" in editor.post(f"{here}identifier", {"identifier": "x"}, follow=True).content.decode()
    editor.post(f"{here}close", {"why": "Removed from the register."})
    assert Organisation.objects.get().closed_on
    editor.post(f"{here}reopen", {"why": "It became another."})
    assert Organisation.objects.get().closed_on is None
    assert [line.tag.rpartition(".")[2] for line in lines_about(one.ref)][::-1] == [
        "create",
        "rename",
        "add",
        "close",
        "reopen",
    ]


def test_two_that_may_be_the_same_are_shown_together_and_the_old_address_leads_to_the_new(editor, client):
    kept, gone = organisation("Made-up Mentors"), organisation("Made Up Mentors CIC")
    service = make.service(gone, name="Gate")
    assert "Merge this one into Made-up Mentors" in shown(editor, f"/staff/organisations/{gone.pk}/")
    editor.post(f"/staff/organisations/{gone.pk}/merge/{kept.pk}")
    response = client.get("/organisations/made-up-mentors-cic/")
    assert (response.status_code, response.headers["Location"]) == (301, "/organisations/made-up-mentors/")
    service.refresh_from_db()
    assert service.organisation == kept
    assert "Gate" in shown(client, "/organisations/made-up-mentors/")


def test_an_alert_is_shown_with_what_became_of_it_and_settled(editor):
    one = organisation()
    alert = Alert.objects.create(
        organisation=one, scheme="GB-CHC", number="9100001", danger="removed", said="Removed", passed_to=["9100002"]
    )
    assert "Passed on to: 9100002" in shown(editor, "/staff/organisations/alerts/")
    editor.post(f"/staff/organisations/alerts/{alert.pk}/settle", {"why": "It became a CIO."})
    assert "Passed on to" not in shown(editor, "/staff/organisations/alerts/")
    assert Alert.objects.get().settled_how == "It became a CIO."


def test_an_editor_sees_the_evidence_of_a_claim_and_decides(editor, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    somebody = person(name="Claimant")
    by = caller_for(somebody, second_factor=False)
    claim = claims.begin_claim(by=by, name="Made-up Group")
    evidence = claims.add_evidence(claim, "minutes", upload("minutes.pdf", PDF), by=by)
    CLAIM.move(claim, "hand-in", by=by)
    assert "Made-up Group" in shown(editor, "/staff/organisations/claims/")
    page = shown(editor, f"/staff/organisations/claims/{claim.pk}/")
    assert "minutes.pdf" in page
    handed_out = editor.get(f"/account/files/{evidence.file_id}/")
    assert b"".join(handed_out.streaming_content) == PDF
    other = signed_in(person("content-editor"))
    assert other.get(f"/account/files/{evidence.file_id}/").status_code == 404
    editor.post(f"/staff/organisations/claims/{claim.pk}/grant", {"why": ""})
    long = editor.post(f"/staff/organisations/claims/{claim.pk}/grant", {"why": "a" * 100_000})
    assert (long.status_code, "a" * 100_000 in long.content.decode()) == (400, True)
    assert Claim.objects.get().status == "waiting"
    editor.post(f"/staff/organisations/claims/{claim.pk}/grant", {"why": "Minutes name them."})
    assert Claim.objects.get().status == "granted"
    assert Organisation.objects.get().name == "Made-up Group"


def test_a_second_entry_of_a_name_is_asked_about_first(editor):
    one = organisation("Made-up Mentors")
    answer = editor.post("/staff/organisations/create", {"name": "The Made-up Mentors"})
    assert f"/staff/organisations/{one.pk}/" in answer.content.decode()
    assert Organisation.objects.count() == 1
    editor.post("/staff/organisations/create", {"name": "The Made-up Mentors", "new": "yes"})
    assert Organisation.objects.count() == 2


def test_a_name_that_its_own_people_gave_is_looked_at(editor):
    one = organisation("Made-up Mentors")
    owner = person("organisation-owner", organisation=one)
    actions.rename(one, "Made-up Mates", by=caller_for(owner, second_factor=False))
    assert "1 was renamed by its own people" in shown(editor, "/staff/organisations/")
    assert "Made-up Mates" in shown(editor, "/staff/organisations/?show=renamed")
    assert "Looked at: it may stay" in shown(editor, f"/staff/organisations/{one.pk}/")
    editor.post(f"/staff/organisations/{one.pk}/look-over")
    assert not Organisation.objects.get().to_look_at


def test_the_menu_leads_editors_there_and_nobody_else(editor):
    assert "/staff/organisations/" in shown(editor, "/staff/")
    assert "/staff/organisations/" not in shown(signed_in(person("content-editor")), "/staff/")
