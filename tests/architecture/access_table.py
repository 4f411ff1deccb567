"""Who may call which address with which method: the one table that the site is held to."""

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content, version_of

EVERYONE = "everyone"
READ = ("GET", "HEAD")

# name of the address: (methods, who)
TABLE = {
    "home": (READ, EVERYONE),
    "health": (READ, EVERYONE),
    "robots": (READ, EVERYONE),
    "sitemap": (READ, EVERYONE),
    "places": (READ, EVERYONE),
    "place": (READ, EVERYONE),
    "groups": (READ, EVERYONE),
    "group": (READ, EVERYONE),
    "stages": (READ, EVERYONE),
    "stage": (READ, EVERYONE),
    "evidence:journey": (READ, EVERYONE),
    "evidence:method": (READ, EVERYONE),
    "evidence:claims": (READ, EVERYONE),
    "evidence:claims-json": (READ, EVERYONE),
    "evidence:claim": (READ, EVERYONE),
    "evidence:claim-json": (READ, EVERYONE),
    "evidence:corrections": (READ, EVERYONE),
    "evidence:corrections-atom": (READ, EVERYONE),
    "evidence:corrections-json": (READ, EVERYONE),
    "evidence:correction": (READ, EVERYONE),
    "evidence:correction-figures": (READ, EVERYONE),
    "evidence:counterfactual": (READ, EVERYONE),
    "evidence:counterfactual-exhibit": (READ, EVERYONE),
    "evidence:counterfactual-citation": (READ, EVERYONE),
    "evidence:measure": (READ, EVERYONE),
    "evidence:place": (READ, EVERYONE),
    "evidence:exhibit": (READ, EVERYONE),
    "evidence:journey-table": (READ, EVERYONE),
    "evidence:datasets": (READ, EVERYONE),
    "evidence:dataset": (READ, EVERYONE),
    "evidence:observations": (READ, EVERYONE),
    "evidence:source": (READ, EVERYONE),
    "evidence:package": (READ, EVERYONE),
    "evidence:row": (READ, EVERYONE),
    "evidence:citation": (READ, EVERYONE),
    "evidence:trace": (READ, EVERYONE),
    "evidence:trace-citation": (READ, EVERYONE),
    "api:openapi-json": (READ, EVERYONE),
    "api:api-root": (READ, EVERYONE),
    "api:list_measures": (READ, EVERYONE),
    "api:compare": (READ, EVERYONE),
    "api:counterfactual": (READ, EVERYONE),
    "api:trace": (READ, EVERYONE),
}

# The release that the product ships of one dataset.
VERSION = version_of(loader("prison-population"), shipped_content(loader("prison-population")))

# What fills the blanks of an address when it is asked for over HTTP.
SAMPLES = {
    "evidence:claim": ["lammy-2017-share-of-prisoners"],
    "evidence:claim-json": ["evenhand-stop-and-search-black"],
    "evidence:correction": ["conviction-ratio-2009"],
    "evidence:correction-figures": ["conviction-ratio-2009", "csv"],
    "place": ["E23000016"],
    "group": ["black-caribbean"],
    "stage": ["prison"],
    "evidence:counterfactual-exhibit": ["swap", "csv"],
    "evidence:counterfactual-citation": ["swap", "bib"],
    "evidence:measure": ["arrests"],
    "evidence:place": ["stop-and-search", "E23000016"],
    "evidence:exhibit": ["stop-and-search", "E23000016", "groups", "csv"],
    "evidence:journey-table": ["csv"],
    "evidence:dataset": ["prison-population"],
    "evidence:observations": ["prison-population", VERSION, "csv"],
    "evidence:source": ["prison-population", VERSION],
    "evidence:row": ["prison-population", VERSION, "2"],
    "evidence:citation": ["stop-and-search", "E23000016", "groups", "bib"],
    "evidence:trace": ["stop-and-search", "E23000016"],
    "evidence:trace-citation": ["stop-and-search", "E23000016", "bib"],
}
QUERY = {
    "api:compare": {"measure": "stop-and-search"},
    "api:counterfactual": {"measure": "prison-population", "scenario": "swap"},
    "api:trace": {"measure": "stop-and-search", "group": "Black"},
    "evidence:trace": {"group": "Black"},
    "evidence:trace-citation": {"group": "Black"},
}
