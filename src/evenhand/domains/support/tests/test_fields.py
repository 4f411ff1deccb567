"""Every field of the support programme by who sees it on any page: one table, which a new field has to enter."""

import html
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse

from evenhand.core.accounts.models import Person
from evenhand.core.accounts.tests.make import signed_in
from evenhand.domains.support.actions import applications as actions
from evenhand.domains.support.actions import assessing, engagements, files, participants
from evenhand.domains.support.actions import consultants as pool
from evenhand.domains.support.actions import days as ledger
from evenhand.domains.support.models import (
    Application,
    Assessment,
    Consultant,
    Conversation,
    DayEntry,
    Engagement,
    Invoice,
    Participant,
    Shortlisted,
)
from evenhand.domains.support.tests import engaging, make

pytestmark = pytest.mark.django_db
OFFICER = "programme-officer"
WORDS = (
    *(f"answers.{slug}" for slug in ("situation", "barriers", "change", "people", "ready", "consultant", "contact")),
    "organisation",
    "writer",
    "writer.email",
    "participant.email",
    "question",
    "reply",
    "file",
    "assessor",
    "reasons",
    "query",
    "why_ineligible",
    "moderation",
    "feedback",
    "brief",
    "note",
    "former.note",
    "why",
    "consultant",
    "about",
    "lived_experience",
    "referees",
    "number",
    "changed",
    "phone",
    "name",
    "caller",
    "when",
    "needs",
)


def secret(field):
    """A word that stands nowhere else."""
    return f"zq{field.replace('.', '').replace('_', '')}{uuid4().hex[:5]}"


