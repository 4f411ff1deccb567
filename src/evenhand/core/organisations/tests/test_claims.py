"""Somebody who claims an organisation proves it by its own mail or by evidence, and strangers see nothing of it."""

import re
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.utils import timezone

from evenhand.core.accounts.callers import caller_for
from evenhand.core.accounts.models import RoleHeld
from evenhand.core.accounts.tests.make import person, signed_in
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.files.tests.make import PDF, upload
from evenhand.core.journal.models import Line
from evenhand.core.notices.models import Notice
from evenhand.core.organisations import actions, queries
from evenhand.core.organisations.actions import claims, keeping
from evenhand.core.organisations.lifecycle import CLAIM
from evenhand.core.organisations.mailboxes import is_own
from evenhand.core.organisations.models import Claim, Invitation, Organisation
from evenhand.core.organisations.tests.make import BY, entry, organisation
from evenhand.library.registers import Identifier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def acting(somebody, *, second_factor=False):
    return caller_for(somebody, second_factor=second_factor)


def owners(organisation):
    held = RoleHeld.objects.filter(organisation=organisation, role="organisation-owner").holding()
    return {one.person for one in held}


def key_in_letter():
    return re.search(r"/(?:prove|invitations)/([\w-]{43})/", Notice.objects.latest("written_at").text)[1]


def test_a_claim_by_number_is_proven_by_a_link_to_the_address_on_the_register():
    entry(phone="01632 960001", website="www.bridge.example", activities="Mentoring.", income=60_000)
    somebody = person(name="Claimant")
    claim = claims.begin_claim(by=acting(somebody), register="charity", number="Charity no. 9100001")
    CLAIM.move(claim, "send", by=acting(somebody))
    letter = Notice.objects.get()
    assert (letter.to, letter.stranger) == ("office@bridge.example", True)
    assert not Organisation.objects.exists()  # nothing is made before it is proven
    key = key_in_letter()
    granted = CLAIM.move(claim, "prove", by=acting(somebody), key=key)
    made = granted.organisation
    assert owners(made) == {somebody}
    assert (made.name, made.email, made.income_band) == ("Bridge of Examples", "office@bridge.example", "50k-100k")
    assert queries.standings([made.pk])[made.pk].basis == "register"
    with pytest.raises(NotPossible):
        CLAIM.move(claim, "prove", by=acting(somebody), key=key)


def test_a_link_holds_for_its_reader_alone_for_three_days_and_until_the_next_is_sent():
    entry()
    somebody, other = person(), person()
    claim = claims.begin_claim(by=acting(somebody), register="charity", number="9100001")
    claim = CLAIM.move(claim, "send", by=acting(somebody))
    first = key_in_letter()
    with pytest.raises(NotAllowed):
        CLAIM.move(claim, "prove", by=acting(other), key=first)
    with pytest.raises(NotPossible, match="no longer holds"):
        CLAIM.move(claim, "prove", by=acting(somebody), key="x" * 43)
    CLAIM.move(claim, "send", by=acting(somebody))
    with pytest.raises(NotPossible, match="no longer holds"):
        CLAIM.move(claim, "prove", by=acting(somebody), key=first)
    Claim.objects.update(key_until=timezone.now() - timedelta(seconds=1))
    with pytest.raises(NotPossible, match="no longer holds"):
        CLAIM.move(claim, "prove", by=acting(somebody), key=key_in_letter())
    assert not Organisation.objects.exists()


def test_the_key_of_a_link_is_kept_nowhere_but_in_the_letter():
    entry()
    somebody = person()
    claim = claims.begin_claim(by=acting(somebody), register="charity", number="9100001")
    CLAIM.move(claim, "send", by=acting(somebody))
    key = key_in_letter()
    assert key not in str(list(Claim.objects.values())) + str(list(Line.objects.values()))


def test_three_links_are_sent_and_no_more():
    entry()
    somebody = person()
    claim = claims.begin_claim(by=acting(somebody), register="charity", number="9100001")
    for _ in range(3):
        CLAIM.move(claim, "send", by=acting(somebody))
    with pytest.raises(NotPossible, match="Three links"):
        CLAIM.move(claim, "send", by=acting(somebody))
    assert Notice.objects.count() == 3


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("office@bridge.example", True),
        ("office@stjohns.org.uk", True),
        ("bridge@gmail.com", False),
        ("bridge@Hotmail.co.uk", False),
        ("bridge@yahoo.fr", False),
        ("bridge@mail.btinternet.com", False),
        ("bridge@outlook.com", False),
        ("office@olive.org.uk", True),
        ("office@live-arts.org.uk", True),
        ("not an address", False),
        ("", False),
    ],
)
def test_an_address_at_a_public_provider_proves_nothing(address, own):
    assert is_own(address) is own


