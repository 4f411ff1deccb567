"""One thing in the staff home with the steps that are open to whoever looks: its page, and the taking of a step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Link
from evenhand.core.errors import Refused
from evenhand.core.journal.queries import lines_about
from evenhand.core.references import Ref, resolve

LINES = 50
Pairs = list[tuple[str, str, Link | None]]


@dataclass(frozen=True)
class Step:
    """A step that may be taken now: what it asks, and what takes it with the answers."""

    name: str
    label: str
    take: Callable[..., Any]
    form: Callable[..., forms.BaseForm] | None = None
    note: str = ""
    quiet: bool = False  # not the one that is mostly meant


@dataclass(frozen=True)
class Case:
    """A thing as its page in the staff home shows it."""

    title: str
    state: str
    back: Link
    url: str
    pairs: Pairs
    steps: tuple[Step, ...]
    refs: tuple[Ref, ...]  # whose lines of the journal are shown
    public: str = ""
    parts: tuple[tuple[str, str], ...] = ()  # headings, with what is said under each
    none: str = ""  # why no step is open


def page(request: HttpRequest, case: Case, *, name: str = "", bound: forms.BaseForm | None = None) -> HttpResponse:
    """The page; a step that could not be taken stands there with what was given and what is wrong with it."""
    lines = [line for ref in case.refs for line in lines_about(ref)[:LINES]]
    lines.sort(key=lambda line: line.at, reverse=True)
    known = resolve(line.by for line in lines)
    steps = [(step, bound if step.name == name else step.form(None) if step.form else None) for step in case.steps]
    for step, form in steps:
        if form is not None:
            form.auto_id = f"{step.name}_%s"  # the same question may be asked by more than one step
    context = {
        "case": case,
        "steps": steps,
        "faulty": name if bound is not None else "",
        "lines": [(line, known[line.by].title) for line in lines[:LINES]],
    }
    return render(request, "web/staff/case.html", context, status=200 if bound is None else 400)


def take(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    """Take a step with what was given, or show what is wrong with that; a step that is not open is not there."""
    step = next((one for one in case.steps if one.name == name), None)
    if step is None:
        messages.error(request, _("That step is not open to you now. Look again: somebody may have taken it."))
        return redirect(case.url)
    bound: Any = step.form(request.POST) if step.form else None
    if bound is not None and not bound.is_valid():
        return page(request, case, name=name, bound=bound)
    try:
        step.take(bound)
    except (Refused, ValidationError) as fault:
        said = "; ".join(fault.messages) if isinstance(fault, ValidationError) else fault.message
        if bound is None:
            messages.error(request, said)
            return redirect(case.url)
        bound.add_error(None, said)
        return page(request, case, name=name, bound=bound)
    messages.success(request, _("Done: %(step)s.") % {"step": step.label})
    return redirect(case.url)


def text(pairs: Iterable[tuple[str, Any]]) -> Pairs:
    """Headings and what stands beside them, without those of which nothing is known."""
    return [(heading, str(said), None) for heading, said in pairs if said]
