"""Every address of the site."""

from django.urls import include, path, re_path

from evenhand.core.access import READ, anyone
from evenhand.core.api import guarded, make_api
from evenhand.domains.directory import api as directory
from evenhand.domains.evidence.api import router as evidence
from evenhand.web import groups, health, home, organisations, places, sitemap, stages

api = make_api(
    title="Evenhand",
    version="1",
    description="Race equality in the criminal justice system of England and Wales, as open data. No key is needed.",
)
api.add_router("/evidence/v1", evidence)
api.add_router("/directory/v1", directory.search)
api.add_router("/oruk/v3", directory.router)
api.add_router("/oruk/v1", directory.version_1)

urlpatterns = [
    path("", home.home, name="home"),
    path("account/", include("evenhand.core.accounts.urls")),
    path("account/files/", include("evenhand.core.files.urls")),
    path("account/organisations/", include("evenhand.core.organisations.urls")),
    path("evidence/", include("evenhand.domains.evidence.urls")),
    path("", include("evenhand.domains.directory.urls")),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("places/", places.places, name="places"),
    re_path(r"^places/(?P<code>[A-Z][A-Z0-9]{2,3}|[A-Z][0-9]{8})/$", places.place, name="place"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("stages/", stages.stages, name="stages"),
    path("stages/<slug:slug>/", stages.stage, name="stage"),
    path("api/", guarded(api.urls, anyone, READ)),
    path("staff/", include("evenhand.web.staff.urls")),
    path("health/", health.health, name="health"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
]

handler400 = "evenhand.web.errors.bad_request"
handler429 = "evenhand.web.errors.too_many"
handler403 = "evenhand.web.errors.forbidden"
handler404 = "evenhand.web.errors.not_found"
handler500 = "evenhand.web.errors.server_error"
