"""Addresses of the directory."""

from django.urls import path, re_path

from evenhand.domains.directory.views import checks, find, gaps, kept, listings, lists

app_name = "directory"
PK = r"(?P<pk>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
CODE = r"(?P<code>[A-Z][A-Z0-9]{2,3}|[A-Z][0-9]{8})"

urlpatterns = [
    path("find/", find.find, name="find"),
    path("directory/gaps/", gaps.gaps, name="gaps"),
    re_path(r"^directory/gaps/(?P<name>needs|communities|unmet|stale)\.csv$", gaps.table, name="gaps-table"),
    path("services/<slug:slug>/", listings.service, name="service"),
    path("services/<slug:slug>/embed/", listings.service_embed, name="service-embed"),
    path("services/<slug:slug>/report/", listings.report, name="report"),
    path("organisations/<slug:slug>/embed/", listings.organisation_embed, name="organisation-embed"),
    path("account/services/", kept.mine, name="mine"),
    path("account/services/new/<uuid:organisation>/", kept.new, name="new"),
    path("account/services/<uuid:pk>/", kept.edit, name="edit"),
    re_path(rf"^account/services/{PK}/(?P<name>submit|confirm)$", kept.move, name="move"),
    re_path(rf"^account/services/{PK}/(?P<name>close|reopen)$", kept.turn, name="turn"),
    path("directory/check/<str:token>/", checks.check, name="check"),
    path("directory/check/<str:token>/renew", checks.check_renew, name="check-renew"),
    path("directory/services.csv", lists.services_csv, name="services-csv"),
    path("directory/shortlist/", lists.shortlist, name="shortlist"),
    path("directory/shortlist.csv", lists.shortlist_csv, name="shortlist-csv"),
    re_path(r"^directory/shortlist/(?P<what>add|remove|clear)$", lists.shortlist_change, name="shortlist-change"),
    re_path(rf"^directory/booklets/{CODE}/$", lists.booklet, name="booklet"),
    re_path(rf"^directory/booklets/{CODE}\.csv$", lists.booklet_csv, name="booklet-csv"),
    re_path(rf"^directory/booklets/{CODE}\.pdf$", lists.booklet_pdf, name="booklet-pdf"),
]
