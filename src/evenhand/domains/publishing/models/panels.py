"""The panel of the editor that says what the language check found in what was last saved."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.panels import Panel

Finder = Callable[[Any], Any]
_FINDERS: list[Finder] = []


def finds(finder: Finder) -> Finder:
    """Say what looks at a page that was saved. Its findings are shown over the text."""
    _FINDERS.append(finder)
    return finder


def found_in(page: Any) -> list[Any]:
    """Whatever any of them found in a page, as it stands in memory."""
    return [one for finder in _FINDERS for one in finder(page)]


class LanguagePanel(Panel):  # type: ignore[misc]  # Wagtail ships no types
    """Each finding with its place, the words, and why."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        """For one page."""

        template_name = "publishing/language_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """What was found in the newest draft; nothing of a page that is not saved yet."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            saved = bool(self.instance.pk)
            return {**context, "saved": saved, "findings": found_in(self.instance) if saved else []}
