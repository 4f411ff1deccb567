"""Looking for help: what was typed and chosen becomes a search, and a search that finds nothing leads somewhere."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from evenhand.domains.directory.queries.index.asking import Asked, Clause, Word, squares_within, tagged, together
from evenhand.domains.directory.queries.index.entries import ANY, wider
from evenhand.domains.directory.queries.index.reading import Reading, read
from evenhand.domains.directory.queries.index.searching import (
    MADE_FOR,
    NAMED,
    SOUGHT,
    Around,
    Found,
    Wanted,
    count,
    search,
    speller,
)
from evenhand.library.places import UnknownPlace, UnknownPostcode
from evenhand.library.places.whereabouts import Whereabouts, whereabouts

PER_PAGE: Final = 20
WITHIN: Final = (5, 10, 25, 50)
USUAL: Final = 25
EVERYWHERE: Final = 1000  # miles
FEW: Final = 3  # of so many needs at so many places each two are looked for as one word
NATIONS: Final = ("K04000001", "E92000001", "W92000004")
PEOPLE: Final = ("community", "faith", "gender")


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for: in their own words, and what they chose from lists; a blank is not asked for."""

    q: str = ""
    near: str = ""
    need: str = ""
    who: tuple[str, ...] = ()  # such as community:five/black, faith:muslim, gender:women
    stage: str = ""
    referrer: str = ""
    language: str = ""
    within: int = USUAL
    page: int = 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing is asked for."""
        return not any(
            (self.q.strip(), self.near.strip(), self.need, self.who, self.stage, self.referrer, self.language)
        )


@dataclass(frozen=True, slots=True)
class Way:
    """A search that finds something where another found nothing: what is different, and how many it finds."""

    kind: str  # "within", "nations", or the name of what is left out
    search: Search
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and how the search was understood."""

    search: Search
    found: Found
    reading: Reading
    where: Whereabouts | None = None
    place_fault: UnknownPlace | UnknownPostcode | None = None
    made_for: int = 0
    without: tuple[str, ...] = ()  # words that nothing has, and that were left out
    beyond: bool = False  # whether nothing is near, and the nearest elsewhere was found instead
    ways: tuple[Way, ...] = ()
    people: tuple[tuple[str, str], ...] = ()  # kind and term of the people who were meant
    needs: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Understood:
    """A search with everything in it read."""

    search: Search
    reading: Reading
    where: Whereabouts | None
    fault: UnknownPlace | UnknownPostcode | None
    words: tuple[str, ...]
    loosely: bool = False  # whether it is enough that a service says what was typed
    anywhere: bool = False  # whether it need not be near, though the nearest comes first

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        chosen = [(kind, term) for kind, _, term in (each.partition(":") for each in self.search.who)]
        kinds = {kind for kind, _ in chosen}
        said = [(each.kind, each.term) for each in self.reading.meant if each.kind in PEOPLE]
        return tuple(dict.fromkeys((*chosen, *(each for each in said if each[0] not in kinds))))

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.search.need,) if self.search.need else self.reading.of("need")