def test_where_the_register_has_no_address_of_their_own_evidence_is_what_is_left():
    entry(email="bridge@gmail.com")
    somebody = person()
    claim = claims.begin_claim(by=acting(somebody), register="charity", number="9100001")
    with pytest.raises(NotPossible, match="Hand in evidence"):
        CLAIM.move(claim, "send", by=acting(somebody))


def waiting(somebody, **said):
    claim = claims.begin_claim(by=acting(somebody), **(said or {"name": "Made-up Group", "about": "Mentoring."}))
    claims.add_evidence(claim, "minutes", upload("minutes.pdf", PDF), by=acting(somebody))
    return CLAIM.move(claim, "hand-in", by=acting(somebody))


def test_a_group_on_no_register_is_granted_when_an_editor_has_seen_evidence():
    somebody, editor = person(), person("directory-editor")
    claim = waiting(somebody)
    assert Notice.objects.get().to == editor.email
    granted = CLAIM.move(claim, "grant", by=acting(editor, second_factor=True), why="Minutes name them as chair.")
    made = granted.organisation
    assert (made.name, made.legal_form) == ("Made-up Group", "unregistered")
    assert owners(made) == {somebody}
    assert queries.standings([made.pk])[made.pk].basis == "evidence"


def test_a_claim_without_evidence_does_not_wait_for_anyone():
    somebody = person()
    claim = claims.begin_claim(by=acting(somebody), name="Made-up Group")
    with pytest.raises(Refused, match="at least one file"):
        CLAIM.move(claim, "hand-in", by=acting(somebody))


def test_nobody_decides_on_their_own_claim_and_nobody_without_the_second_factor():
    editor = person("directory-editor")
    claim = waiting(editor)
    with pytest.raises(NotAllowed, match="Somebody else"):
        CLAIM.move(claim, "grant", by=acting(editor, second_factor=True), why="It is me.")
    other = person("directory-editor")
    with pytest.raises(NotAllowed):
        CLAIM.move(claim, "grant", by=acting(other), why="Seen.")
    refused = CLAIM.move(claim, "refuse", by=acting(other, second_factor=True), why="The minutes name somebody else.")
    assert "name somebody else" in Notice.objects.filter(to=editor.email).latest("written_at").text
    assert refused.organisation is None
    assert not Organisation.objects.exists()


def test_who_owned_it_before_is_told_and_stays():
    entry()
    listed = organisation("Bridge", identifiers=[Identifier("GB-CHC", "9100001")])
    before, somebody = person("organisation-owner", organisation=listed), person()
    claim = claims.begin_claim(by=acting(somebody), register="charity", number="9100001")
    CLAIM.move(claim, "send", by=acting(somebody))
    CLAIM.move(claim, "prove", by=acting(somebody), key=key_in_letter())
    assert owners(listed) == {before, somebody}
    assert Notice.objects.filter(to=before.email).exists()


@pytest.mark.parametrize("number", ["12", "no number", "7654321"])
def test_a_number_that_is_none_is_refused_in_words(number):
    with pytest.raises(Refused):
        claims.begin_claim(by=acting(person()), register="charity", number=number)


def test_what_was_removed_from_its_register_cannot_be_claimed():
    entry(removed_on=timezone.localdate())
    with pytest.raises(NotPossible, match="removed from the register"):
        claims.begin_claim(by=acting(person()), register="charity", number="9100001")


def test_the_same_claim_is_not_begun_twice_and_not_too_many_at_once():
    somebody = person()
    claims.begin_claim(by=acting(somebody), name="Group 0")
    with pytest.raises(NotPossible, match="begun this claim already"):
        claims.begin_claim(by=acting(somebody), name="Group 0")
    for number in range(1, 5):
        claims.begin_claim(by=acting(somebody), name=f"Group {number}")
    with pytest.raises(NotPossible, match="several claims"):
        claims.begin_claim(by=acting(somebody), name="Group 6")


# Who looks after it