class Everything:
    """Applications at four states and an engagement, with a word of its own in every field, and everybody."""

    def __init__(self):
        self.words = {field: secret(field) for field in WORDS}
        self.round = make.opened()
        self.officer = make.person(OFFICER, name="officer")
        self.writer = self.named(make.person(), self.words["writer"])
        address = f"{self.words['writer.email']}@example.org"
        Person.objects.filter(pk=self.writer.person.pk).update(email=address)
        self.writer = make.again(self.writer)
        self.judges = [make.person("assessor", name="assessor") for _ in range(2)]
        self.named(self.judges[0], self.words["assessor"])
        self.conflicted, self.undeclared = make.person("assessor"), make.person("assessor")
        self.sided = make.person(OFFICER, "assessor")
        self.assess()
        self.refuse()
        self.decide()
        self.help()
        Conversation.objects.create(
            key=uuid4(),
            programme="consultancy",
            kind="talk",
            name=self.words["name"],
            organisation=self.words["caller"],
            phone=self.words["phone"],
            when=self.words["when"],
            needs=self.words["needs"],
        )

    def named(self, caller, name):
        Person.objects.filter(pk=caller.person.pk).update(name=name)
        return make.again(caller)

    def begun(self):
        made = make.begun(
            self.writer, one=self.round, of=make.organisation(name=f"{self.words['organisation']} {uuid4().hex[:4]}")
        )
        actions.say_facts(made, make.FACTS, by=self.writer)
        answers = {field.partition(".")[2]: word for field, word in self.words.items() if field.startswith("answers.")}
        return actions.write(made, make.ANSWERS | answers, by=self.writer)

    def sent(self):
        return actions.move(self.begun(), "send", by=self.writer)

    def assess(self):
        made = self.begun()
        participants.invite(made, f"{self.words['participant.email']}@example.org", by=self.writer)
        sound = SimpleUploadedFile(f"{self.words['file']}.mp3", b"\xff\xfb\x90\x64" + bytes(64))
        files.attach(made, sound, by=self.writer)
        made = actions.move(made, "send", by=self.writer)
        made = actions.move(made, "find-eligible", by=self.officer)
        made = actions.move(made, "ask", by=self.officer, question=self.words["question"])
        made = actions.move(made, "reply", by=self.writer, answer=self.words["reply"])
        self.declare(made)
        assessing.ask(made, [one.person for one in self.judges], by=self.officer)
        self.hand_in(made, self.judges[0], self.words["reasons"])
        self.assessed = made

    def declare(self, made):
        for judge in self.judges:
            assessing.declare(made.round, made.organisation, by=judge, conflict=False)
        for judge in (self.conflicted, self.sided):
            assessing.declare(made.round, made.organisation, by=judge, conflict=True)

    def hand_in(self, made, judge, words):
        one = Assessment.objects.get(application=made, person=judge.person)
        assessing.keep_scores(one, make.scores(made), {"need": words}, by=judge)
        assessing.move(one, "hand-in", by=judge)

    def refuse(self):
        made = actions.move(self.sent(), "find-ineligible", by=self.officer, why=self.words["why_ineligible"])
        self.declare(made)
        self.refused = actions.move(made, "query", by=self.writer, why=self.words["query"])

    def decide(self):
        made = actions.move(self.sent(), "find-eligible", by=self.officer)
        self.declare(made)
        assessing.ask(made, [one.person for one in self.judges], by=self.officer)
        for judge in self.judges:
            self.hand_in(made, judge, "Clear.")
        made = Application.objects.get(pk=made.pk)
        talked = {"scores": make.scores(made), "why": self.words["moderation"]}
        made = actions.move(made, "moderate", by=self.officer, **talked)
        self.decided = actions.move(made, "offer", by=self.officer, amount=Decimal(5), feedback=self.words["feedback"])

    def help(self):
        actions.move(self.decided, "accept", by=self.writer)
        former = engaging.consultant()
        self.former = engaging.self_of(former)
        found = engaging.consultant(
            name=self.words["consultant"],
            about=self.words["about"],
            lived_experience=self.words["lived_experience"],
            lived_experience_shown=True,
            referees=self.words["referees"],
        )
        self.helper, self.outsider = engaging.self_of(found), engaging.self_of(engaging.consultant())
        world = object.__new__(engaging.World)
        world.officer, world.owner = self.officer, self.writer
        world.engagement = Engagement.objects.get(application=self.decided)
        for consultant, helper, words in ((former, self.former, "former.note"), (found, self.helper, "note")):
            world.consultant, world.helper = consultant, helper
            world.to("in-progress")
            entry = world.record(1, ago=2 if words == "note" else 9, note=self.words[words])
            ledger.confirm(entry, by=self.writer)
            if words == "former.note":
                world.step("rematch", self.writer)
        taken = world.record("0.25", ago=5, note="Not so.")
        ledger.correct(taken, by=self.writer, why=self.words["why"])
        engagement = world.fresh()
        pool.submit_invoice(engagement, by=self.helper, number=self.words["number"], days=1, amount=Decimal(400))
        Engagement.objects.filter(pk=engagement.pk).update(brief=self.words["brief"])
        world.fresh()
        world.to("delivered")
        engagements.say_what_changed(world.engagement, by=self.writer, words=self.words["changed"])
        self.engagement = world.fresh()

    def viewers(self):
        """Everybody who could look, by what they are to all this."""
        of = make.organisation()
        other = make.person("organisation-owner", organisation=of)
        make.begun(other, one=self.round, of=of)
        roles = ("funder", "content-editor", "commissioner", "official", "secretariat")
        return {
            "writer": self.writer,
            "officer": self.officer,
            "an officer with a conflict": self.sided,
            "an assessor who was asked": self.judges[1],
            "an assessor with a conflict": self.conflicted,
            "an assessor who has not declared": self.undeclared,
            "the consultant": self.helper,
            "a consultant before": self.former,
            "another consultant": self.outsider,
            "another organisation": other,
            **{role: make.person(role) for role in roles},
        }

    def pages(self):
        """Every address that could tell something of all this."""
        yield from (
            "/support/",
            "/support/consultancy/",
            "/support/consultancy/promises/",
            "/support/consultancy/360giving.json",
        )
        for name in ("applications", "assessing", "consultants", "consultant-mine", "engagements", "reports"):
            yield reverse(f"support:{name}")
        yield from (reverse(f"staff_support:{name}") for name in ("desk", "rounds"))
        yield reverse("staff_support:round", args=[self.round.pk])
        for made in (self.assessed, self.refused, self.decided):
            for name in ("application", "facts", "review", "sheet"):
                yield reverse(f"support:{name}", args=[made.reference])
            for number in (1, 2, 3, 4):
                yield reverse("support:section", args=[made.reference, number])
            yield reverse("staff_support:application", args=[made.reference])
            yield reverse("staff_support:write-down", args=[made.reference])
        yield reverse("support:engagement", args=[self.engagement.reference])
        yield reverse("support:engagement-questions", args=[self.engagement.reference])
        yield from (reverse("support:consultant", args=[one.pk]) for one in Consultant.objects.all())
        yield reverse("support:dashboard", args=["consultancy"])
        yield from (reverse("account"), "/news/", f"/search/?q={self.words['organisation']}")


