"""The public page of an organisation leads whoever speaks for it to its entry."""

import pytest

from evenhand.core.organisations.models import Organisation
from evenhand.domains.directory.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gathered_styles")]


def test_the_pages_of_an_organisation_and_of_its_services_lead_to_the_claim(client):
    service = make.service()
    own = service.organisation
    door = f"/account/organisations/claim/?organisation={own.slug}"
    assert door in client.get(f"/organisations/{own.slug}/").content.decode()
    assert door in client.get(f"/services/{service.slug}/").content.decode()


def test_what_has_closed_is_nobodys_to_claim(client):
    own = make.organisation(closed_on="2026-01-01")
    assert Organisation.objects.get() == own
    assert "claim/?organisation" not in client.get(f"/organisations/{own.slug}/").content.decode()
