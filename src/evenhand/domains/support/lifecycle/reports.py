"""The life of a report to a funder: drafted by itself, checked by two, questioned, accepted, made public."""

from evenhand.core.lifecycle import Lifecycle, Move, State
from evenhand.domains.support.lifecycle.payers import payer
from evenhand.domains.support.people import clockwork, finance_checker, officer, programme_checker

REPORT = Lifecycle(
    "support.report",
    states=(
        State("due", "Due"),
        State("draft", "Draft"),
        State("half-checked", "The money is checked"),
        State("checked", "Checked by two"),
        State("sent", "With the funder"),
        State("queried", "The funder has a question"),
        State("answered", "Answered"),
        State("accepted", "Accepted"),
        State("published", "Public", ends=True),
    ),
    moves=(
        Move("draft", "Draft it", ("due",), "draft", clockwork | officer),
        Move("redraft", "Draft it anew", ("draft", "half-checked", "checked"), "draft", officer),
        Move("check-money", "The money is right", ("draft",), "half-checked", finance_checker),
        Move("check", "The programme is right", ("half-checked",), "checked", programme_checker),
        Move("send", "Send it to the funder", ("checked",), "sent", officer),
        Move("query", "Ask a question", ("sent", "answered"), "queried", payer, ("question",)),
        Move("answer", "Answer", ("queried",), "answered", officer, ("answer",)),
        Move("accept", "Accept the report", ("sent", "answered"), "accepted", payer),
        Move("publish", "Publish the public version", ("accepted",), "published", officer),
    ),
)
OUT = ("sent", "queried", "answered", "accepted", "published")  # from here on its figures never change
OURS = ("due", "draft", "half-checked", "checked", "queried", "accepted")  # for us to go on with
