"""Addresses of the support programme."""

from django.urls import path, re_path

from evenhand.domains.support.views import consultants, engagements, links, reports

app_name = "support"
ENGAGEMENT = r"^engagements/(?P<reference>E-[0-9]{1,9})"

urlpatterns = [
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
    path("<slug:programme>/promises/", reports.promises, name="promises"),
    path("<slug:programme>/reports/<int:pk>/", reports.public_report, name="public-report"),
    path("<slug:programme>/360giving.json", reports.grants, name="grants"),
]
