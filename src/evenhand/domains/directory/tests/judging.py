"""Whether a result is what a labelled search looked for: judged by what the service says, not by how it was found."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from evenhand.library.places import parents, place

SEARCHES = Path(__file__).parent / "searches.toml"
NEAR = 30  # miles
FIRST = 3


@dataclass(frozen=True)
class Labelled:
    """One search, and what has to be among its first results."""

    q: str
    near: str = ""
    needs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    place: str = ""

    def is_met_by(self, card, miles, *, anywhere=False):
        """Whether one result is it; `anywhere`, wherever it is."""
        return (
            (not self.needs or bool(set(self.needs) & set(card.get("needs", ()))))
            and all(_is_for(card, people, open_too=bool(self.needs)) for people in self.people)
            and (anywhere or not self.place or _is_at(card, miles, self.place))
        )


def labelled():
    """Every labelled search."""
    rows = tomllib.loads(SEARCHES.read_text(encoding="utf-8"))["search"]
    return [Labelled(**{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}) for row in rows]


def _is_for(card, people, *, open_too):
    """Made for them, or for a group that holds them or is held by them; or else for nobody in particular."""
    kind, _, term = people.partition(":")
    made_for = {(each[0], each[1]) for each in card.get("audiences", ())}
    if open_too and kind not in {held for held, _ in made_for}:
        return True
    return (kind, term) in made_for or any(
        held == kind and _holds(term, other) for held, other in made_for if kind == "community"
    )


def _holds(wide, term):
    from evenhand.domains.directory.queries.index.entries import wider

    return wide in wider("community", term) or term in wider("community", wide)


def _is_at(card, miles, code):
    around = {code, *(each.code for each in parents(place(code)))}
    covers = set(card.get("covers", ()))
    return (
        bool(covers & around)
        or any(code in place(each).parents for each in covers)
        or (miles is not None and miles <= NEAR)
    )
