"""The line to copy beneath a quoted figure."""

from django.utils.translation import gettext as _

from evenhand.library.datasets.compare import Answered


def citation(answered: Answered, url: str) -> str:
    """One line to copy beneath a quoted figure."""
    publishers = sorted({source.publisher for source in answered.sources})
    return _(
        "Evenhand, “%(title)s, %(place)s, %(period)s”, release %(release)s, %(url)s. "
        "Figures: %(publishers)s (OGL v3.0)."
    ) % {
        "title": _(answered.measure.title),
        "place": answered.place.name,
        "period": answered.period,
        "release": answered.release,
        "url": url,
        "publishers": "; ".join(publishers),
    }
