"""The figures that the command answers from: those of the site's store, else those that the product ships."""

import os
from typing import TYPE_CHECKING, Any

from evenhand.cli.refusals import Refusal

if TYPE_CHECKING:
    from evenhand.library.datasets.catalogue import Catalogue, Collection
    from evenhand.library.datasets.engine import Engine
    from evenhand.library.datasets.store import Store


def engine_for(asked: "str | Collection", release: str | None) -> tuple["Engine", dict[str, str] | None]:
    """The engine, and the versions of a release that is named, of the measure or collection that is asked."""
    from evenhand.library.datasets.engine import Engine, shipped_engine
    from evenhand.library.datasets.store import Store

    store = Store(evidence_folder())
    if store.state() is None:
        return shipped_engine(), None
    return Engine.from_store(store), None if release is None else _versions(store, asked, release)


def _versions(store: "Store", asked: "str | Collection", release: str) -> dict[str, str]:
    from evenhand.library.datasets.catalogue import Unknown
    from evenhand.library.datasets.store import UnknownRelease

    known = {one.slug: one for one in store.catalogue().measures}
    try:
        # A measure of one's own that has another name by now is still quoted under the old one.
        return store.versions(known.get(asked, asked) if isinstance(asked, str) else asked, release)
    except UnknownRelease as fault:
        if isinstance(asked, str) and asked not in known:
            unknown = Unknown("measure", asked, list(known))
            raise Refusal("unknown-measure", str(unknown), unknown.near) from None
        raise Refusal("unknown-release", str(fault)) from None


def catalogue_here() -> "Catalogue":
    """What can be asked: of the site's store where there is one, else of the shipped figures."""
    from evenhand.library.datasets.catalogue import shipped_catalogue
    from evenhand.library.datasets.store import Store

    store = Store(evidence_folder())
    return shipped_catalogue() if store.state() is None else store.catalogue()


def evidence_folder() -> Any:
    """The folder of the store, as the environment names it."""
    from evenhand import env

    variable = next(one for one in env.VARIABLES if one.name == "EVIDENCE_URL")
    try:
        return env.folder(str(variable.read(os.environ.get(variable.name, variable.default))))
    except ValueError as fault:
        raise Refusal("bad-setting", f"EVIDENCE_URL {fault}") from None
