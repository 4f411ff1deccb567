"""Addresses of the support programme."""

from django.urls import path, re_path

from evenhand.domains.support.views import (
    applications,
    assessing,
    consultants,
    desk,
    engagements,
    links,
    programmes,
    reports,
    told,
)

app_name = "support"
ENGAGEMENT = r"^engagements/(?P<reference>E-[0-9]{1,9})"
REFERENCE = r"(?P<reference>A-[0-9]{1,9})"

urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("applications/", applications.mine, name="applications"),
    re_path(rf"^applications/{REFERENCE}/$", applications.application, name="application"),
    re_path(rf"^applications/{REFERENCE}/about/$", applications.facts, name="facts"),
    re_path(rf"^applications/{REFERENCE}/(?P<number>[0-9]{{1,2}})/$", applications.section, name="section"),
    re_path(rf"^applications/{REFERENCE}/check/$", applications.review, name="review"),
    re_path(
        rf"^applications/{REFERENCE}/(?P<name>send|withdraw|query|reply|accept|decline)$",
        applications.step,
        name="step",
    ),
    re_path(rf"^applications/{REFERENCE}/way$", applications.way, name="way"),
    re_path(rf"^applications/{REFERENCE}/files$", applications.attach, name="attach"),
    re_path(rf"^applications/{REFERENCE}/files/(?P<pk>[0-9a-f-]{{36}})/remove$", applications.detach, name="detach"),
    re_path(rf"^applications/{REFERENCE}/people$", applications.invite, name="invite"),
    re_path(rf"^applications/{REFERENCE}/people/(?P<pk>[0-9a-f-]{{36}})/end$", applications.end_part, name="end-part"),
    path("invitations/<str:key>/", applications.invitation, name="invitation"),
    path("assessing/", assessing.desk, name="assessing"),
    path("assessing/declare", assessing.declare, name="declare"),
    re_path(rf"^assessing/{REFERENCE}/$", assessing.sheet, name="sheet"),
    re_path(rf"^assessing/{REFERENCE}/step-back$", assessing.step_back, name="step-back"),
    path("consultants/", consultants.consultants, name="consultants"),
    path("consultants/mine/", consultants.mine, name="consultant-mine"),
    path("consultants/<int:pk>/", consultants.consultant, name="consultant"),
    path("consultants/<int:pk>/<slug:name>", consultants.move, name="consultant-move"),
    path("engagements/", engagements.mine, name="engagements"),
    path("engagements/confirm/<str:token>/", links.confirm_day, name="confirm-day"),
    re_path(rf"{ENGAGEMENT}/$", engagements.engagement, name="engagement"),
    re_path(rf"{ENGAGEMENT}/questions/$", engagements.questions, name="engagement-questions"),
    re_path(rf"{ENGAGEMENT}/(?P<verb>[a-z-]+)$", engagements.act, name="engagement-act"),
    re_path(
        rf"{ENGAGEMENT}/invoices/(?P<pk>[0-9]{{1,9}})/(?P<name>[a-z-]+)$",
        engagements.move_invoice,
        name="engagement-invoice",
    ),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:programme>/", reports.dashboard, name="dashboard"),
    re_path(
        r"^reports/(?P<programme>[a-z0-9-]+)/today\.(?P<form>pdf|xlsx|csv)$",
        reports.dashboard_file,
        name="dashboard-file",
    ),
    path("reports/<slug:programme>/<int:pk>/", reports.report, name="report"),
    re_path(
        r"^reports/(?P<programme>[a-z0-9-]+)/(?P<pk>[0-9]{1,9})/report\.(?P<form>pdf|xlsx|csv)$",
        reports.report_file,
        name="report-file",
    ),
    path("reports/<slug:programme>/<int:pk>/<slug:name>", reports.move, name="report-move"),
    path("<slug:programme>/promises/", told.promises, name="promises"),
    path("<slug:programme>/rounds/<uuid:pk>/", told.round_over, name="round"),
    path("<slug:programme>/reports/<int:pk>/", told.public_report, name="public-report"),
    re_path(
        r"^(?P<programme>[a-z0-9-]+)/reports/(?P<pk>[0-9]{1,9})/report\.(?P<form>pdf|xlsx|csv)$",
        told.public_report_file,
        name="public-report-file",
    ),
    path("<slug:programme>/360giving.json", told.grants, name="grants"),
    # Last: words that are no programme stand before.
    path("<slug:slug>/", programmes.programme, name="programme"),
    path("<slug:slug>/check/", programmes.check, name="check"),
    path("<slug:slug>/ring/", programmes.ring, name="ring"),
    path("<slug:slug>/apply/", applications.begin, name="begin"),
]

# Below the staff home: the officer's desk.
staff = (
    [
        path("", desk.desk, name="desk"),
        path("rounds/", desk.rounds_page, name="rounds"),
        path("rounds/new/", desk.draft, name="draft"),
        path("rounds/<uuid:pk>/", desk.round_page, name="round"),
        path("rounds/<uuid:pk>/call/", desk.call, name="call"),
        path("rounds/<uuid:pk>/<slug:name>", desk.move_round, name="move-round"),
        path("calls/<uuid:pk>/settle", desk.settle, name="settle"),
        re_path(rf"^applications/{REFERENCE}/$", desk.application, name="application"),
        re_path(rf"^applications/{REFERENCE}/ask-assessors$", desk.ask, name="ask-assessors"),
        re_path(rf"^applications/{REFERENCE}/assessors/(?P<pk>[0-9a-f-]{{36}})/release$", desk.release, name="release"),
        re_path(rf"^applications/{REFERENCE}/write-down/$", desk.write_down, name="write-down"),
        re_path(rf"^applications/{REFERENCE}/(?P<name>[a-z-]+)$", desk.step, name="step"),
    ],
    "staff_support",
)
