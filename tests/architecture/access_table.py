"""Who may call which address with which method: the one table that the site is held to."""

EVERYONE = "everyone"
READ = ("GET", "HEAD")

# name of the address: (methods, who)
TABLE = {
    "home": (READ, EVERYONE),
    "health": (READ, EVERYONE),
    "robots": (READ, EVERYONE),
    "sitemap": (READ, EVERYONE),
    "evidence:journey": (READ, EVERYONE),
    "evidence:journey-table": (READ, EVERYONE),
    "evidence:method": (READ, EVERYONE),
    "evidence:measure": (READ, EVERYONE),
    "evidence:place": (READ, EVERYONE),
    "evidence:table": (READ, EVERYONE),
    "evidence:chart": (READ, EVERYONE),
    "api:openapi-json": (READ, EVERYONE),
    "api:api-root": (READ, EVERYONE),
    "api:list_measures": (READ, EVERYONE),
    "api:compare": (READ, EVERYONE),
}

# What fills the blanks of an address when it is asked for over HTTP.
SAMPLES = {
    "evidence:measure": ["arrests"],
    "evidence:place": ["stop-and-search", "E23000016"],
    "evidence:table": ["stop-and-search", "E23000016", "groups"],
    "evidence:chart": ["stop-and-search", "E23000016", "groups"],
}
QUERY = {"api:compare": {"measure": "stop-and-search"}}
