"""The demonstration of days goes the real way, is made once, and is taken away whole."""

import pytest

from evenhand.core.accounts import demonstration as accounts
from evenhand.core.journal.models import Line
from evenhand.domains.support.actions.demonstration_of_days import STATES, load, remove
from evenhand.domains.support.models import Application, Consultant, DayEntry, Engagement
from evenhand.domains.support.tests import engaging as make

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_each_state_can_be_looked_at_and_all_is_taken_away(settings):
    settings.DEMONSTRATION = True
    accounts.load()
    real = make.World()
    for name in STATES:
        of = make.organisation(name)
        type(of).objects.filter(pk=of.pk).update(demonstration=True)
        make.application(of=of)
    consultants, moved = load()
    assert (consultants, moved) == (6, len(STATES) - 1)
    theirs = Engagement.objects.filter(application__organisation__demonstration=True)
    assert set(theirs.values_list("status", flat=True)) == set(STATES)
    assert load() == (0, 0)
    assert remove() == (6, len(STATES))
    assert remove() == (0, 0)
    assert list(Engagement.objects.all()) == [real.engagement]
    assert list(Consultant.objects.all()) == [real.consultant]
    assert not DayEntry.objects.exists()
    assert Line.objects.filter(tag="support.demonstration.remove").count() == 1
    Application.objects.filter(organisation__demonstration=True).delete()
    assert accounts.remove()
