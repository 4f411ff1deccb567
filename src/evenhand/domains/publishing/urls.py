"""The addresses of publishing but for the pages themselves, which stand wherever no other address does."""

from django.urls import path

from evenhand.domains.publishing.models.writing import TAKEN
from evenhand.domains.publishing.views import alerts, pages

# Whatever stands under no word of another part: there a wrong address costs no look at any table.
PAGES = rf"^((?!(?:{'|'.join(TAKEN)})/)(?:[\w\-]+/)+)$"

urlpatterns = [
    path("news/alerts/", alerts.alerts, name="alerts"),
    path("news/alerts/confirm/<str:token>/", alerts.confirm, name="alert-confirm"),
    path("news/alerts/end/<str:token>/", alerts.end, name="alert-end"),
    path("cards/<int:pk>.png", pages.card, name="card"),
    path("media/<path:name>", pages.picture, name="picture"),
    path("documents/<int:document_id>/<str:document_filename>", pages.document, name="wagtaildocs_serve"),
]
