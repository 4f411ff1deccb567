"""The field that holds what editors build of blocks."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):  # type: ignore[misc]  # Wagtail ships no types
    """A stream of blocks, of which the tables know nothing: adding a kind of block needs no migration."""

    def deconstruct(self) -> Any:
        """As a stream of no blocks in particular."""
        name, _path, _args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}
