"""A place page of every police force area: worked out afresh, and out of the kept pages."""

from statistics import median, quantiles

from benchmarks.report import Line
from benchmarks.site import Site

FRESH, CACHED = 150, 15
ROUNDS, CACHED_RUNS = 3, 5
MEASURE = "/evidence/stop-and-search/"
WARMING = f"{MEASURE}K04000001/"
OTHERS = {
    "front page": "/",
    "journey": "/evidence/",
    "nation": MEASURE,
    "method": "/evidence/method/",
    "all of the nation": "/places/K04000001/",
    "a group": "/groups/black/",
    "a stage": "/stages/arrest/",
    "places": "/places/",
}


def lines(site: Site) -> list[Line]:
    """Milliseconds through the whole application: the best of a few rounds for each page, over all places."""
    from evenhand.library.places import places

    forces = [force for force in places("police-force") if force.has_residents]
    urls = {force.name: f"{MEASURE}{force.code}/" for force in forces}
    all_of = {force.name: f"/places/{force.code}/" for force in forces}
    cold = site.get(WARMING).milliseconds
    fresh = {name: float("inf") for name in urls}
    cached = dict(fresh)
    whole = dict(fresh)
    others = dict.fromkeys(OTHERS, float("inf"))
    for _ in range(ROUNDS):
        _forget()
        for name, url in OTHERS.items():
            others[name] = min(others[name], site.get(url).milliseconds)
        for name, url in urls.items():
            fresh[name] = min(fresh[name], site.get(url).milliseconds)
            cached[name] = min(cached[name], *(site.get(url).milliseconds for _ in range(CACHED_RUNS)))
        for name, url in all_of.items():
            whole[name] = min(whole[name], site.get(url).milliseconds)
    made = []
    for what, times, limit in (
        ("a place, nothing cached", fresh, FRESH),
        ("a place, cached", cached, CACHED),
        ("all of a place, nothing cached", whole, FRESH),
    ):
        slowest = max(times, key=lambda name: times[name])
        made += [
            Line("Pages", f"{what}: median of {len(times)}", median(times.values()), "ms", limit),
            Line("Pages", f"{what}: 95th percentile", quantiles(times.values(), n=20)[-1], "ms", limit),
            Line("Pages", f"{what}: slowest", times[slowest], "ms", limit, slowest),
        ]
    made += [
        Line("Pages", f"{name}, nothing cached", value, "ms", FRESH if name == "journey" else None)
        for name, value in others.items()
    ]
    made.append(Line("Pages", "the first page of a process: figures read, nation shown", cold, "ms"))
    return made


def _forget() -> None:
    """Let go of every kept page."""
    import evenhand.core.pages as core_pages

    core_pages.KEPT = core_pages.Kept()