def test_an_owner_invites_and_the_invitation_holds_once_for_its_address():
    listed = organisation()
    owner, friend, stranger = person("organisation-owner", organisation=listed), person(), person()
    keeping.invite(listed, friend.email.upper(), "organisation-member", by=acting(owner))
    key = key_in_letter()
    assert key not in str(list(Invitation.objects.values()))
    with pytest.raises(NotAllowed, match="another address"):
        keeping.accept_invitation(key, by=acting(stranger))
    keeping.accept_invitation(key, by=acting(friend))
    assert ("organisation-member", listed.pk) in acting(friend).organisations
    with pytest.raises(NotPossible, match="no longer holds"):
        keeping.accept_invitation(key, by=acting(friend))
    with pytest.raises(NotAllowed):
        keeping.invite(listed, "another@example.org", "organisation-owner", by=acting(friend))


def test_an_invitation_that_was_taken_back_or_is_old_holds_no_more():
    listed = organisation()
    owner, friend = person("organisation-owner", organisation=listed), person()
    keeping.withdraw_invitation(
        keeping.invite(listed, friend.email, "organisation-member", by=acting(owner)), by=acting(owner)
    )
    with pytest.raises(NotPossible):
        keeping.accept_invitation(key_in_letter(), by=acting(friend))
    keeping.invite(listed, friend.email, "organisation-member", by=acting(owner))
    Invitation.objects.update(until=timezone.now())
    with pytest.raises(NotPossible):
        keeping.accept_invitation(key_in_letter(), by=acting(friend))


def test_the_last_owner_hands_over_before_leaving():
    listed = organisation()
    owner = person("organisation-owner", organisation=listed)
    member = person("organisation-member", organisation=listed)
    mine = RoleHeld.objects.get(person=owner)
    with pytest.raises(NotPossible, match="at least one owner"):
        keeping.end_keeping(mine, by=acting(owner))
    keeping.hand_over(listed, to=RoleHeld.objects.get(person=member), by=acting(owner))
    assert owners(listed) == {member}
    assert [held.role for held in queries.keepers_of(listed)] == ["organisation-owner", "organisation-member"]
    keeping.end_keeping(RoleHeld.objects.holding().get(person=owner), by=acting(owner))
    assert not acting(owner).organisations


def test_a_member_ends_nobody_elses_part():
    listed = organisation()
    owner = person("organisation-owner", organisation=listed)
    member = person("organisation-member", organisation=listed)
    with pytest.raises(NotAllowed):
        keeping.end_keeping(RoleHeld.objects.get(person=owner), by=acting(member))


# The pages


def test_a_small_organisation_types_its_number_once_and_looks_after_its_entry():
    entry(activities="Mentoring for people leaving prison.")
    somebody = person()
    client = signed_in(somebody, second_factor=False)
    response = client.post("/account/organisations/claim/", {"register": "charity", "number": "9100001"})
    page = client.get(response.headers["Location"]).content.decode()
    assert "Mentoring for people leaving prison." in page
    assert "office@bridge.example" in page
    claim = Claim.objects.get()
    client.post(f"/account/organisations/claims/{claim.pk}/send")
    link = f"/account/organisations/claims/{claim.pk}/prove/{key_in_letter()}/"
    shown = client.get(link)
    assert shown.headers["Referrer-Policy"] == "same-origin"  # the key in the address goes to nobody else
    assert client.head(link).status_code == 200
    assert Claim.objects.get().status == "sent"  # a scanner that follows links changes nothing
    response = client.post(link)
    page = client.get(response.headers["Location"]).content.decode()
    assert "Bridge of Examples" in page
    slug = Organisation.objects.get().slug
    fact = {"kind": "led-by", "community": "communities:five/black", "board_share": "80"}
    assert client.post(f"/account/organisations/{slug}/facts/", fact).status_code == 302
    changed = {"name": "Bridge", "description": "New words.", "legal_form": "cio", "areas": ["E12000007"]}
    assert client.post(f"/account/organisations/{slug}/change/", changed).status_code == 302
    page = client.get(f"/account/organisations/{slug}/").content.decode()
    for words in ("80% of the board", "New words.", "London", "The organisation says so"):
        assert words in page


