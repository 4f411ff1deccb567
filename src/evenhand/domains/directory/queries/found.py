"""The page of a search: what was asked in words, the choices, and each result as it is shown."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.design.parts import Link, Pages, pages
from evenhand.core.pages import Kept
from evenhand.domains.directory.models import Entry
from evenhand.domains.directory.queries import words
from evenhand.domains.directory.queries.finding import PER_PAGE, USUAL, WITHIN, Answer, Search, Way
from evenhand.domains.directory.queries.index.searching import Result
from evenhand.domains.directory.queries.shown import shown_all, with_all
from evenhand.library.places import UnknownPlace

CARDS: Final = Kept(5000)
LISTS: Final = Kept(500)
NEAR_ENOUGH: Final = 0.5  # miles; nearer than this is said as less than a mile


@dataclass(frozen=True)
class Page:
    """Everything that the page says."""

    heading: str
    lede: str
    remarks: tuple[str, ...]
    near: tuple[Link, ...]
    results: SafeString
    ways: tuple[Link, ...]
    pages: Pages | None
    count: str
    checked_again: str


def page_of(answer: Answer, *, today: dt.date) -> Page:
    """The page of an answer."""
    total = answer.found.total
    return Page(
        heading=_heading(answer),
        lede=_lede(answer),
        remarks=tuple(_remarks(answer)),
        near=tuple(_near(answer)),
        results=_results(answer, today),
        ways=tuple(Link(_way(way), address(way.search), note=str(way.total)) for way in answer.ways),
        pages=_pages(answer),
        count=ngettext("%(total)s service", "%(total)s services", total) % {"total": f"{total:,}"},
        checked_again=formats.date_format(today + dt.timedelta(days=30), "j F Y"),
    )


def address(search: Search, **changed: object) -> str:
    """The address of a search."""
    asked = replace(search, **changed) if changed else search  # type: ignore[arg-type]
    pairs: list[tuple[str, str]] = [
        (name, str(getattr(asked, name)))
        for name in ("q", "near", "need", "stage", "referrer", "language")
        if getattr(asked, name)
    ]
    pairs += [("who", each) for each in asked.who]
    if asked.within != USUAL:
        pairs.append(("within", str(asked.within)))
    if asked.page > 1:
        pairs.append(("page", str(asked.page)))
    return f"{reverse('directory:find')}?{urlencode(pairs)}" if pairs else reverse("directory:find")


def choices(search: Search) -> dict[str, SafeString]:
    """The lists of the form, with what was chosen: written once for each choice."""
    return {
        "need": _list("need", search.need),
        "who": _list("who", *search.who[:1]),
        "stage": _list("stage", search.stage),
        "referrer": _list("referrer", search.referrer),
        "language": _list("language", search.language),
        "within": _list("within", str(search.within)),
    }


def _list(name: str, chosen: str = "") -> SafeString:
    key = (name, chosen, translation.get_language())
    if kept := LISTS.find(key):
        return mark_safe(kept[0].decode())  # noqa: S308  (made below)
    written = format_html_join("", "{}", ((each,) for each in _options(name, chosen)))
    LISTS.keep(key, (written.encode(), {}))
    return written


def _options(name: str, chosen: str) -> Iterator[SafeString]:
    if name == "within":
        for miles in WITHIN:
            yield _option(str(miles), _("%(miles)s miles") % {"miles": miles}, chosen)
        return
    if name != "who":
        for term, called in words.known(name).items():
            yield _option(term, called, chosen)
        return
    headings = {"community": _("Ethnicity or community"), "faith": _("Faith"), "gender": _("Gender")}
    for kind, heading in headings.items():
        inside = format_html_join(
            "", "{}", ((_option(f"{kind}:{term}", called, chosen),) for term, called in words.known(kind).items())
        )
        yield format_html('<optgroup label="{}">{}</optgroup>', heading, inside)


def _option(value: str, name: str, chosen: str) -> SafeString:
    selected = mark_safe(" selected") if value == chosen else ""
    return format_html('<option value="{}"{}>{}</option>', value, selected, name)


def _heading(answer: Answer) -> str:
    if answer.place_fault is not None:
        return _("We do not know that place")
    place = answer.where.name if answer.where else ""
    people = _people(answer)
    said = {"place": place, "people": people}
    if place and people:
        return _("Help near %(place)s for %(people)s") % said
    if place:
        return _("Help near %(place)s") % said
    return _("Help for %(people)s") % said if people else _("Help")


def _people(answer: Answer) -> str:
    return ", ".join(words.people(kind, term) for kind, term in answer.people)


def _lede(answer: Answer) -> str:
    total, made_for = answer.found.total, answer.made_for
    if answer.beyond and answer.where:
        said = {"place": answer.where.name, "total": f"{total:,}"}
        return (
            _("Nothing listed near %(place)s fits all of that. Here is what there is elsewhere, the nearest first.")
            % said
        )
    if answer.place_fault is not None:
        return _unplaced(answer)
    needs = ", ".join(words.called("need", need) for need in answer.needs)
    parts = []
    if total:
        said = {"total": f"{total:,}", "needs": needs}
        parts.append(
            ngettext("%(total)s service", "%(total)s services", total) % said
            + (_(" for: %(needs)s.") % said if needs else ".")
        )
    else:
        parts.append(_("Nothing here fits all of that yet."))
    if total and answer.people:
        said = {"made": f"{made_for:,}", "people": _people(answer)}
        if made_for == total:
            parts.append(_("All are made for %(people)s.") % said)
        elif made_for:
            parts.append(
                ngettext(
                    "%(made)s is made for %(people)s and comes first; the others are open to everyone.",
                    "%(made)s are made for %(people)s and come first; the others are open to everyone.",
                    made_for,
                )
                % said
            )
        else:
            parts.append(_("None says that it is made for %(people)s; these are open to everyone.") % said)
    return " ".join(parts)


def _remarks(answer: Answer) -> Iterator[str]:
    """How the search was read, where that is not plain."""
    for typed, read in answer.reading.mended:
        yield _("We read “%(typed)s” as “%(read)s”.") % {"typed": typed, "read": read}
    if answer.where and answer.where.guessed:
        yield _("We took “%(typed)s” to be %(place)s.") % {"typed": answer.where.guessed, "place": answer.where.name}
    if answer.where and answer.where.note and answer.found.total:
        yield answer.where.note
    if missed := (*answer.reading.unknown, *answer.without):
        yield _("No service says “%(words)s”, so we looked without that.") % {"words": " ".join(missed)}


def _unplaced(answer: Answer) -> str:
    if isinstance(answer.place_fault, UnknownPlace):
        said = {"typed": answer.place_fault.text}
        return _("We know no place called “%(typed)s”. Check the spelling, or type a postcode.") % said
    return str(answer.place_fault)


def _near(answer: Answer) -> Iterator[Link]:
    if isinstance(answer.place_fault, UnknownPlace):
        for name in answer.place_fault.near:
            yield Link(name, address(answer.search, near=name))


def _results(answer: Answer, today: dt.date) -> SafeString:
    """Each result as it stands in the list: how far it is, and its card."""
    cards, language = _cards(answer.found.results, today), translation.get_language()
    return format_html_join(
        "\n",
        '<li class="card">{}{}</li>',
        ((_distance(one.miles, language), cards[one.id]) for one in answer.found.results if one.id in cards),
    )


def _distance(miles: float | None, language: str | None) -> str:
    if miles is None:
        return ""
    return _miles(0 if miles < NEAR_ENOUGH else max(round(miles), 1), language)


@lru_cache(1000)
def _miles(miles: int, language: str | None) -> SafeString:
    """So many miles in the language that is spoken, as a paragraph."""
    del language
    near = _("Less than a mile away")
    far = ngettext("About %(miles)s mile away", "About %(miles)s miles away", miles) % {"miles": miles}
    return format_html('<p class="soft small card__far">{}</p>', far if miles else near)


def _cards(results: tuple[Result, ...], today: dt.date) -> dict[int, SafeString]:
    """The cards of results. An entry is made anew whenever its service changes, so its number is its version."""
    language = translation.get_language()
    held = {each.id: CARDS.find((each.id, language, today)) for each in results}
    missing = [entry for entry, card in held.items() if card is None]
    made: dict[int, SafeString] = {}
    if missing:
        services = dict(Entry.objects.filter(pk__in=missing).values_list("pk", "service_id"))
        rows = with_all(services.values())
        known = [(entry, rows[str(service)]) for entry, service in services.items() if str(service) in rows]
        for (entry, _row), one in zip(known, shown_all((row for _entry, row in known), today), strict=True):
            card = render_to_string("directory/card.html", {"one": one})
            CARDS.keep((entry, language, today), (card.encode(), {}))
            made[entry] = mark_safe(card)  # noqa: S308  (made by our own template)
    for entry, card_ in held.items():
        if card_ is not None:
            made[entry] = mark_safe(card_[0].decode())  # noqa: S308  (as above)
    return made


def _pages(answer: Answer) -> Pages | None:
    last = -(-answer.found.total // PER_PAGE)
    if last <= 1:
        return None
    stem = address(answer.search, page=1)
    return pages(min(answer.search.page, last), last, f"{stem}{'&' if '?' in stem else '?'}page=")


def _way(way: Way) -> str:
    said = {"miles": way.search.within}
    return {
        "within": _("Look within %(miles)s miles") % said,
        "nations": _("Services for all of England and Wales, by phone or post"),
        "near": _("Look in all of England and Wales"),
        "q": _("Leave your own words out"),
        "need": _("Any kind of help"),
        "who": _("For anyone"),
        "stage": _("At any stage"),
        "referrer": _("Whoever refers you"),
        "language": _("In any language"),
    }[way.kind]
