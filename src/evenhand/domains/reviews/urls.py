"""Addresses of reviews and commitments. What begins with a word of ours stands before what takes a slug."""

from django.urls import path, re_path

from evenhand.domains.reviews.views import clocks, commitments, disparities, evidence, reviews

app_name = "reviews"
FORM = r"(?P<form>csv|xlsx|json|csv-metadata\.json)"
CITED = r"cite\.(?P<form>bib|txt|csl\.json)"
REVIEW = r"(?P<review>[a-z0-9-]+)"
NUMBER = r"(?P<number>[a-z0-9-]+)"

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
    path("explain-or-reform/", disparities.disparities, name="disparities"),
    re_path(
        r"^explain-or-reform/register\.(?P<form>csv|xlsx|json|csv-metadata\.json)$",
        disparities.disparities_file,
        name="disparities-file",
    ),
    path("explain-or-reform/<slug:slug>/", disparities.disparity, name="disparity"),
    path("evidence/", evidence.evidence, name="evidence"),
    path("overdue/", clocks.overdue, name="overdue"),
    path("", reviews.progress, name="progress"),
    re_path(rf"^recommendations\.{FORM}$", reviews.recommendations_file, name="recommendations-file"),
    re_path(rf"^assessments\.{FORM}$", reviews.assessments_file, name="assessments-file"),
    path("bodies/", reviews.bodies, name="bodies"),
    path("bodies/<slug:body>/", reviews.body, name="body"),
    path("<slug:review>/", reviews.review, name="review"),
    path("<slug:review>/latest.atom", reviews.atom_feed, name="atom"),
    path("<slug:review>/latest.json", reviews.json_feed_of, name="json-feed"),
    re_path(rf"^{REVIEW}/{CITED}$", reviews.cite, name="review-cite"),
    path("<slug:review>/<slug:number>/", reviews.recommendation, name="recommendation"),
    path("<slug:review>/<slug:number>/embed/", reviews.embed, name="embed"),
    re_path(rf"^{REVIEW}/{NUMBER}/{CITED}$", reviews.cite, name="cite"),
]