STAFF = frozenset({"officer"})
BOTH = frozenset({"officer", "writer"})
READERS = BOTH | {"an assessor who was asked"}
HELPED = BOTH | {"the consultant"}
ANY_OFFICER = frozenset({"officer", "an officer with a conflict"})
TABLE = {
    **dict.fromkeys([field for field in WORDS if field.startswith("answers.")], READERS),
    "answers.contact": BOTH,
    "writer": BOTH,
    "writer.email": {"writer"},
    "participant.email": {"writer"},
    "question": READERS,
    "reply": READERS,
    "file": BOTH,
    "assessor": ANY_OFFICER,  # who declares in a round, in its journal: never on whom
    "reasons": STAFF,
    "query": BOTH,
    "why_ineligible": BOTH,
    "moderation": STAFF,
    "feedback": BOTH,
    "brief": HELPED,
    "note": HELPED,
    "former.note": BOTH | {"a consultant before"},
    "why": HELPED,
    "consultant": HELPED | {"an officer with a conflict"},  # the pool
    "about": HELPED | {"an officer with a conflict"},
    "lived_experience": HELPED | {"an officer with a conflict"},
    "referees": {"officer", "an officer with a conflict", "the consultant"},
    "number": {"officer", "the consultant"},
    "changed": BOTH,
    **dict.fromkeys(("phone", "name", "caller", "when", "needs"), ANY_OFFICER),
}
# What is no word of anybody: states, times, counts, choices of a list, and references.
PLAIN = {
    "Application": {
        "reference",
        "status",
        "way",
        "facts",
        "proposal",
        "agreed_scores",
        "begun_by",
        "checked_by",
        "decided_by",
    },
    "Assessment": {"status", "scores", "asked_by"},
    "Participant": {"key", "invited_by"},
    "Conversation": {"programme", "kind", "settled_by"},
    "Engagement": {"reference", "status", "skills"},
    "DayEntry": {"kind", "by"},
    "Consultant": {"kind", "skills", "areas", "status", "endorsed_by"},
    "Invoice": {"status", "checked_by", "approved_by"},
    "Shortlisted": {"points", "outcome"},
}
NAMED = {
    "Participant.email": "participant.email",
    "Conversation.organisation": "caller",
    "Consultant.name": "consultant",
}


@pytest.mark.long
def test_each_field_is_seen_on_any_page_by_those_of_the_table_and_nobody_else(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    everything = Everything()
    everybody = {**everything.viewers(), "a visitor": None}
    seen = {field: set() for field in WORDS}
    for who, caller in everybody.items():
        browser = signed_in(caller.person) if caller else Client()
        for page in everything.pages():
            response = browser.get(page)
            assert response.status_code < 500, (who, page)
            text = b"".join(response) if response.streaming else response.content
            found = html.unescape(text.decode())
            for field, word in everything.words.items():
                if word in found:
                    seen[field].add(who)
    assert seen.pop("organisation") == set(everybody)  # by name, in the directory: the control that pages are read
    assert {field: sorted(who) for field, who in seen.items()} == {field: sorted(TABLE[field]) for field in seen}


@pytest.mark.parametrize(
    "model",
    [Application, Assessment, Participant, Conversation, Engagement, DayEntry, Consultant, Invoice, Shortlisted],
    ids=lambda model: model.__name__,
)
def test_every_field_that_holds_words_is_in_the_table(model):
    kinds = (models.CharField, models.TextField, models.JSONField)
    for field in model._meta.fields:
        name = NAMED.get(f"{model.__name__}.{field.name}", field.name)
        if isinstance(field, kinds) and not field.primary_key and field.name not in PLAIN[model.__name__]:
            assert name in TABLE or (field.name == "answers" and "answers.contact" in TABLE), (model, field.name)