def find_help(asked: Search, *, today: dt.date) -> Answer:
    """One page of what helps, the best first. What finds nothing comes with ways to something.

    Near a place that nobody knows there is nothing: all that there is anywhere would be no answer.
    """
    typed = _understood(asked)
    if typed.fault is not None:
        return Answer(asked, Found(0), typed.reading, place_fault=typed.fault, ways=tuple(_ways(asked)))
    first = (asked.page - 1) * PER_PAGE
    for understood in _readings(typed):
        wanted = _wanted(understood)
        found = search(wanted, today=today, first=first, most=PER_PAGE)
        if found.total:
            break
    last = -(-found.total // PER_PAGE)
    if found.total and asked.page > last:  # from an old link: the last one there is
        return find_help(replace(asked, page=last), today=today)
    return Answer(
        asked,
        found,
        understood.reading,
        understood.where,
        made_for=found.made_for,
        without=typed.words if not understood.words else (),
        beyond=understood.anywhere and bool(found.total),
        ways=tuple(_ways(asked)) if not found.total or understood.anywhere else (),
        people=understood.people,
        needs=understood.needs,
    )


def _readings(understood: _Understood) -> Iterator[_Understood]:
    """A search as it was typed, then ever more loosely: nobody is sent away for a word too many, or for being far."""
    yield understood
    loose = replace(understood, loosely=True)
    if understood.reading.phrases and not understood.search.need:
        yield loose
    if understood.words:
        yield replace(understood, words=())
        loose = replace(loose, words=())
    if understood.where is not None:
        yield replace(understood, words=(), anywhere=True)
        yield replace(loose, anywhere=True)
    elif understood.words:
        yield loose


def _understood(asked: Search) -> _Understood:
    reading = read(asked.q, speller()) if asked.q.strip() else Reading()
    where, fault = None, None
    if text := asked.near.strip() or reading.place:
        try:
            where = whereabouts(text)
        except (UnknownPlace, UnknownPostcode) as unknown:
            fault = unknown
    return _Understood(asked, reading, where, fault, reading.words)


def _wanted(understood: _Understood) -> Wanted:
    where, within = understood.where, EVERYWHERE if understood.anywhere else understood.search.within
    return Wanted(
        Asked().also(*_selecting(understood)),
        tuple(_open_to(understood)),
        Around(where.latitude, where.longitude, within) if where is not None else None,
        tuple(_forward(understood)),
        tuple(_made_for(understood)),
    )


def _selecting(understood: _Understood) -> Iterator[Clause]:
    """What must hold. A need at a place is looked for as one; the words of a court, or for a need, stand apart."""
    chosen = understood.search
    needs, places = _needs(understood), _places(understood)
    if 0 < len(needs) <= FEW and places and all(word.part == "tags" for word in (*needs, *places)):
        yield together(places, needs)
    else:
        yield needs
        yield places
    if chosen.stage:
        yield tagged("stage", chosen.stage, ANY)
    if chosen.referrer:
        yield tagged("referrer", chosen.referrer)
    if chosen.language:
        yield tagged("language", chosen.language)
    for word in understood.words:
        yield (Word(word),)


def _needs(understood: _Understood) -> Clause:
    """With what it must help."""
    if understood.search.need:
        return tagged("need", understood.search.need)
    needs = tagged("need", *understood.reading.of("need"))
    said = understood.reading.phrases if understood.loosely and needs else ()
    return (*needs, *(Word(phrase) for phrase in said))


def _places(understood: _Understood) -> Clause:
    """Near what it must be, or what it must cover."""
    where = understood.where
    if where is None or understood.anywhere:
        return ()
    near: Clause = ()
    if where.latitude is not None and where.longitude is not None:
        near = squares_within(understood.search.within, where.latitude, where.longitude)
    covers = tagged("covers", *dict.fromkeys((*where.codes, *NATIONS[:1])))
    inside = tagged("within", *where.codes[:1])
    return (*near, *covers, *inside, *_court(understood))


def _open_to(understood: _Understood) -> Iterator[Clause]:
    """To whom it must be open."""
    for kind, term in understood.people:
        yield (*tagged(f"for{kind}", *wider(kind, term)), *tagged(f"for{kind}", ANY))


def _made_for(understood: _Understood) -> Iterator[Clause]:
    """What is made for the people: one for Black people is made for Black men, unless it is for women alone."""
    for kind, term in understood.people:
        if kind != "gender" or len(understood.people) == 1:
            yield tagged(f"for{kind}", *wider(kind, term))


def _court(understood: _Understood) -> Clause:
    """That an entry names the court that was meant."""
    return (Word(understood.reading.court),) if understood.reading.court else ()


def _forward(understood: _Understood) -> Iterator[tuple[Clause, float]]:
    """What brings an entry forward."""
    reading = understood.reading
    for clause in (*_made_for(understood), *filter(None, (_court(understood),))):
        yield clause, MADE_FOR
    for kind, term in understood.people:
        if kind == "community":
            yield tagged("led-by", *wider(kind, term)), SOUGHT
        elif kind == "gender":
            yield tagged("forgender", term), SOUGHT
    needs = reading.of("need")
    if not understood.search.need and len(needs) > 1:
        yield tagged("need", needs[0]), SOUGHT
    if reading.phrases:
        yield tagged("named", *needs), NAMED
    if understood.words:
        yield tuple(Word(word, "name") for word in understood.words), NAMED
    for kind in ("stage", "language", "age"):
        for term in reading.of(kind):
            yield tagged(kind, term), SOUGHT


def _ways(asked: Search) -> Iterator[Way]:
    """Searches that differ in one thing and find something: a wider area, everywhere, or one filter fewer."""
    understood = _understood(asked)
    if understood.where is not None:
        wide = replace(asked, within=max(WITHIN), page=1)
        if asked.within < max(WITHIN) and (total := _total(wide)):
            yield Way("within", wide, total)
        nations = replace(asked, near="England and Wales", page=1)
        if total := _total(nations):
            yield Way("nations", nations, total)
    if understood.fault is not None:
        anywhere = replace(asked, near="", page=1)
        if not anywhere.is_blank and (total := _total(anywhere)):
            yield Way("near", anywhere, total)
        return
    for name in ("q", "need", "who", "stage", "referrer", "language"):
        if getattr(asked, name):
            fewer = replace(asked, **{name: type(getattr(asked, name))(), "page": 1})
            if not fewer.is_blank and (total := _total(fewer)):
                yield Way(name, fewer, total)


def _total(asked: Search) -> int:
    understood = _understood(asked)
    return count(_wanted(replace(understood, words=())).all)
