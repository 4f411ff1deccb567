"""The questions that a commitment answers, for any charity to copy: as a page, as text and as a table."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.design.parts import Field
from evenhand.core.exports import About, Sheet
from evenhand.domains.reviews.queries.commitments import OPEN


@dataclass(frozen=True)
class Question:
    """One line of the template: its heading, what to write, and an example that is nobody's."""

    name: str
    heading: str
    write: str
    example: str


def questions() -> tuple[Question, ...]:
    """Every question, in order."""
    return (
        Question(
            "title",
            _("In one line"),
            _("What will be different, in words that a stranger understands."),
            _("Half of our interview panels include somebody with lived experience"),
        ),
        Question(
            "text",
            _("What we promise"),
            _("Who does what. Leave out “aim to”, “explore” and “where possible”."),
            _("Every interview panel from April has at least one member with lived experience of prison or probation."),
        ),
        Question(
            "owner",
            _("Who keeps it"),
            _("One post, not a committee and not a name."),
            _("The head of people"),
        ),
        Question(
            "sponsor",
            _("Who answers for it on the board"),
            _("One seat on the board that is asked about it at each meeting."),
            _("The vice-chair"),
        ),
        Question(
            "due_on",
            _("By when"),
            _("A day, not a season. If it goes on for ever, the day of the first count."),
            _("31 March next year"),
        ),
        Question(
            "measure",
            _("How anybody can tell"),
            _("One number or one document. Say who counts it, and from what."),
            _("Panels with such a member, out of all panels held, from the recruitment log"),
        ),
        Question(
            "baseline",
            _("Where it began"),
            _("The same number on the day of the promise. If nobody counted: say so, and count first."),
            _("1 of 9 panels last year"),
        ),
        Question(
            "target",
            _("What counts as kept"),
            _("The number, and what happens if it is not reached."),
            _("5 of every 10 panels; if fewer, we say so and the board decides what changes"),
        ),
        Question(
            "updates",
            _("When we tell of it"),
            _("Every three months, in public, also when it is missed: where the number stands, and what you learned."),
            _("First week of January, April, July and October"),
        ),
        Question(
            "challenge",
            _("How to ask us about it"),
            _("A form or an address that anybody can use, answered in public within 20 working days."),
            _("A form on the page of the commitment"),
        ),
        Question(
            "changes",
            _("If we change it"),
            _("The board decides. The old wording stays on the page, with the reason."),
            _("Changed on 4 May: the date moved by three months, since the recruitment log was not complete"),
        ),
    )


def as_text() -> str:
    """The template as plain text with headings, ready to be filled in."""
    lines = [_("# A commitment on race equality"), "", _("Copy, change and publish it freely: CC BY 4.0."), ""]
    for one in questions():
        lines += [f"## {one.heading}", "", one.write, "", _("For example: %(example)s") % {"example": one.example}, ""]
    return "\n".join(lines)


def as_sheet() -> Sheet:
    """The template as a table with a column to fill in."""
    about = About(
        title=_("A template for commitments on race equality"),
        description=_("The questions that a commitment answers. Copy, change and publish it freely."),
        publisher=_("Evenhand"),
        licence=OPEN,
        permalink=settings.SITE_URL + reverse("reviews:template"),
    )
    fields = (
        Field("name", _("Name")),
        Field("question", _("Question")),
        Field("what_to_write", _("What to write")),
        Field("example", _("Example")),
        Field("yours", _("Yours")),
    )
    rows = tuple((one.name, one.heading, one.write, one.example, "") for one in questions())
    return Sheet("commitment_template", fields, rows, about, key=("name",))
