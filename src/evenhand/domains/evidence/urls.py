"""The addresses of the evidence. Fixed words come first: no measure may take one of them as its slug."""

from django.urls import path, re_path

from evenhand.domains.evidence.views import claims, corrections, counterfactuals, data, figures, measures, traces

app_name = "evidence"
CODE = r"(?P<code>[A-Z][0-9]{8})"  # as the Office for National Statistics codes places
TABLE = r"(?P<form>csv|csv-metadata\.json|xlsx|json)"
FORM = r"(?P<form>csv|csv-metadata\.json|xlsx|json|svg|png)"
RELEASE = r"(?P<dataset>[a-z0-9-]+)/(?P<version>[0-9a-f]+)"
SLUG = r"(?P<slug>[a-z0-9-]+)"
CITED = r"(?P<form>bib|txt|csl\.json)"

urlpatterns = [
    path("", measures.journey, name="journey"),
    re_path(rf"^journey\.{TABLE}$", measures.journey_table, name="journey-table"),
    path("method/", measures.method, name="method"),
    path("counterfactual/", counterfactuals.page, name="counterfactual"),
    re_path(rf"^counterfactual/(?P<name>[a-z-]+)\.{FORM}$", counterfactuals.exhibit, name="counterfactual-exhibit"),
    re_path(rf"^counterfactual/(?P<name>[a-z-]+)\.{CITED}$", counterfactuals.citation, name="counterfactual-citation"),
    path("data/", data.datasets, name="datasets"),
    path("data/datapackage.json", data.data_package, name="package"),
    path("data/<slug:dataset>/", data.dataset, name="dataset"),
    re_path(rf"^data/{RELEASE}/observations\.{TABLE}$", data.observations, name="observations"),
    re_path(rf"^data/{RELEASE}/source\.csv$", data.source_file, name="source"),
    path("claims/", claims.claims, name="claims"),
    path("claims.json", claims.claims_json, name="claims-json"),
    path("claims/<slug:slug>/", claims.claim, name="claim"),
    path("claims/<slug:slug>.json", claims.claim_json, name="claim-json"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed.atom", corrections.atom, name="corrections-atom"),
    path("corrections/feed.json", corrections.json_feed, name="corrections-json"),
    path("corrections/<slug:slug>/", corrections.correction, name="correction"),
    re_path(rf"^corrections/{SLUG}\.{TABLE}$", corrections.figures, name="correction-figures"),
    re_path(rf"^data/{RELEASE}/row/(?P<number>[0-9]{{1,7}})/$", traces.row, name="row"),
    path("<slug:slug>/", measures.measure, name="measure"),
    re_path(rf"^{SLUG}/{CODE}/$", measures.place, name="place"),
    re_path(rf"^{SLUG}/{CODE}/trace/$", traces.trace, name="trace"),
    re_path(rf"^{SLUG}/{CODE}/trace\.{CITED}$", traces.trace_citation, name="trace-citation"),
    re_path(rf"^{SLUG}/{CODE}/(?P<name>[a-z-]+)\.{CITED}$", traces.citation, name="citation"),
    re_path(rf"^{SLUG}/{CODE}/(?P<name>[a-z-]+)\.{FORM}$", measures.exhibit, name="exhibit"),
]

# Below the staff home: figures on their way.
RELEASED = "<slug:dataset>/<slug:version>"
staff = (
    [
        path("", figures.editions, name="list"),
        path("load/", figures.load, name="load"),
        path("describe/", figures.describe, name="describe"),
        path("<int:pk>/", figures.edition, name="edition"),
        path("<int:pk>/declaration.toml", figures.declaration, name="declaration"),
        path("<int:pk>/send", figures.send, name="send"),
        path("<int:pk>/withdraw", figures.withdraw, name="withdraw"),
        path("<int:pk>/decide/", figures.decide, name="decide"),
        path(f"{RELEASED}/take-up", figures.take_up, name="take-up"),
        path(f"{RELEASED}/restore/", figures.restore, name="restore"),
    ],
    "figures",
)
