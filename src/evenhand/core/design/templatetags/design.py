"""Filters that templates need: figures as a reader sees them, and fields with their classes."""

from collections.abc import Iterator
from functools import lru_cache

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evenhand.core.design import numbers
from evenhand.core.design.parts import Link, LinkGroup

register = template.Library()

register.filter("whole", numbers.whole)
register.filter("times", numbers.times)
register.filter("rate", numbers.rate)
register.filter("percent", numbers.percent)


@register.simple_block_tag
def titled(content: str) -> SafeString:
    """The title of a page, for browsers and for whoever shows a card of it elsewhere."""
    return _twice(format_html("<title>{}</title>", mark_safe(content)), "og:title", content)  # noqa: S308  (as rendered)


@register.simple_block_tag
def described(content: str) -> SafeString:
    """What a page is about, in a sentence, for both."""
    said = _attribute(content)
    return _twice(format_html('<meta name="description" content="{}">', said), "og:description", content)


def _twice(first: SafeString, name: str, content: str) -> SafeString:
    return format_html('{}\n<meta property="{}" content="{}">', first, name, _attribute(content))


def _attribute(rendered: str) -> SafeString:
    return mark_safe(rendered.replace('"', "&quot;"))  # noqa: S308  (rendered by a template, which escaped it)


@register.simple_tag
@lru_cache(1024)
def link_group(group: LinkGroup) -> SafeString:
    """The list of a group of links. Those of the foot are on every page, so that they are written once."""
    return render_to_string("design/link_group.html", {"group": group})


CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
PLAIN = (forms.CheckboxInput, forms.HiddenInput, *CHOICES)


@register.filter
def ticks(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field's control, with the class that its kind wears."""
    widget = field.field.widget
    if isinstance(widget, PLAIN):
        return field.as_widget()
    classes = [str(widget.attrs.get("class", "")), "input"]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


@register.filter
def wrong(field: BoundField) -> list[str]:
    """What is wrong with a field, in words that name it: the same at the field and in the summary."""
    return [_said(field, error) for error in field.errors.as_data()]


@register.filter
def problems(form: forms.BaseForm) -> Iterator[Link]:
    """Every error of a form with the anchor of its field; errors of the whole form have none."""
    for message in form.non_field_errors():
        yield Link(str(message), "")
    for name in form.fields:
        bound = form[name]
        target = bound.id_for_label or bound.auto_id
        if isinstance(bound.field.widget, CHOICES):
            target = f"{bound.auto_id}_0"
        for message in wrong(bound):
            yield Link(message, f"#{target}")


def _said(field: BoundField, error: ValidationError) -> str:
    """The error as raised, unless it is the framework's own that names no field."""
    usual = forms.Field.default_error_messages["required"]
    if error.code == "required" and error.message == usual:
        if isinstance(field.field.widget, forms.CheckboxInput):
            return _("Tick this: %(label)s") % {"label": field.label}
        chosen = isinstance(field.field.widget, (*CHOICES, forms.Select))
        return (_("Choose an answer: %(label)s") if chosen else _("Fill this in: %(label)s")) % {"label": field.label}
    return " ".join(error.messages)
