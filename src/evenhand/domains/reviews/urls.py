"""Addresses of reviews and commitments."""

from django.urls import path, re_path

from evenhand.domains.reviews.views import clocks, commitments

app_name = "reviews"

urlpatterns = [
    path("commitments/", commitments.commitments, name="commitments"),
    re_path(
        r"^commitments/commitments\.(?P<form>csv|xlsx|json|csv-metadata\.json)$",
        commitments.commitments_file,
        name="commitments-file",
    ),
    path("commitments/template/", commitments.template, name="template"),
    re_path(
        r"^commitments/template/template\.(?P<form>md|csv|xlsx|csv-metadata\.json)$",
        commitments.template_file,
        name="template-file",
    ),
    path("commitments/<slug:slug>/", commitments.commitment, name="commitment"),
    path("commitments/<slug:slug>/ask/", commitments.ask, name="ask"),
    path("overdue/", clocks.overdue, name="overdue"),
]
