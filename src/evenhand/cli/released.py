"""The figures that the command answers from: those of the site's store, else those that the product ships."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from evenhand.cli.refusals import Refusal

if TYPE_CHECKING:
    from evenhand.library.datasets.catalogue import Collection, Measure
    from evenhand.library.datasets.engine import Engine


def engine_for(
    asked: Callable[[], "Measure | Collection"], release: str | None
) -> tuple["Engine", dict[str, str] | None]:
    """The engine, and the versions of a release that is named, of the measure or collection that is asked."""
    from evenhand.library.datasets.catalogue import Unknown
    from evenhand.library.datasets.engine import Engine, shipped_engine
    from evenhand.library.datasets.store import Store, UnknownRelease

    store = Store(evidence_folder())
    if store.state() is None:
        return shipped_engine(), None
    versions = None
    if release is not None:
        try:
            versions = store.versions(asked(), release)
        except UnknownRelease as fault:
            raise Refusal("unknown-release", str(fault)) from None
        except Unknown as fault:
            raise Refusal("unknown-measure", str(fault), fault.near) from None
    return Engine.from_store(store), versions


def evidence_folder() -> Any:
    """The folder of the store, as the environment names it."""
    from evenhand import env

    variable = next(one for one in env.VARIABLES if one.name == "EVIDENCE_URL")
    try:
        return env.folder(str(variable.read(os.environ.get(variable.name, variable.default))))
    except ValueError as fault:
        raise Refusal("bad-setting", f"EVIDENCE_URL {fault}") from None
