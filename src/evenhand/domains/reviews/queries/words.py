"""The words in which progress is told: labels and their reasons, roles, positions, bases, days."""

import datetime as dt
from typing import Final

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.core.days import first_day
from evenhand.domains.reviews.models import Recommendation
from evenhand.domains.reviews.rules.labels import Judged

LABELS: Final = {
    "done-as-written": gettext_lazy("Done as written"),
    "done-another-way": gettext_lazy("Done another way"),
    "done-no-change": gettext_lazy("Done, but no change seen"),
    "under-way": gettext_lazy("Under way"),
    "planned": gettext_lazy("Planned"),
    "stalled": gettext_lazy("Stalled"),
    "not-started": gettext_lazy("Not started"),
    "set-aside": gettext_lazy("Set aside"),
    "cannot-tell": gettext_lazy("Cannot tell"),
}
TAGS: Final = {
    "done-as-written": "tag--good",
    "done-another-way": "tag--good",
    "stalled": "tag--care",
    "not-started": "tag--care",
    "set-aside": "tag--care",
}
MEANINGS: Final = {
    "done-as-written": gettext_lazy(
        "Somebody other than the body asked says that it was done to the letter, and nobody says otherwise."
    ),
    "done-another-way": gettext_lazy(
        "Somebody other than the body asked says that its aim was met in another way, and nobody says otherwise."
    ),
    "done-no-change": gettext_lazy(
        "Somebody other than the body asked says that it was done; somebody who looked at outcomes saw no change."
    ),
    "under-way": gettext_lazy(
        "The body asked says that it is at work on it, or on something else in its place, and has said something in "
        "the last year; or somebody else said in the last year that work goes on."
    ),
    "planned": gettext_lazy("The body asked has agreed to it, and has said something in the last year."),
    "stalled": gettext_lazy(
        "It was agreed or begun, and for 12 months no work on it has been reported; or it is said to have halted."
    ),
    "not-started": gettext_lazy("The last that was said of it is that it was not begun."),
    "set-aside": gettext_lazy("The body asked has rejected it, and has said nothing else since."),
    "cannot-tell": gettext_lazy("What is held does not settle it: see the reason that stands beside it."),
}
REASONS: Final = {
    "panel": gettext_lazy("Those who assess it disagreed. A panel of experts was asked, and so it determined."),
    "ours": gettext_lazy("We have assessed it ourselves: two people, and a right of reply for the body asked."),
    "wording-not-checked": gettext_lazy(
        "Its number or wording has not been checked against the report, so that we say nothing of whether it was done."
    ),
    "nothing-said": gettext_lazy("No claim about this recommendation alone is held."),
    "asked-reject": gettext_lazy("The last that the body asked said of it is that it will not do it."),
    "others-agree": gettext_lazy("Somebody other than the body asked says that it was done to the letter."),
    "others-agree-on-intent": gettext_lazy("Somebody other than the body asked says that its aim was met."),
    "no-change-seen": gettext_lazy("It is called done; somebody who looked at outcomes saw no change."),
    "disputed": gettext_lazy("Some call it done, and others say that it was not."),
    "only-the-asked": gettext_lazy("Only the body asked calls it done: nobody else has said so yet."),
    "moving": gettext_lazy("The body asked says that it is at work on it, or on something else in its place."),
    "others-see-progress": gettext_lazy("Somebody other than the body asked says that work on it goes on."),
    "promised": gettext_lazy("The body asked has agreed to it. Nothing is held of what it did."),
    "no-new-evidence": gettext_lazy(
        "It was agreed or begun. For 12 months the body asked has said nothing new of it, and nobody else that work "
        "goes on."
    ),
    "said-to-have-stopped": gettext_lazy("The last that was said of it is that it has come to a halt."),
    "not-begun": gettext_lazy("The last that was said of it is that it was not begun."),
    "not-shown": gettext_lazy(
        "The last that others said of it is that it was not met, or that nothing shows that it was. Whether anything "
        "was begun, that does not tell."
    ),
    "unclear": gettext_lazy("What was said of it does not tell how far it has come."),
}
POSITIONS: Final = {
    "accepted": gettext_lazy("accepted"),
    "accepted-in-part": gettext_lazy("accepted in part"),
    "accepted-in-principle": gettext_lazy("accepted in principle"),
    "alternative": gettext_lazy("something else in its place"),
    "rejected": gettext_lazy("rejected"),
    "in-progress": gettext_lazy("in progress"),
    "completed": gettext_lazy("done"),
    "not-met": gettext_lazy("not met"),
    "no-evidence": gettext_lazy("no evidence of it"),
    "stalled": gettext_lazy("stalled"),
    "not-started": gettext_lazy("not started"),
    "no-answer": gettext_lazy("no answer"),
}
BASES: Final = {
    "letter": gettext_lazy("to the letter"),
    "intent": gettext_lazy("by its aim"),
    "outcome": gettext_lazy("by what came of it"),
}
CAPACITIES: Final = {
    "addressee": gettext_lazy("government, or another body that was asked"),
    "inspectorate": gettext_lazy("inspectorate"),
    "parliament": gettext_lazy("in Parliament"),
    "review-author": gettext_lazy("author of the review"),
    "advisory-group": gettext_lazy("advisory group"),
    "civil-society": gettext_lazy("civil society"),
    "independent-tracker": gettext_lazy("independent tracker"),
    "media": gettext_lazy("media"),
    "academic": gettext_lazy("academic"),
    "consultant": gettext_lazy("consultant"),
    "us": gettext_lazy("we"),
}
VERIFICATIONS: Final = {
    "text-seen": gettext_lazy("number and text seen in a source"),
    "gist-seen": gettext_lazy("number and gist seen in a source"),
    "gist-only": gettext_lazy("gist seen; its number is not tied to the text"),
    "memory-consistent": gettext_lazy("from memory, and consistent with what was seen"),
    "unverified": gettext_lazy("not seen in any source"),
}
KINDS: Final = {
    "inquiry": gettext_lazy("Inquiry"),
    "review": gettext_lazy("Review"),
    "inspection": gettext_lazy("Inspection"),
    "plan": gettext_lazy("Government’s plan"),
    "advice": gettext_lazy("Advice from the sector"),
    "across": gettext_lazy("Across many reviews"),
    "abroad": gettext_lazy("Abroad, for comparison"),
}
SECTIONS: Final = (
    (gettext_lazy("Reviews and inquiries"), ("inquiry", "review")),
    (gettext_lazy("Inspections"), ("inspection",)),
    (gettext_lazy("Plans of government"), ("plan",)),
    (gettext_lazy("What the sector asked for"), ("advice",)),
    (gettext_lazy("Across many reviews, and abroad for comparison"), ("across", "abroad")),
)
BODY_KINDS: Final = {
    "government": gettext_lazy("Government"),
    "police": gettext_lazy("Police"),
    "prisons-and-probation": gettext_lazy("Prisons and probation"),
    "courts": gettext_lazy("Prosecution and courts"),
    "oversight": gettext_lazy("Inspection and oversight"),
    "other": gettext_lazy("Others"),
}
PLAIN: Final = gettext_lazy("Not yet checked")
NOT_CHECKED: Final = gettext_lazy("number or wording not yet checked against the report")


