"""The lead group through the years, with the days on which something was asked, promised or done."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils import formats
from django.utils.translation import gettext as _

from evenhand.core.design import charts
from evenhand.core.design.parts import Exhibit, Link, Note, Receipt
from evenhand.core.moving import Moment
from evenhand.domains.evidence.queries.claims import ours
from evenhand.domains.evidence.queries.exhibits.trend import trend
from evenhand.domains.evidence.queries.shown import Shown

FINANCIAL = re.compile(r"(\d{4})/\d\d")
CALENDAR = re.compile(r"\d{4}")


def moved(shown: Shown, moments: Sequence[Moment]) -> Exhibit | None:
    """The trend with the days in it; where no trend can be drawn, the figure as it stands; None without one."""
    slug = shown.answered.measure.slug
    found = trend(shown)
    if found is None or found.chart is None or not isinstance(found.chart.plot, charts.TrendPlot):
        return _standing(shown)
    plot, said, drawn = found.chart.plot, [], []
    for number, moment in enumerate(sorted(moments, key=lambda one: one.on), start=1):
        day = _("%(day)s: %(said)s") % {"day": formats.date_format(moment.on, "j F Y"), "said": moment.said}
        at = where(moment.on, plot.periods)
        if at is None:
            said.append(_("%(day)s (outside the years of the chart)") % {"day": day})
        else:
            drawn.append(charts.TrendMoment(at, str(number)))
            said.append(f"{number}. {day}")
    chart = charts.trend(replace(plot, moments=tuple(drawn)), name=f"moved-{slug}-chart")
    notes = (
        *([Note(_("The days in the chart"), ". ".join(said) + ".")] if said else []),
        Note(
            _("What this does not say"),
            _("That a line moves after a day does not tell why. Much else happened in these years."),
        ),
    )
    table = replace(found.table, name=f"moved-{slug}") if found.table else None
    return replace(found, id=f"moved-{slug}", chart=chart, table=table, notes=notes, folded=True)


def where(day: dt.date, periods: Sequence[str]) -> float | None:
    """The place of a day among periods, 0 in the middle of the first; None for a day outside of all."""
    for index, period in enumerate(periods):
        span = _span(period)
        if span and span[0] <= day < span[1]:
            return index - 0.5 + (day - span[0]) / (span[1] - span[0])
    return None


def _span(period: str) -> tuple[dt.date, dt.date] | None:
    if found := FINANCIAL.fullmatch(period):
        year = int(found[1])
        return dt.date(year, 4, 1), dt.date(year + 1, 4, 1)
    if CALENDAR.fullmatch(period):
        return dt.date(int(period), 1, 1), dt.date(int(period) + 1, 1, 1)
    return None


def _standing(shown: Shown) -> Exhibit | None:
    """The one figure that there is, said to be no trend."""
    if shown.lead is None:
        return None
    claim = ours.headline(shown.answered, shown.lead)
    pairs = [(_("Figure"), claim.figure), (_("How sure"), claim.doubt), (_("Source"), claim.source)]
    return Exhibit(
        f"moved-{shown.answered.measure.slug}",
        claim.sentence,
        _("No trend can be drawn from what is published: whether this figure moved, nobody outside can tell."),
        receipt=Receipt(tuple((name, text) for name, text in pairs if text), (Link(_("See the figures"), claim.url),)),
    )
