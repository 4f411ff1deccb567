"""What is new of support: rounds that opened, rounds that closed, and reports that were made public."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from evenhand.core.news import Entry
from evenhand.domains.support.models import FunderReport
from evenhand.domains.support.queries.reports import in_words
from evenhand.domains.support.queries.rounds import rounds_announced
from evenhand.domains.support.rules.periods import Period
from evenhand.domains.support.rules.programmes import programme


def told() -> Iterator[Entry]:
    """All of it."""
    yield from rounds_told()
    yield from reports_told()


def rounds_told() -> Iterator[Entry]:
    """Each round when it opened, and once more when it closed."""
    for one in rounds_announced():
        declared = programme(one.programme)
        url, about = reverse("support:programme", args=[one.programme]), {"topics": declared.topics}
        said = {"programme": _(declared.title), "round": str(one)}
        if one.opened_at is not None:
            closes = timezone.localtime(one.closes_at)
            until = {"day": formats.date_format(closes, "j F Y"), "hour": formats.date_format(closes, "P")}
            yield Entry(
                f"support/opened/{one.pk}",
                _("Support on offer"),
                _("Open: %(programme)s, %(round)s") % said,
                _("Applications are taken until %(day)s, %(hour)s.") % until,
                url,
                timezone.localdate(one.opened_at),
                about,
            )
        if one.closed_at is not None:
            yield Entry(
                f"support/closed/{one.pk}",
                _("Support on offer"),
                _("Closed: %(programme)s, %(round)s") % said,
                _("No more applications are taken. The page says what is open instead, and what came of it."),
                reverse("support:round", args=[one.programme, one.pk]),
                timezone.localdate(one.closed_at),
                about,
            )


def reports_told() -> Iterator[Entry]:
    """Each report when it was made public."""
    for one in FunderReport.objects.filter(published_at__isnull=False):
        declared = programme(one.programme)
        said = {"programme": _(declared.title), "period": in_words(Period(one.begins_on, one.ends_on))}
        title = _("Report: %(programme)s, %(period)s") if one.issue == 1 else _("Put right: %(programme)s, %(period)s")
        yield Entry(
            f"support/report/{one.pk}",
            _("Support on offer"),
            title % said,
            _("Who was supported, who was not and why, what was given, and what changed."),
            reverse("support:public-report", args=[one.programme, one.pk]),
            timezone.localdate(one.published_at),
            {"topics": declared.topics},
        )
