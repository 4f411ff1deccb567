"""The page of an address, for whoever asks for its Welsh."""

from typing import Any

from wagtail.models import Page, Site


def in_welsh(path: str) -> Any:
    """The public page that stands at an address, whether it has a Welsh text or not; nothing if there is none."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not path.strip("/"):
        return None
    url_path = f"{site.root_page.url_path}{path.strip('/')}/"
    found = Page.objects.live().filter(url_path=url_path).first()
    return found.specific if found else None
