"""One decision beside everything before it: out of those who came this far, and out of all residents."""

from django.utils.translation import gettext as _

from evenhand.core.design.numbers import times, whole
from evenhand.core.design.parts import Cell, Exhibit, Note, Row, Table
from evenhand.domains.evidence.queries import words
from evenhand.domains.evidence.queries.exhibits.cells import cell, figures, heads, ranges, ratio_cells, small_tag
from evenhand.domains.evidence.queries.exhibits.receipts import receipt
from evenhand.domains.evidence.queries.shown import Shown


def stage_and_population(shown: Shown) -> Exhibit | None:
    """Each group's ratio at this decision, beside its ratio out of residents, which carries all that came before."""
    answered, lead = shown.answered, shown.lead
    over = {row.group: row for row in shown.question.cumulative}
    if not over:
        return None
    said = {
        "stage": _(answered.measure.population),
        "residents": _(answered.measure.cumulative_population),
        "reference": words.display(answered, answered.reference),
        "events": _(answered.measure.events),
    }
    stage = _("Out of %(stage)s: times %(reference)s") % said
    residents = _("Out of %(residents)s: times %(reference)s") % said
    rows = []
    for row in sorted(answered.rows, key=lambda one: (one.flag == "reference", -(one.ratio or 0))):
        there = over[row.group]
        name = words.display(answered, row.group)
        cells = (
            cell(whole, row.events, words.reason(row.flag), shown.origin("events", row.group)),
            *ratio_cells(row, words.reason(row.flag), shown.origin("ratio", row.group)),
            *ratio_cells(there, words.reason(there.flag), shown.origin("cumulative-ratio", row.group)),
        )
        leads = bool(lead and lead.group == row.group)
        rows.append(Row(Cell(name, name, tag=small_tag(row)), cells, lead=leads, flag=row.flag or ""))
    heading = _("Two questions: at this decision, and all the way to it")
    if lead and lead.ratio is not None and (far := over[lead.group]).ratio is not None:
        heading = _(
            "At this decision the ratio is %(here)s; counted out of residents, with all that came before, %(far)s"
        )
        heading = heading % {"here": times(lead.ratio), "far": times(far.ratio)}
    return Exhibit(
        "stage",
        heading,
        _("%(place)s, %(period)s.") % {"place": answered.place.name, "period": answered.period},
        None,
        Table(
            _("The same %(events)s, out of two denominators") % said,
            (
                heads(_("Group"), "group"),
                figures(_("%(events)s") % {"events": said["events"].capitalize()}, "events", "whole"),
                figures(stage, "ratio"),
                ranges(stage, name="ratio"),
                figures(residents, "ratio_of_residents"),
                ranges(residents, name="ratio_of_residents"),
            ),
            tuple(rows),
            name="stage",
        ),
        receipt(shown, "stage", with_chart=False, ranges=_("95%, exact conditional Poisson")),
        (
            Note(
                _("Why there are two"),
                _(
                    "The first takes only those who came this far, so earlier differences drop out. The second takes "
                    "everyone of that age, so differences at each earlier step are all in it."
                ),
            ),
            Note(
                _("Do not put them in one row with others"),
                _("A ratio out of residents at a late step must never be read as what happened at that step alone."),
            ),
        ),
    )
