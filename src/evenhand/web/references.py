"""What each kind of public reference points at: the one place where every part of the platform is known."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.core.accounts.models import Person
from evenhand.core.organisations.models import Organisation
from evenhand.core.references import Known, Ref, resolves
from evenhand.domains.directory.lifecycle import LISTING
from evenhand.domains.directory.models import Service
from evenhand.domains.evidence.lifecycle import EDITION
from evenhand.domains.evidence.models import Edition
from evenhand.domains.evidence.queries.answers import catalogue
from evenhand.domains.reviews.lifecycle import ASSESSMENT, CHALLENGE, COMMITMENT, DISPARITY, RECOMMENDATION, REVIEW
from evenhand.domains.reviews.models import (
    Assessment,
    Body,
    Challenge,
    Commitment,
    Disparity,
    Recommendation,
    Review,
)
from evenhand.domains.reviews.queries import words as progress
from evenhand.domains.reviews.queries.shown import body_url, review_url, url_of
from evenhand.domains.support.lifecycle import ROUND
from evenhand.domains.support.lifecycle.rounds import OVER
from evenhand.domains.support.models import Application, Round
from evenhand.domains.support.rules.programmes import programme
from evenhand.library.places import UnknownPlace, place


@resolves("accounts.person")
def people(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """People, by the name to be shown; of whom nothing is kept any more, that much is said."""
    wanted = _by_number(refs)
    names = dict(Person.objects.filter(pk__in=wanted.values()).values_list("pk", "name"))
    return {ref: Known(names.get(pk, _("Somebody whose account is no more"))) for ref, pk in wanted.items()}


@resolves("core.machine")
def machines(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """What Evenhand does by itself."""
    return {ref: Known(_("Evenhand itself (%(part)s)") % {"part": ref.key}) for ref in refs}


@resolves("organisations.organisation")
def organisations(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Organisations, by the name that every page shows; a closed one keeps it."""
    wanted = _by_number(refs)
    found = {one.pk: one for one in Organisation.objects.filter(pk__in=wanted.values())}
    return {
        ref: Known(
            found[pk].title,
            _("closed") if found[pk].closed_on else "",
            reverse("organisation", args=[found[pk].slug]),
        )
        for ref, pk in wanted.items()
        if pk in found
    }


