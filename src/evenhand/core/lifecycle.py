"""Lifecycles: the states of a thing, the moves between them, and the only code that sets a status."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.access import Caller, Who
from evenhand.core.errors import NotAllowed, NotPossible, Refused
from evenhand.core.journal.actions import record

Effect = Callable[..., Any]
# What a person is told to give, by the name of the detail that a move needs.
ASKED = {
    "why": gettext_lazy("Say why."),
    "on": gettext_lazy("Give the day."),
    "decided_on": gettext_lazy("Give the day of the decision."),
    "outcome": gettext_lazy("Say what came of it."),
    "answer": gettext_lazy("Write the answer."),
    "reply": gettext_lazy("Write the reply."),
    "response": gettext_lazy("Write the response."),
    "words": gettext_lazy("Write what is to be said."),
    "url": gettext_lazy("Give the address of the page that says so."),
    "verification": gettext_lazy("Say how it was verified."),
    "seen": gettext_lazy("Say what was seen."),
    "key": gettext_lazy("Open the whole link from the message."),
}
OTHERWISE = gettext_lazy("Fill in what is missing.")


@dataclass(frozen=True)
class State:
    """Where a thing can stand. The name is permanent, the words are free; from a state that ends nothing goes on."""

    name: str
    words: str
    ends: bool = False

    @property
    def label(self) -> str:
        """What it is called, in the language of whoever reads."""
        return _(self.words)


@dataclass(frozen=True)
class Move:
    """A step that somebody may take from some states to another, and what has to be given with it."""

    name: str
    words: str
    start: tuple[str, ...]
    end: str
    who: Who
    needs: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()  # which of the details given are personal, and go when the person's data go
    own: tuple[str, ...] = ()  # which are the subject's own, and go when what the journal holds of it is erased

    @property
    def label(self) -> str:
        """What its button says, in the language of whoever reads."""
        return _(self.words)


@dataclass(frozen=True)
class Lifecycle:
    """States, the first of them where everything begins, and the moves between them."""

    name: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    column: str = "status"
    _effects: dict[str, Effect] = field(default_factory=dict, repr=False, compare=False)

    @property
    def first(self) -> str:
        """Where a thing begins."""
        return self.states[0].name

    def state(self, name: str) -> State:
        """A state by its name; KeyError if there is none."""
        return {state.name: state for state in self.states}[name]

    def on(self, name: str) -> Callable[[Effect], Effect]:
        """Attach what a move does besides: a function of the subject, `by` and the details given. One a move."""
        if name not in {move.name for move in self.moves}:
            raise ValueError(f"{self.name} has no move {name}")

        def attach(effect: Effect) -> Effect:
            if self._effects.setdefault(name, effect) is not effect:
                raise ValueError(f"{self.name}.{name} has an effect already")
            return effect

        return attach

    def move(self, subject: Any, name: str, *, by: Caller, **details: Any) -> Any:
        """Take a step, whole or not at all, and return the subject as it then stands.

        The row is read anew under lock, so that of two who take the same step at once one is told that it was taken.
        State, right and needs are checked, the effect runs, the row is validated and saved, the journal written.
        """
        move = next((one for one in self.moves if one.name == name), None)
        if move is None:
            raise ValueError(f"{self.name} has no move {name}")
        with transaction.atomic():
            locked = self._locked(subject)
            before = getattr(locked, self.column)
            if before not in move.start:
                said = {"label": move.label, "state": self.state(before).label}
                raise NotPossible(_("“%(label)s” is not possible now: it stands at “%(state)s”.") % said)
            if not move.who.admits(by, locked):
                raise NotAllowed(move.who.sentence)
            if missing := [need for need in move.needs if details.get(need) in (None, "", [], ())]:
                said = {"label": move.label, "missing": " ".join(str(ASKED.get(one, OTHERWISE)) for one in missing)}
                raise Refused(_("“%(label)s” was not done. %(missing)s") % said, near=missing, code="missing")
            if effect := self._effects.get(name):
                effect(locked, by=by, **details)
            setattr(locked, self.column, move.end)
            locked.full_clean()
            locked.save()
            self._write(locked, move, before, by, details)
        return locked

    def open_to(self, subject: Any, caller: Caller) -> tuple[Move, ...]:
        """The steps that a caller may take with a subject now: the buttons of its page."""
        stands = getattr(subject, self.column)
        return tuple(move for move in self.moves if stands in move.start and move.who.admits(caller, subject))

    def path(self, state: str, *, start: str = "") -> tuple[Move, ...]:
        """The shortest way to a state, as the moves to take; ValueError if nothing leads there."""
        reached: dict[str, tuple[Move, ...]] = {start or self.first: ()}
        waiting = deque(reached)
        while waiting:
            here = waiting.popleft()
            for move in self.moves:
                if here in move.start and move.end not in reached:
                    reached[move.end] = (*reached[here], move)
                    waiting.append(move.end)
        if state not in reached:
            raise ValueError(f"nothing in {self.name} leads to {state}")
        return reached[state]

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the declaration: a state unknown, out of reach, or from which nothing goes on."""
        return tuple(self._faults())

    def _faults(self) -> Iterator[str]:
        names = [state.name for state in self.states]
        yield from (f"two states are called {name}" for name in sorted({n for n in names if names.count(n) > 1}))
        called = [move.name for move in self.moves]
        yield from (f"two moves are called {name}" for name in sorted({n for n in called if called.count(n) > 1}))
        for move in self.moves:
            yield from (f"{move.name} knows no state {n}" for n in (*move.start, move.end) if n not in names)
            yield from (
                f"{move.name} does not need {n}, which is personal"
                for n in (*move.personal, *move.own)
                if n not in move.needs
            )
        for state in self.states:
            goes_on = any(state.name in move.start for move in self.moves)
            if state.ends and goes_on:
                yield f"{state.name} ends, and yet a move starts there"
            if not state.ends and not goes_on:
                yield f"{state.name} is a dead end: let it end, or a move start there"
            try:
                self.path(state.name)
            except ValueError:
                yield f"{state.name} cannot be reached"

    def mermaid(self) -> str:
        """The diagram, in the language of Mermaid."""
        lines = ["stateDiagram-v2", *(f"    {_plain(one.name)}: {one.label}" for one in self.states)]
        lines.append(f"    [*] --> {_plain(self.first)}")
        for move in self.moves:
            lines += [f"    {_plain(start)} --> {_plain(move.end)}: {move.label}" for start in move.start]
        lines += [f"    {_plain(state.name)} --> [*]" for state in self.states if state.ends]
        return "\n".join(lines)

    def _locked(self, subject: models.Model) -> Any:
        return type(subject)._default_manager.select_for_update().get(pk=subject.pk)  # noqa: SLF001  (Django's name)

    def _write(self, subject: Any, move: Move, before: str, by: Caller, details: dict[str, Any]) -> None:
        # Words that somebody typed can name anybody: they go when that person's data go. What else is said stays.
        own = set(move.own)
        typed = {name for name, value in details.items() if isinstance(value, str)}.union(move.personal) - own
        said = {name: _written(value) for name, value in details.items()}
        kept = {name: value for name, value in said.items() if name not in typed | own}
        parts = ((by.ref, typed), (subject.ref, own))
        personal = {of: {name: said[name] for name in sorted(names)} for of, names in parts if names}
        record(
            f"{self.name}.{move.name}",
            subject.ref,
            by=by,
            details={"from": before, "to": move.end} | ({"given": kept} if kept else {}),
            personal=personal,
        )


def lifecycles() -> tuple[Lifecycle, ...]:
    """Every lifecycle that an app of ours declares in its room of that name, by name."""
    rooms = [f"{app.name}.lifecycle" for app in apps.get_app_configs() if app.name.startswith("evenhand.")]
    found = [
        one
        for room in rooms
        if find_spec(room)
        for one in vars(import_module(room)).values()
        if isinstance(one, Lifecycle)
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def check_lifecycles(**_asked: Any) -> list[CheckMessage]:
    """A system check: every lifecycle is without fault."""
    return [Error(f"{one.name}: {fault}", id="lifecycle.E001") for one in lifecycles() for fault in one.faults()]


def _written(value: Any) -> str | int | float | bool | None:
    """A detail as the journal keeps it: a thing by its reference, and never by its name."""
    if value is None or isinstance(value, str | int | float):
        return value
    return str(getattr(value, "ref", value))


def _plain(name: str) -> str:
    return name.replace("-", "_")
