"""The addresses of publishing but for the pages themselves, which stand wherever no other address does."""

from django.urls import path

from evenhand.domains.publishing.views import alerts, pages

PAGES = r"^((?:[\w\-]+/)+)$"

urlpatterns = [
    path("news/alerts/", alerts.alerts, name="alerts"),
    path("news/alerts/confirm/<str:token>/", alerts.confirm, name="alert-confirm"),
    path("news/alerts/end/<str:token>/", alerts.end, name="alert-end"),
    path("documents/<int:document_id>/<str:document_filename>", pages.document, name="wagtaildocs_serve"),
]
