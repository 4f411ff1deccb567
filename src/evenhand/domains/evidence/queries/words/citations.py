"""The line to copy beneath a quoted figure."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.library.datasets.compare import Answered


def citation(answered: Answered, url: str, title: str = "", datasets: Collection[str] = (), release: str = "") -> str:
    """One line to copy beneath a quoted answer; beneath a part of it, with a title, datasets and release of its own."""
    used = [catalogue().loader(name) for name in datasets or {source.dataset for source in answered.sources}]
    said = {
        "title": _(answered.measure.title),
        "place": answered.place.name,
        "period": answered.period,
        "release": release or answered.release,
        "url": url,
        "publishers": "; ".join(sorted({one.publisher for one in used})),
        "licences": "; ".join(sorted({one.licence for one in used})),
    }
    said["title"] = title or _("%(title)s, %(place)s, %(period)s") % said
    return _("Evenhand, “%(title)s”, release %(release)s, %(url)s. Figures: %(publishers)s (%(licences)s).") % said
