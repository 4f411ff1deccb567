"""A small directory, the same each time, for a site that a browser looks at; nobody in it exists."""

import datetime as dt

from django.utils import timezone

from evenhand.core.access import machine
from evenhand.core.organisations.models import Area, Fact, Organisation
from evenhand.domains.directory.actions.indexing import refresh
from evenhand.domains.directory.models import Unmet
from evenhand.domains.directory.tests import make

OWN = "gateway-mentors"
HIDDEN = [{"visibility": "hidden"}]


def load() -> None:
    """One organisation, with a service in each state that has a page: checked, old, confidential and closed."""
    today = timezone.localdate()
    own = Organisation.objects.create(
        slug=OWN,
        name="Gateway Mentors",
        demonstration=True,
        legal_form="cio",
        income_band="50k-100k",
        email="office@gateway.example",
        phone="0121 496 0112",
        website="https://gateway.example",
        description="Meets people at the gate and stays for a year.",
    )
    Area.objects.create(organisation=own, code="E23000014")
    common = {"basis": Fact.Basis.SAID, "confirmed_by": str(machine("tests").ref), "confirmed_on": today}
    Fact.objects.create(
        organisation=own, kind=Fact.Kind.LED_BY, community="communities:five/black", board_share=80, **common
    )
    make.service(own, name="Gateway Mentoring", minimum_age=18, openings=[{"days": "MO,TU,WE"}])
    coverage = [{"code": "E23000014", "court": ""}, {"code": "", "court": "Birmingham Crown Court"}]
    old = today - dt.timedelta(days=200)
    make.service(own, name="Court Friends", at="stale", checked=old, coverage=coverage, audiences=[])
    abuse = [{"kind": "need", "term": "domestic-abuse"}, {"kind": "need", "term": "housing"}]
    women = [{"kind": "gender", "term": "women", "only": True}]
    make.service(own, name="Safe House", terms=abuse, audiences=women, locations=HIDDEN)
    make.service(own, name="Evening Football", at="closed")
    Unmet.objects.create(month=today.replace(day=1), need="housing", area="E23000014", times=7)
    refresh(today=today)
