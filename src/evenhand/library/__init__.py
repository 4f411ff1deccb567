"""The library: pure Python, usable alone. `from evenhand.library import compare` answers from the shipped figures."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenhand.library.datasets.compare import compare
    from evenhand.library.datasets.trace import trace

__all__ = ["compare", "trace"]


def __getattr__(name: str) -> Any:
    if name == "compare":
        from evenhand.library.datasets.compare import compare

        return compare
    if name == "trace":
        from evenhand.library.datasets.trace import trace

        return trace
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
