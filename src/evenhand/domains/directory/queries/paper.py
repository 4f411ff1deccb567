"""Lists of services as documents to be set on paper: what a booklet says, in the same words as its page."""

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.core.exports import Document, Facts, Notice, Paragraph, Run, Section
from evenhand.domains.directory.queries.lists import Booklet
from evenhand.domains.directory.queries.shown import DAY, Shown


def booklet_document(made: Booklet, *, large: bool) -> Document:
    """Everybody who helps in a place, each entry whole on one page."""
    title = _("Who can help: %(place)s") % {"place": made.place.name}
    said = {"total": made.total}
    count = ngettext(
        "%(total)s service. Each says when it was last checked.",
        "%(total)s services. Each says when it was last checked.",
        made.total,
    )
    shown = [one for _heading, cards in made.parts for one in cards]
    careful = [Notice(_("Some of these are made up for a demonstration. Please do not ring them."))]
    return Document(
        title=title,
        description=_("Every service that covers %(place)s, on paper.") % {"place": made.place.name},
        blocks=(Paragraph(count % said), *(careful if any(one.demonstration for one in shown) else ())),
        sections=tuple(Section(heading, sections=tuple(map(_entry, cards))) for heading, cards in made.parts),
        foot=_("Made on %(day)s. Services change: ring before you travel.")
        % {"day": formats.date_format(made.made_on, DAY)},
        large=large,
    )


def _entry(one: Shown) -> Section:
    phone = [(_("Phone"), Run(one.phone, f"tel:{one.phone.replace(' ', '')}", strong=True))] if one.phone else []
    email = [(_("E-mail"), Run(one.email, f"mailto:{one.email}"))] if one.email else []
    address = settings.SITE_URL + one.url
    return Section(
        one.title,
        (
            Paragraph(one.organisation, soft=True),
            Paragraph(one.summary),
            *([Notice(one.notice)] if one.notice else []),
            Facts((*phone, *email, *one.short, (_("Page"), Run(address, address)))),
            Paragraph((Run(f"{one.checked.tag}: ", strong=True), one.checked.words), soft=True),
        ),
        together=True,
    )
