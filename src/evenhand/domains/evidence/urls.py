"""The addresses of the evidence. Fixed words come first: no measure may take one of them as its slug."""

from django.urls import path, re_path

from evenhand.domains.evidence import views

app_name = "evidence"
RESERVED = ("method", "data", "counterfactual", "corrections")
CODE = r"(?P<code>[A-Z][0-9]{8})"  # as the Office for National Statistics codes places
SLUG = r"(?P<slug>[a-z0-9-]+)"

urlpatterns = [
    path("", views.journey, name="journey"),
    path("journey.csv", views.journey_table, name="journey-table"),
    path("method/", views.method, name="method"),
    path("<slug:slug>/", views.measure, name="measure"),
    re_path(rf"^{SLUG}/{CODE}/$", views.place, name="place"),
    re_path(rf"^{SLUG}/{CODE}/(?P<name>[a-z-]+)\.csv$", views.table, name="table"),
    re_path(rf"^{SLUG}/{CODE}/(?P<name>[a-z-]+)\.svg$", views.chart, name="chart"),
]
