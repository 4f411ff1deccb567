"""A made-up organisation and service that use every field of the standard."""

import datetime as dt
from decimal import Decimal

from evenhand.library.openreferral import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Organization,
    OrganizationIdentifier,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    attribute,
    stable_id,
)

SERVICE = stable_id("service", "example")
ORGANIZATION = stable_id("organization", "GB-CHC-9100001")
PLACE = stable_id("location", "example")
CONTACT = stable_id("contact", "example")
PHONE = stable_id("phone", "example")
NUMBER = stable_id("organization_identifier", "GB-CHC-9100001")


def organization(**more):
    return Organization(
        **{
            "id": ORGANIZATION,
            "name": "Bridge of Examples (made up)",
            "description": "A made-up charity.",
            "email": "office@bridge.example",
            "website": "https://bridge.example/",
            "logo": "https://bridge.example/logo.svg",
            "uri": "https://evenhand.example/organisations/bridge/",
            "parent_organization_id": stable_id("organization", "parent"),
            "organization_identifiers": (
                OrganizationIdentifier(
                    id=NUMBER,
                    organization_id=ORGANIZATION,
                    identifier_scheme="GB-CHC",
                    identifier_type="Charity number",
                    identifier="9100001",
                    attributes=(attribute(NUMBER, "topics", "prisons"),),
                ),
            ),
            "attributes": (
                attribute(ORGANIZATION, "leadership", "led-by"),
                attribute(ORGANIZATION, "communities", "five/black", link_type="led-by"),
            ),
            **more,
        }
    )


def location(**more):
    return Location(
        **{
            "id": PLACE,
            "location_type": "physical",
            "name": "Example House",
            "description": "Ground floor.",
            "latitude": 52.48,
            "longitude": -1.9,
            "external_identifier": "1",
            "external_identifier_type": "UPRN",
            "addresses": (
                Address(
                    id=stable_id("address", "example"),
                    location_id=PLACE,
                    attention="Reception",
                    address_1="1 Example Street",
                    city="Exampleton",
                    region="West Midlands",
                    state_province="West Midlands",
                    postal_code="ZZ99 9ZZ",
                    country="GB",
                    address_type="physical",
                    attributes=(attribute(stable_id("address", "example"), "topics", "prisons"),),
                ),
            ),
            "accessibility": (
                Accessibility(
                    id=stable_id("accessibility", "example"),
                    location_id=PLACE,
                    description="Step-free.",
                    details="The side door.",
                    url="https://bridge.example/access",
                    accessibility="Step-free entrance",
                    attributes=(attribute(stable_id("accessibility", "example"), "topics", "prisons"),),
                ),
            ),
            "attributes": (attribute(PLACE, "topics", "prisons"),),
            **more,
        }
    )


def service(**more):
    return Service(
        **{
            "id": SERVICE,
            "organization_id": ORGANIZATION,
            "name": "Mentoring on release (made up)",
            "description": "A mentor before release and after it.",
            "url": "https://bridge.example/mentoring",
            "email": "mentoring@bridge.example",
            "status": "active",
            "fees": "Free",
            "accreditations": "None",
            "minimum_age": 18,
            "maximum_age": 25.5,
            "assured_date": dt.date(2026, 11, 2),
            "assurer_email": "directory@evenhand.example",
            "alert": "Closed in the first week of January.",
            "last_modified": dt.datetime(2026, 10, 3, 9, 30, 45, 123_000, tzinfo=dt.UTC),
            "schedules": (
                Schedule(
                    id=stable_id("schedule", "example"),
                    service_id=SERVICE,
                    service_at_location_id=stable_id("service_at_location", "example"),
                    valid_from=dt.date(2026, 1, 1),
                    valid_to=dt.date(2026, 12, 31),
                    dtstart=dt.date(2026, 1, 6),
                    freq="WEEKLY",
                    interval=2,
                    byday="TU,TH",
                    bymonthday="1,15",
                    description="Tuesdays and Thursdays",
                    opens_at=dt.time(9, 30),
                    closes_at=dt.time(16, 0),
                    schedule_link="https://bridge.example/times",
                    attending_type="In person",
                    notes="Not on bank holidays.",
                ),
            ),
            "service_areas": (
                ServiceArea(
                    id=stable_id("service_area", "E08000025"),
                    service_id=SERVICE,
                    name="Birmingham",
                    extent="Birmingham",
                    extent_type="text",
                    uri="http://statistics.data.gov.uk/id/statistical-geography/E08000025",
                    service_area="Birmingham",
                ),
            ),
            "service_at_locations": (
                ServiceAtLocation(
                    id=stable_id("service_at_location", "example"),
                    service_id=SERVICE,
                    location_id=PLACE,
                    location=location(),
                ),
            ),
            "languages": (Language(id=stable_id("language", "so"), service_id=SERVICE, name="Somali", code="so"),),
            "organization": organization(),
            "funding": (Funding(id=stable_id("funding", "example"), service_id=SERVICE, source="A made-up trust"),),
            "cost_options": (
                CostOption(
                    id=stable_id("cost_option", "example"),
                    service_id=SERVICE,
                    valid_from=dt.date(2026, 1, 1),
                    valid_to=dt.date(2026, 12, 31),
                    option="Everyone",
                    amount=Decimal("2.50"),
                    amount_description="for lunch",
                ),
            ),
            "contacts": (
                Contact(
                    id=CONTACT,
                    service_id=SERVICE,
                    name="Duty worker",
                    title="Duty worker",
                    email="duty@bridge.example",
                    attributes=(attribute(CONTACT, "topics", "prisons"),),
                    phones=(
                        Phone(
                            id=PHONE,
                            contact_id=CONTACT,
                            number="01632 960001",
                            description="Weekdays",
                            languages=(Language(id=stable_id("language", "phone"), phone_id=PHONE, name="Welsh"),),
                        ),
                    ),
                ),
            ),
            "attributes": (
                attribute(SERVICE, "needs", "mentoring"),
                attribute(SERVICE, "stages", "release-and-recall"),
                attribute(SERVICE, "communities", "census-2021-19/black-caribbean"),
                attribute(SERVICE, "faiths", "muslim"),
                attribute(SERVICE, "who-may-come", "open-to-all"),
            ),
            "more": {"referral": {"self_referral": True, "how": "By telephone"}},
            **more,
        }
    )
