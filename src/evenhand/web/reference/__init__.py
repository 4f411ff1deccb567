"""The generated pages of docs/reference: what the code itself says of what there is."""

from evenhand.web.reference import claims, doors, figures, lives, reviews, support

GENERATED = "*Generated from the code by `python manage.py write_reference`: change the code, not this page.*"
PAGES = {
    "settings": doors.settings,
    "commands": doors.commands,
    "permissions": doors.permissions,
    "lifecycles": lives.lives,
    "api": doors.api,
    "measures": figures.measures,
    "datasets": figures.datasets,
    "claims": claims.claims,
    "corrections": claims.written,
    "reviews": reviews.reviews,
    "statistics": figures.statistics,
    "classifications": figures.classifications,
    "places": figures.places,
    "programmes": support.programmes,
}


def pages() -> dict[str, str]:
    """Every generated page: its file name and its text, the same for the same code."""
    return {f"{name}.md": f"{GENERATED}\n\n{page()}\n" for name, page in PAGES.items()}