def on_day(day: dt.date | None) -> str:
    """A day as people write it."""
    return formats.date_format(day, "j F Y") if day else ""


def when(partial: str, note: str = "") -> str:
    """A day that is known in part, with what is noted on it: March 2021, 2018 (day not shown), no date is held."""
    day = first_day(partial)
    if day is None:
        return note or _("no date is held")
    shape = {4: "Y", 7: "F Y"}.get(len(partial), "j F Y")
    said = formats.date_format(day, shape)
    return f"{said} ({note})" if note else said


def title_of(one: Recommendation) -> str:
    """What a recommendation is called: by its number, as far as that number can be relied upon."""
    if one.numbered == "unknown" or not one.number:
        return _("A recommendation whose number is not known")
    said = {"number": one.number}
    if one.numbered == "ours":
        return _("Recommendation %(number)s (the letter is ours)") % said
    if one.checked:
        return _("Recommendation %(number)s") % said
    return _("Recommendation %(number)s (number not checked)") % said


def mark_of(one: Recommendation) -> str:
    """Its number as a picture or a table has room for it: one that was not checked carries a question mark."""
    number = one.number or "–"
    short = number.replace("paragraph ", "¶").replace(" and ", "/")
    return short if one.checked and one.number else f"{short}?"


def reason_of(judged: Judged, newest: str = "") -> str:
    """Why a label is what it is, with when anything was last said."""
    said = str(REASONS[judged.reason])
    if newest and judged.reason not in ("wording-not-checked", "nothing-said"):
        return _("%(why)s The newest that is held: %(when)s.") % {"why": said, "when": newest}
    return said
