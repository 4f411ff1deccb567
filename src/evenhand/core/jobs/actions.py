"""Doing what is due: each job once a turn, whoever asks and however often, and none stopped by another."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from evenhand.core.jobs.models import Turn
from evenhand.core.jobs.rhythms import Job

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
WAIT = timedelta(minutes=1)  # before a turn that failed is tried again, doubled each time


@dataclass(frozen=True)
class Outcome:
    """How one job went, that was due."""

    job: Job
    fault: str = ""


def jobs() -> tuple[Job, ...]:
    """Every job that an app of ours declares in its `tasks`, by name."""
    rooms = [f"{app.name}.tasks" for app in apps.get_app_configs() if app.name.startswith("evenhand.")]
    found = {
        one.name: one
        for room in rooms
        if find_spec(room)
        for one in vars(import_module(room)).values()
        if isinstance(one, Job)
    }
    return tuple(found[name] for name in sorted(found))


def tick(now: datetime | None = None, *, among: tuple[Job, ...] | None = None) -> list[Outcome]:
    """Do every job that is due and has not been done, and say how each went. A turn that was missed is not made up."""
    outcomes = []
    for one in jobs() if among is None else among:
        moment = now or timezone.now()
        if turn := _claim(one, moment):
            outcomes.append(Outcome(one, _take(one, turn, moment)))
    return outcomes


def _claim(one: Job, now: datetime) -> Turn | None:
    """The turn, if it is ours to take: nobody had it, or it failed and may be tried again, or who had it is dead."""
    with transaction.atomic():
        turn, fresh = Turn.objects.select_for_update().get_or_create(
            job=one.name, turn=one.rhythm.turn(now), defaults={"began_at": now}
        )
        if not fresh:
            if not _open(one, turn, now):
                return None
            turn.state, turn.began_at, turn.ended_at = Turn.State.RUNNING, now, None
            turn.attempts += 1
            turn.save()
    return turn


def _open(one: Job, turn: Turn, now: datetime) -> bool:
    if turn.attempts >= MOST_ATTEMPTS:
        return False
    if turn.state == Turn.State.FAILED:
        return now >= turn.began_at + WAIT * (1 << (turn.attempts - 1))
    return turn.state == Turn.State.RUNNING and now - turn.began_at > one.longest


def _take(one: Job, turn: Turn, now: datetime) -> str:
    """Do the work, and keep how it went: the fault, or nothing."""
    try:
        one(now)
    except Exception as fault:  # whatever a job does wrong, the others have their turn
        logger.exception("%s failed", one.name)
        said = f"{type(fault).__name__}: {fault}"
        _end(turn, Turn.State.FAILED, said)
        return said
    _end(turn, Turn.State.DONE)
    return ""


def _end(turn: Turn, state: Turn.State, fault: str = "") -> None:
    Turn.objects.filter(pk=turn.pk).update(state=state, ended_at=timezone.now(), fault=fault[:2000])