def test_a_wrong_number_is_said_beside_the_field_and_kept():
    client = signed_in(person(), second_factor=False)
    page = client.post("/account/organisations/claim/", {"register": "charity", "number": "12"}).content.decode()
    assert "is not a charity number" in page
    assert 'value="12"' in page
    page = client.post("/account/organisations/claim/", {"register": "none"}).content.decode()
    assert "Type the name." in page


def test_evidence_is_handed_in_on_the_page_and_a_bad_file_is_refused_beside_the_field():
    somebody = person()
    client = signed_in(somebody, second_factor=False)
    response = client.post("/account/organisations/claim/", {"register": "none", "name": "Made-up Group"})
    here = response.headers["Location"]
    bad = client.post(f"{here}evidence", {"kind": "minutes", "file": upload("minutes.pdf", b"<html>")})
    assert "Choose a PDF" in bad.content.decode()
    assert client.post(f"{here}evidence", {"kind": "minutes", "file": upload("minutes.pdf", PDF)}).status_code == 302
    client.post(f"{here}hand-in")
    assert Claim.objects.get().status == "waiting"
    assert "minutes.pdf" in client.get(here).content.decode()


def test_another_persons_claim_and_organisation_are_not_there():
    listed = organisation()
    claim = claims.begin_claim(by=acting(person()), name="Made-up Group")
    other = person("organisation-owner", organisation=organisation("Other"))
    stranger = signed_in(other, second_factor=False, fresh=True)
    nowhere = stranger.get(f"/account/organisations/claims/{uuid4()}/")
    theirs = stranger.get(f"/account/organisations/claims/{claim.pk}/")
    assert theirs.status_code == nowhere.status_code == 404
    assert theirs.content == nowhere.content
    for path in ("", "change/", "facts/"):
        assert stranger.get(f"/account/organisations/{listed.slug}/{path}").status_code == 404
    for path in ("invite", "close", "people/1/end", "people/1/hand-over", "facts/1/withdraw"):
        assert stranger.post(f"/account/organisations/{listed.slug}/{path}", {"why": "x"}).status_code == 404
    assert stranger.post(f"/account/organisations/claims/{claim.pk}/withdraw").status_code == 404


def test_fields_that_no_form_has_change_nothing():
    listed = organisation()
    client = signed_in(person("organisation-member", organisation=listed), second_factor=False)
    said = {"name": "New", "legal_form": "cio", "slug": "stolen", "demonstration": "on", "closed_on": "2026-01-01"}
    client.post(f"/account/organisations/{listed.slug}/change/", said)
    after = Organisation.objects.get()
    assert (after.name, after.slug, after.demonstration, after.closed_on) == ("New", listed.slug, False, None)
    fact = {"kind": "mission", "community": "faiths:muslim", "basis": "seen", "confirmed_by": "core.machine:x"}
    client.post(f"/account/organisations/{listed.slug}/facts/", fact)
    assert after.facts.get().basis == "said"


def test_what_somebody_types_is_shown_as_text():
    listed = organisation()
    Organisation.objects.update(name="Made-up <script>alert(1)</script>")
    client = signed_in(person("organisation-owner", organisation=listed), second_factor=False)
    page = client.get(f"/account/organisations/{listed.slug}/").content.decode()
    assert "<script>alert(1)" not in page


def test_a_name_like_one_that_is_listed_leads_there_before_a_second_entry_is_begun():
    listed = organisation("Made-up Mentors")
    client = signed_in(person(), second_factor=False)
    typed = {"register": "none", "name": "The Made-up Mentors Trust", "about": "Mentoring."}
    page = client.post("/account/organisations/claim/", typed).content.decode()
    assert f"/account/organisations/claim/?organisation={listed.slug}" in page
    assert not Claim.objects.exists()
    response = client.post("/account/organisations/claim/", {**typed, "new": "on"})
    claim = Claim.objects.get()
    assert response.headers["Location"] == f"/account/organisations/claims/{claim.pk}/"
    assert (claim.name, claim.about, claim.organisation) == ("The Made-up Mentors Trust", "Mentoring.", None)


def test_where_no_register_is_loaded_no_number_is_said_to_be_missing_from_it():
    somebody = acting(person())
    with pytest.raises(Refused, match="not loaded here yet"):
        claims.begin_claim(by=somebody, register="charity", number="9100001")
    entry()
    with pytest.raises(Refused, match="has no number 9100002"):
        claims.begin_claim(by=somebody, register="charity", number="9100002")


