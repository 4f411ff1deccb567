"""Every address of the site."""

from django.urls import include, path, re_path

from evenhand.core.access import READ, anyone
from evenhand.core.api import guarded, make_api
from evenhand.domains.directory import api as directory
from evenhand.domains.evidence.api import router as evidence
from evenhand.domains.publishing.urls import PAGES
from evenhand.domains.publishing.views.pages import page as published
from evenhand.domains.reviews.api import router as progress
from evenhand.web import groups, health, home, organisations, places, search, sitemap, stages, topics, welsh
from evenhand.web.news import pages as news

api = make_api(
    title="Evenhand",
    version="1",
    description="Race equality in the criminal justice system of England and Wales, as open data. No key is needed.",
)
api.add_router("/evidence/v1", evidence)
api.add_router("/directory/v1", directory.search)
api.add_router("/progress/v1", progress)
api.add_router("/oruk/v3", directory.router)
api.add_router("/oruk/v1", directory.version_1)

urlpatterns = [
    path("", home.home, name="home"),
    path("account/", include("evenhand.core.accounts.urls")),
    path("account/files/", include("evenhand.core.files.urls")),
    path("account/organisations/", include("evenhand.core.organisations.urls")),
    path("evidence/", include("evenhand.domains.evidence.urls")),
    path("", include("evenhand.domains.directory.urls")),
    path("progress/", include("evenhand.domains.reviews.urls")),
    path("support/", include("evenhand.domains.support.urls")),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("places/", places.places, name="places"),
    re_path(r"^places/(?P<code>[A-Z][A-Z0-9]{2,3}|[A-Z][0-9]{8})/$", places.place, name="place"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("stages/", stages.stages, name="stages"),
    path("stages/<slug:slug>/", stages.stage, name="stage"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("news/", news.whats_new, name="news"),
    path("news/latest.atom", news.atom_feed, name="news-atom"),
    path("news/latest.json", news.json, name="news-json"),
    path("search/", search.site_search, name="search"),
    path("api/", guarded(api.urls, anyone, READ)),
    path("staff/", include("evenhand.web.staff.urls")),
    path("", include("evenhand.domains.publishing.urls")),
    path("health/", health.health, name="health"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    re_path(r"^cy/(?P<path>.*)$", welsh.welsh, name="welsh"),
    # Last: what an editor published, at whatever address no other page takes.
    re_path(PAGES, published, name="wagtail_serve"),
]

handler400 = "evenhand.web.errors.bad_request"
handler429 = "evenhand.web.errors.too_many"
handler403 = "evenhand.web.errors.forbidden"
handler404 = "evenhand.web.errors.not_found"
handler500 = "evenhand.web.errors.server_error"
