"""How a review and a recommendation of the record are cited."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from evenhand.core.citations import AUTHOR, Citation
from evenhand.domains.reviews.models import Recommendation, Review
from evenhand.domains.reviews.queries import words
from evenhand.domains.reviews.queries.shown import review_url, url_of

TYPES: Mapping[str, str] = {
    "bib": "application/x-bibtex",
    "txt": "text/plain",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


def citation_of(one: Review | Recommendation) -> Citation:
    """The reference to a page of the record, with the day on which the page was last changed where that is known."""
    if isinstance(one, Recommendation):
        title = _("%(review)s, %(recommendation)s: record of progress") % {
            "review": one.review.title,
            "recommendation": words.title_of(one),
        }
        url, key, on = url_of(one), one.key, timezone.localdate(one.touched_at)
    else:
        title = _("%(review)s: record of progress") % {"review": one.title}
        url, key, on = review_url(one), one.slug, None
    address = settings.SITE_URL + url
    parts = [AUTHOR, title]
    if on:
        parts.append(_("As changed on %(day)s") % {"day": formats.date_format(on, "j F Y")})
    text = f"{'. '.join(parts)}. {address}"
    note = _("What was asked, what is said of it by whom, and on what evidence. Words: CC BY 4.0.")
    return Citation(f"evenhand-{key}", title, text, "", address, note, on)


def written(citation: Citation, form: str) -> str:
    """The citation in one of the forms that it can be taken away in."""
    return {"bib": citation.bibtex, "csl.json": citation.csl_json}.get(form) or f"{citation.text}\n"
