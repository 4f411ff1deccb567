"""What the Commission's register says of a charity: when to worry, what became of it, and where it works."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from evenhand.library.places import Place, UnknownPlace, find
from evenhand.library.places.place import Kind
from evenhand.library.registers.changes import Warned
from evenhand.library.registers.charity_commission.tables import AreaOfOperation, Charity, CharityEvent

REMOVED: Final = "Removed"
OVERDUE: Final = ("Submission Overdue", "Submission Double Default")
REGISTERED: Final = re.compile(r"registration|re-registered", re.IGNORECASE)
# The events after which what a charity did may be going on elsewhere.
PASSED_ON: Final = ("Asset transfer out", "Removed", "Re-registered")

# How the Commission names what we know under another name.
AREAS: Final[Mapping[str, str]] = {
    "Durham": "County Durham",
    "Rhondda Cynon Taff": "Rhondda Cynon Taf",
    "Throughout England": "England",
    "Throughout Wales": "Wales",
    "Throughout England And Wales": "England and Wales",
    "Throughout London": "London",
    "Greater London": "London",
}
KINDS_OF_AREA: Final[Mapping[str, tuple[Kind, ...]]] = {
    "Local Authority": ("council",),
    "Region": ("nation", "region"),
    "Country": ("nation",),
    # Each of these counties but Tyne and Wear is the area of one police force, of the same name.
    "Metropolitan Counties": ("region", "police-force"),
}


class Ending(NamedTuple):
    """How a charity left the register, and the registered numbers of those that its work or assets passed to."""

    on: dt.date | None
    reason: str
    passed_to: tuple[int, ...]


def warnings(charity: Charity) -> tuple[Warned, ...]:
    """What staff should know before they list this charity as it stands, in the register's own words."""
    found = []
    if charity.charity_registration_status == REMOVED:
        found.append(Warned("removed", charity.charity_registration_status, charity.date_of_removal))
    if charity.charity_reporting_status in OVERDUE:
        found.append(Warned("overdue", charity.charity_reporting_status))
    if charity.cio_is_dissolved:
        found.append(Warned("dissolved", "CIO is to be dissolved", charity.date_cio_dissolution_notice))
    if charity.charity_insolvent:
        found.append(Warned("insolvent", "Insolvent"))
    if charity.charity_in_administration:
        found.append(Warned("insolvent", "In administration"))
    return tuple(found)


def ending(events: Iterable[CharityEvent]) -> Ending | None:
    """How the charity of these events left the register, or None where the last of them does not take it off.

    A charity that was removed may have become another, or part of one: look here before anyone is told that it closed.
    """
    history = sorted(events, key=lambda event: event.charity_event_order)
    turns = [event for event in history if event.event_type == REMOVED or REGISTERED.search(event.event_type)]
    if not turns or turns[-1].event_type != REMOVED:
        return None
    own = {event.registered_charity_number for event in history}
    others = (event.assoc_registered_charity_number for event in history if event.event_type in PASSED_ON)
    passed_to = dict.fromkeys(number for number in others if number is not None and number not in own)
    return Ending(turns[-1].date_of_event, turns[-1].reason, tuple(passed_to))


def place_of(area: AreaOfOperation) -> Place | None:
    """The place that an area of operation is, or None where it is none of ours: another country, or a county.

    Nothing is matched by likeness: list what gives None, and look.
    """
    kinds = KINDS_OF_AREA.get(area.geographic_area_type)
    if kinds is None:
        return None
    name = area.geographic_area_description
    plain = re.sub(r"(?i)^city of (?!london$)| city$", "", name)
    for each in (AREAS.get(name, name), plain):
        try:
            return find(each, kinds=kinds)
        except UnknownPlace:
            continue
    return None
