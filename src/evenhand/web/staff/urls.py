"""The addresses of the staff home: our doors and pages first, and behind them Wagtail's admin, guarded as a whole."""

from typing import Any

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin.urls import urlpatterns as editor

from evenhand.core.access import WRITE, Who, allow, anyone, guard, staff
from evenhand.domains.evidence.urls import staff as figures
from evenhand.domains.support.urls import staff as support
from evenhand.web.staff import (
    commitments,
    determinations,
    directory,
    disparities,
    inbox,
    organisations,
    people,
    progress,
    terms,
)
from evenhand.web.staff.home import at_home


def door(to: str, who: Who = anyone) -> Any:
    """An address of the editor's own accounts, which leads to ours: there is one sign-in."""
    return allow(who, methods=WRITE)(RedirectView.as_view(pattern_name=to, query_string=True))


guard(editor, staff, WRITE, dress=at_home)

urlpatterns = [
    path("login/", door("account_login"), name="staff_sign_in"),
    path("logout/", door("account_logout"), name="staff_sign_out"),
    re_path(r"^password_reset/(?:.*/)?$", door("account_reset_password"), name="staff_password_reset"),
    path("account/", door("account", staff), name="staff_account"),
    re_path(r"^users/(?:.*/)?$", door("staff_people", staff), name="staff_users"),
    re_path(r"^groups/(?:.*/)?$", door("staff_people", staff), name="staff_groups"),
    path("people/", people.people, name="staff_people"),
    path("people/erasures/", people.erasures, name="staff_erasures"),
    path("people/erasures/<uuid:pk>/<slug:name>", people.erasure_step, name="staff_erasure_step"),
    path("people/<uuid:pk>/", people.person, name="staff_person"),
    path("people/<uuid:pk>/give-role", people.give_role, name="staff_give_role"),
    path("people/<uuid:pk>/roles/<int:held>/end", people.end_role, name="staff_end_role"),
    path("people/<uuid:pk>/suspend", people.suspend, name="staff_suspend"),
    path("people/<uuid:pk>/restore", people.restore, name="staff_restore"),
    path("people/<uuid:pk>/remove-factors", people.remove_factors, name="staff_remove_factors"),
    path("figures/", include(figures)),
    path("support/", include(support)),
    path("terms/", terms.terms, name="staff_terms"),
    path("terms/<uuid:pk>/<slug:name>", terms.move, name="staff_term_move"),
    path("directory/", directory.desk, name="staff_directory"),
    path("directory/<uuid:pk>/", directory.listing, name="staff_listing"),
    path("directory/<uuid:pk>/versions/<int:version>/undo", directory.undo, name="staff_listing_undo"),
    path("directory/<uuid:pk>/look-over", directory.look_over, name="staff_listing_look_over"),
    path("directory/<uuid:pk>/<slug:name>", directory.move, name="staff_listing_move"),
    path("directory/reports/<uuid:pk>/settle", directory.settle_report, name="staff_settle_report"),
    path("commitments/", commitments.desk, name="staff_commitments"),
    path("commitments/propose", commitments.propose, name="staff_commitment_propose"),
    path("commitments/challenges/<uuid:pk>/", commitments.challenge, name="staff_challenge"),
    path("commitments/challenges/<uuid:pk>/<slug:name>", commitments.challenge_step, name="staff_challenge_step"),
    path("commitments/<slug:slug>/", commitments.commitment, name="staff_commitment"),
    path("commitments/<slug:slug>/<slug:name>", commitments.commitment_step, name="staff_commitment_step"),
    path("progress/", progress.desk, name="staff_progress"),
    path("progress/review", progress.add_review, name="staff_progress_review"),
    path("progress/capture", progress.capture, name="staff_progress_capture"),
    path("progress/reviews/<slug:slug>/", progress.review, name="staff_review"),
    path("progress/reviews/<slug:slug>/<slug:name>", progress.review_step, name="staff_review_step"),
    path("progress/recommendations/<uuid:pk>/", progress.recommendation, name="staff_recommendation"),
    path("progress/recommendations/<uuid:pk>/assess", progress.assess, name="staff_assess"),
    path(
        "progress/recommendations/<uuid:pk>/<slug:name>", progress.recommendation_step, name="staff_recommendation_step"
    ),
    path("progress/determinations/<uuid:pk>/", determinations.determination, name="staff_determination"),
    path(
        "progress/determinations/<uuid:pk>/<slug:name>",
        determinations.determination_step,
        name="staff_determination_step",
    ),
    path("progress/assessments/<uuid:pk>/", progress.assessment, name="staff_assessment"),
    path("progress/assessments/<uuid:pk>/<slug:name>", progress.assessment_step, name="staff_assessment_step"),
    path("evidence-inbox/", inbox.inbox, name="staff_inbox"),
    path("evidence-inbox/<uuid:pk>/", inbox.submission, name="staff_submission"),
    path("evidence-inbox/<uuid:pk>/<slug:name>", inbox.submission_step, name="staff_submission_step"),
    path("explain-or-reform/", disparities.desk, name="staff_disparities"),
    path("explain-or-reform/propose", disparities.propose, name="staff_disparity_propose"),
    path("explain-or-reform/<slug:slug>/", disparities.disparity, name="staff_disparity"),
    path("explain-or-reform/<slug:slug>/<slug:name>", disparities.disparity_step, name="staff_disparity_step"),
    path("organisations/", organisations.organisations, name="staff_organisations"),
    path("organisations/create", organisations.create, name="staff_organisation_create"),
    path("organisations/alerts/", organisations.alerts, name="staff_alerts"),
    path("organisations/alerts/<int:pk>/settle", organisations.settle, name="staff_alert_settle"),
    path("organisations/claims/", organisations.claims, name="staff_claims"),
    path("organisations/claims/<uuid:pk>/", organisations.claim, name="staff_claim"),
    re_path(
        r"^organisations/claims/(?P<pk>[0-9a-f-]{36})/(?P<move>grant|refuse)$",
        organisations.decide,
        name="staff_claim_decide",
    ),
    path("organisations/<uuid:pk>/", organisations.organisation, name="staff_organisation"),
    path("organisations/<uuid:pk>/rename", organisations.rename, name="staff_organisation_rename"),
    path("organisations/<uuid:pk>/look-over", organisations.look_over, name="staff_organisation_look_over"),
    path("organisations/<uuid:pk>/identifier", organisations.add_identifier, name="staff_organisation_identifier"),
    path("organisations/<uuid:pk>/facts/", organisations.confirm_fact, name="staff_organisation_fact"),
    path(
        "organisations/<uuid:pk>/facts/<int:fact>/withdraw",
        organisations.withdraw_fact,
        name="staff_organisation_fact_withdraw",
    ),
    path("organisations/<uuid:pk>/close", organisations.close, name="staff_organisation_close"),
    path("organisations/<uuid:pk>/reopen", organisations.reopen, name="staff_organisation_reopen"),
    path("organisations/<uuid:pk>/merge/<uuid:into>", organisations.merge, name="staff_organisation_merge"),
    *editor,
]