@resolves("directory.service")
def services(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Services, by the name that their pages show; a closed one keeps it."""
    wanted = _by_number(refs)
    found = {one.pk: one for one in Service.objects.filter(pk__in=wanted.values()).select_related("organisation")}
    return {
        ref: Known(
            found[pk].title, LISTING.state(found[pk].status).label, reverse("directory:service", args=[found[pk].slug])
        )
        for ref, pk in wanted.items()
        if pk in found
    }


@resolves("evidence.edition")
def editions(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Figures on their way, by the dataset and the release; they are opened by those alone who handle them."""
    wanted = {ref: int(ref.key) for ref in refs if ref.key.isdecimal()}
    found = {one.pk: one for one in Edition.objects.filter(pk__in=wanted.values())}
    return {
        ref: Known(str(found[pk]), EDITION.state(found[pk].status).label, reverse("figures:edition", args=[pk]))
        for ref, pk in wanted.items()
        if pk in found
    }


@resolves("reviews.commitment")
def commitments(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Commitments, by the name that their pages show."""
    found = {one.slug: one for one in Commitment.objects.filter(slug__in=[ref.key for ref in refs])}
    return {
        ref: Known(
            found[ref.key].name,
            COMMITMENT.state(found[ref.key].status).label,
            reverse("reviews:commitment", args=[ref.key]),
        )
        for ref in refs
        if ref.key in found
    }


@resolves("reviews.disparity")
def disparities(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Disparities on the register, by the name that their pages show."""
    found = {one.slug: one for one in Disparity.objects.filter(slug__in=[ref.key for ref in refs])}
    return {
        ref: Known(
            found[ref.key].name,
            DISPARITY.state(found[ref.key].status).label,
            reverse("reviews:disparity", args=[ref.key]),
        )
        for ref in refs
        if ref.key in found
    }


@resolves("reviews.challenge")
def challenges(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Questions to commitments, by what they are about: their words may not be anybody's to see."""
    wanted = _by_number(refs)
    found = {one.pk: one for one in Challenge.objects.filter(pk__in=wanted.values()).select_related("commitment")}
    return {
        ref: Known(
            _("A question about “%(title)s”") % {"title": found[pk].commitment.name},
            CHALLENGE.state(found[pk].status).label,
            reverse("reviews:commitment", args=[found[pk].commitment.slug]) + "#asked",
        )
        for ref, pk in wanted.items()
        if pk in found
    }


@resolves("support.application")
def applications(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Applications, by their reference and nothing of what is in them; they are opened by those alone who may."""
    wanted = _by_number(refs)
    found = dict(Application.objects.filter(pk__in=wanted.values()).values_list("pk", "reference"))
    return {
        ref: Known(found[pk], url=reverse("support:application", args=[found[pk]]))
        for ref, pk in wanted.items()
        if pk in found
    }


@resolves("support.round")
def rounds(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Rounds, by the programme and their title."""
    wanted = _by_number(refs)
    found = {one.pk: one for one in Round.objects.filter(pk__in=wanted.values())}
    return {
        ref: Known(
            _("%(programme)s: %(round)s") % {"programme": _(programme(found[pk].programme).title), "round": found[pk]},
            ROUND.state(found[pk].status).label,
            reverse("support:round", args=[found[pk].programme, pk])
            if found[pk].status in OVER
            else reverse("support:programme", args=[found[pk].programme]),
        )
        for ref, pk in wanted.items()
        if pk in found
    }


@resolves("evidence.measure")
def published_measures(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Measures, for the nation or for one place."""
    titles = {measure.slug: measure.title for measure in catalogue().measures}
    return {ref: _measure(ref, titles[ref.key]) for ref in refs if ref.key in titles}


@resolves("reviews.review")
def reviews(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Reviews, by their titles."""
    found = {one.slug: one for one in Review.objects.filter(slug__in=[ref.key for ref in refs])}
    return {
        ref: Known(
            found[ref.key].title,
            REVIEW.state(found[ref.key].status).label,
            review_url(found[ref.key]) if found[ref.key].status == "published" else "",
        )
        for ref in refs
        if ref.key in found
    }


@resolves("reviews.body")
def bodies(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Bodies that were asked, by name."""
    found = {one.slug: one for one in Body.objects.filter(slug__in=[ref.key for ref in refs])}
    return {ref: Known(found[ref.key].name, url=body_url(found[ref.key])) for ref in refs if ref.key in found}


@resolves("reviews.recommendation")
def recommendations(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """Recommendations, by their review and their number as far as it can be relied upon."""
    found = Recommendation.objects.filter(key__in=[ref.key for ref in refs]).select_related("review")
    known = {
        one.key: Known(
            f"{one.review.title}: {progress.title_of(one)}", RECOMMENDATION.state(one.status).label, url_of(one)
        )
        for one in found
    }
    return {ref: known[ref.key] for ref in refs if ref.key in known}


@resolves("reviews.assessment")
def assessments(refs: Iterable[Ref]) -> dict[Ref, Known]:
    """What was said of progress, by who said it."""
    wanted = _by_number(refs)
    found = {one.pk: one for one in Assessment.objects.filter(pk__in=wanted.values()).select_related("review")}
    return {
        ref: Known(f"{found[pk]}", ASSESSMENT.state(found[pk].status).label, review_url(found[pk].review))
        for ref, pk in wanted.items()
        if pk in found
    }


def _by_number(refs: Iterable[Ref]) -> dict[Ref, UUID]:
    """The references whose key is a number of ours; others point at nothing."""
    numbers = {}
    for ref in refs:
        with suppress(ValueError):
            numbers[ref] = UUID(ref.key)
    return numbers


def _measure(ref: Ref, title: str) -> Known:
    if not ref.place:
        return Known(_(title), url=reverse("evidence:measure", args=[ref.key]))
    try:
        said = {"title": _(title), "place": place(ref.place).name}
    except UnknownPlace:
        return Known(str(ref))
    return Known(_("%(title)s, %(place)s") % said, url=reverse("evidence:place", args=[ref.key, ref.place]))