def test_who_has_to_show_who_they_are_comes_back_to_the_form_and_is_told_that_nothing_was_done():
    listed = organisation()
    owner = person("organisation-owner", organisation=listed)
    member = person("organisation-member", organisation=listed)
    held = RoleHeld.objects.get(person=member)
    client = signed_in(owner, second_factor=False)
    page = f"/account/organisations/{listed.slug}/"
    forms = {"invite": {"email": "new@example.org", "role": "organisation-member"}, f"people/{held.pk}/hand-over": {}}
    for action, typed in forms.items():
        for told in (f"http://testserver{page}", f"http://testserver{page}invite"):
            answer = client.post(page + action, typed, headers={"referer": told})
            assert f"next={quote(page, safe='')}" in answer.headers["Location"]
        foreign = client.post(page + action, typed, headers={"referer": "https://evil.example/"})
        assert "evil" not in foreign.headers["Location"]
    assert "Nothing was done yet." in client.get(answer.headers["Location"]).content.decode()
    assert not Invitation.objects.exists()


def test_a_change_undoes_nothing_that_was_written_meanwhile():
    listed = organisation()
    client = signed_in(person("organisation-member", organisation=listed), second_factor=False)
    here = f"/account/organisations/{listed.slug}/change/"
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(here).content.decode())[1]
    actions.change(listed, by=BY, phone="0121 496 0199")
    typed = {"name": "New name", "legal_form": "cio", "phone": "", "seen": seen}
    answer = client.post(here, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "0121 496 0199" in page
    assert 'value="New name"' in page
    assert Organisation.objects.get().name == listed.name
    again = re.search(r'name="seen" value="([^"]+)"', page)[1]
    client.post(here, typed | {"seen": again})
    assert Organisation.objects.get().name == "New name"


def test_no_letter_of_ours_carries_a_message_in_the_name_of_an_organisation():
    listed = organisation()
    owner = person("organisation-owner", organisation=listed)
    with pytest.raises(Refused, match="without a web or e-mail address"):
        actions.rename(listed, "Suspended - verify at evil.example/login", by=acting(owner))
    with pytest.raises(Refused, match="without a web or e-mail address"):
        claims.begin_claim(by=acting(owner), name="Write to evil@evil.example")
    actions.rename(listed, "Your account is suspended", by=acting(owner))
    keeping.invite(listed, "stranger@example.org", "organisation-member", by=acting(owner))
    letter = Notice.objects.get()
    assert "suspended" not in letter.subject
    assert "“Your account is suspended” invites you" in letter.text


def test_a_name_that_its_own_people_gave_waits_for_an_editor_to_look():
    listed = organisation()
    owner, editor = person("organisation-owner", organisation=listed), person("directory-editor")
    actions.rename(listed, "Made-up Mates", by=acting(owner))
    assert Organisation.objects.get().to_look_at
    with pytest.raises(NotAllowed):
        actions.look_over(listed, by=acting(owner))
    actions.look_over(listed, by=acting(editor, second_factor=True))
    assert not Organisation.objects.get().to_look_at
    actions.rename(listed, "Made-up Mentors", by=acting(editor, second_factor=True))
    assert not Organisation.objects.get().to_look_at


def test_a_link_of_a_claim_says_what_is_wrong_with_it():
    entry()
    asking, colleague = person(), person()
    claim = claims.begin_claim(by=acting(asking), register="charity", number="9100001")
    CLAIM.move(claim, "send", by=acting(asking))
    link = f"/account/organisations/claims/{claim.pk}/prove/"
    own, other = (signed_in(one, second_factor=False) for one in (asking, colleague))
    garbled = own.get(f"{link}x/").content.decode()
    assert "not complete" in garbled
    assert "You speak for" not in garbled
    passed_on = other.get(f"{link}{key_in_letter()}/")
    assert (passed_on.status_code, "Pass the link on" in passed_on.content.decode()) == (200, True)
    assert other.post(f"{link}{key_in_letter()}/").status_code == 200
    assert Claim.objects.get().status == "sent"
    nothing = other.get(f"{link}x/")
    never = other.get(f"/account/organisations/claims/{uuid4()}/prove/x/")
    assert nothing.status_code == never.status_code == 404
    assert nothing.content == never.content
    assert "not complete" in nothing.content.decode()
    invited = other.get("/account/organisations/invitations/x/")
    assert (invited.status_code, "not complete" in invited.content.decode()) == (404, True)
