"""The commands `load`, `publish`, `restore` and `discard`: own figures, loaded by one and published by another."""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.cli.printing import number, print_table
from evenhand.cli.refusals import Refusal
from evenhand.cli.released import evidence_folder

if TYPE_CHECKING:
    from evenhand.library.datasets.loader import Observation
    from evenhand.library.datasets.own.declaration import Own
    from evenhand.library.datasets.store import Report, Store

SHOWN = 20  # changes printed one by one
GUIDE = "docs/how-to/load-your-own-figures.md"
LOADING, PUBLISHING = "statistics editor", "statistics approver"
STATES = {
    "present": "shown",
    "small": "shown as fewer than 6",
    "suppressed": "withheld",
    "no-row": "blank",
    "not-available": "not available",
    "not-applicable": "not applicable",
}


def add_commands(commands: Any) -> None:
    """Say what the commands take."""
    one = commands.add_parser("load", help="release the shipped figures; or put forward a table of your own")
    one.add_argument("file", nargs="?", help="a .csv, .xlsx or .ods file; its declaration stands beside it as .toml")
    one.add_argument("--by", help="who loads it, by role; somebody else must publish it")
    one.add_argument("--dataset", help="the shipped dataset that the file is a newer table of; it needs no declaration")
    one.set_defaults(run=load)

    one = commands.add_parser("publish", help="look at a release that somebody else has loaded, and answer from it")
    one.add_argument("dataset", help="see: evenhand show releases")
    one.add_argument("version", help="see: evenhand show releases")
    one.add_argument("--by", help="who publishes it, by role; without, it is shown and nothing is published")
    one.set_defaults(run=publish)

    one = commands.add_parser("restore", help="put an earlier release forward again, to be published by somebody else")
    one.add_argument("dataset", help="see: evenhand show releases")
    one.add_argument("version", help="see: evenhand show releases")
    one.add_argument("--by", required=True, help="who puts it forward, by role; somebody else must publish it")
    one.add_argument("--note", required=True, help="why, for readers: it will stand among the corrections")
    one.set_defaults(run=restore)

    one = commands.add_parser("discard", help="take away a release that was loaded and never published")
    one.add_argument("dataset")
    one.add_argument("version")
    one.set_defaults(run=discard)


def load(options: argparse.Namespace) -> None:
    """Release the shipped figures; or with a file, put it forward to be published by somebody else."""
    if options.file is None:
        if options.by or options.dataset:
            raise Refusal("bad-command", "name the file to load. See: evenhand load --help")
        _say_loaded(_shipped(_store()))
        return
    if not options.by:
        raise Refusal("bad-command", f'say who loads it, by role: --by "{LOADING}"')
    path = Path(options.file)
    own = _refused(lambda: _declared(path, options.dataset))
    store, content = _store(), path.read_bytes()
    if store.state() is None:
        _say_loaded(_shipped(store))
    version, fresh = _refused(lambda: store.load_draft(own, content, by=options.by, on=_today()))
    waits = store.state_of(own.name, version) == "loaded"
    if not waits:
        print(f"{own.name} {version} is published already: there is nothing new in this file.")
        return
    print(f"{own.name} {version} {'is loaded' if fresh else 'was loaded before'}, and nothing is answered from it yet.")
    _print(store.report(own.name, version))
    _say_who_is_next(own.name, version)


def publish(options: argparse.Namespace) -> None:
    """Answer from a release that somebody else has loaded; without a name, show what would change."""
    store = _store()
    report = _refused(lambda: store.report(options.dataset, options.version))
    _print(report)
    if not options.by:
        print(f'Nothing was published. Once you have looked at it: --by "{PUBLISHING}"')
        return
    _refused(lambda: store.publish(options.dataset, options.version, by=options.by, on=_today()))
    print(f"{options.dataset} {options.version} is published.")


def restore(options: argparse.Namespace) -> None:
    """Put an earlier release forward again, with a note for readers."""
    store, (dataset, version) = _store(), (options.dataset, options.version)
    _refused(lambda: store.restore(dataset, version, by=options.by, on=_today(), note=options.note))
    _print(store.report(dataset, version))
    _say_who_is_next(dataset, version)


def discard(options: argparse.Namespace) -> None:
    """Take away a release that was loaded and never published."""
    _refused(lambda: _store().discard(options.dataset, options.version))
    print(f"{options.dataset} {options.version} is taken away.")


def releases() -> list[dict[str, Any]]:
    """Every release in the store, as `show` lists it."""
    return [
        {
            "dataset": one.dataset,
            "version": one.version,
            "state": one.state,
            "loaded_by": one.loaded_by,
            "loaded_on": one.loaded_on.isoformat(),
            "published_by": one.published_by,
            "published_on": one.published_on.isoformat() if one.published_on else "",
            "figures": one.figures,
            "title": one.title,
        }
        for one in _store().releases()
    ]


def _declared(path: Path, dataset: str | None) -> "Own":
    from evenhand.library.datasets.own.declaration import declaration_beside, newer, read_declaration

    if path.suffix.lower() == ".toml":
        raise Refusal("bad-command", f"name the table, and not its declaration, {path.name}")
    if not path.is_file():
        raise Refusal("unusable-file", f"there is no file {path}")
    if dataset:
        return newer(dataset)
    beside = declaration_beside(path)
    if not beside.is_file():
        hint = f"A newer file of a table that the product ships is loaded with --dataset. See {GUIDE}"
        raise Refusal("no-declaration", f"{path.name} has no declaration beside it: write {beside.name}. {hint}")
    return read_declaration(beside.read_bytes(), file=path.name)


def _refused(act: Callable[[], Any]) -> Any:
    """What an act of the library gives; Refusal in its words where it refuses."""
    from evenhand.library.datasets.catalogue import Unknown
    from evenhand.library.datasets.loader import RefusedFile
    from evenhand.library.datasets.store import CannotPublish
    from evenhand.library.discover import Fault

    try:
        return act()
    except RefusedFile as fault:
        raise Refusal("refused-file", str(fault)) from None
    except Fault as fault:
        raise Refusal("bad-declaration", str(fault)) from None
    except CannotPublish as fault:
        raise Refusal(fault.code, str(fault)) from None
    except Unknown as fault:
        raise Refusal("unknown-release", str(fault), fault.near) from None
    except ValueError as fault:
        raise Refusal("bad-command", str(fault)) from None


def _store() -> "Store":
    from evenhand.library.datasets.store import Store

    return Store(evidence_folder())


def _today() -> date:
    return datetime.now(UTC).date()


def _shipped(store: "Store") -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = _refused(lambda: store.load_shipped(on=_today()))
    return found


def _say_loaded(loaded: dict[str, tuple[str, bool]]) -> None:
    fresh = sum(new for _, new in loaded.values())
    rest = f"; the other {len(loaded) - fresh} were there already" if fresh < len(loaded) else ""
    print(f"{fresh} of {len(loaded)} datasets released{rest}.")


def _say_who_is_next(dataset: str, version: str) -> None:
    print("Somebody else must look at it and publish it:")
    print(f'  evenhand publish {dataset} {version} --by "{PUBLISHING}"')


def _print(report: "Report") -> None:
    print("\n".join(_said(report)))
    if moved := report.changes[:SHOWN]:
        rows = [[*_of(one.cell), _value(one.before), _value(one.after), number(one.difference, 0)] for one in moved]
        columns = ["Figure", "Group", "Place", "Period", "Before", "Now", "Change"]
        print_table("What changes", columns, rows, numeric=range(4, 7))
        if len(report.changes) > SHOWN:
            print(f"and {len(report.changes) - SHOWN:,} more.")


def _said(report: "Report") -> Iterator[str]:
    states = ", ".join(f"{count:,} {STATES.get(state, state)}" for state, count in report.states.items())
    yield f"  {report.release.figures:,} figures{f': {states}' if states else ''}."
    rule = report.small_counts.get("rule")
    if rule == "suppress":
        small, withheld = report.small_counts["small"], report.small_counts["withheld"]
        yield f"  Small counts: {small:,} hidden, and {withheld:,} more so that they cannot be worked out."
    elif rule:
        yield "  Small counts: shown as they are, since the figures are published already."
    if report.totals:
        yield f"  Sums that hold: {'; '.join(report.totals)}."
    yield from (f"  In the spreadsheet: {remark}" for remark in report.remarks)
    if report.note:
        yield f"  For readers: {report.note}"
    if report.over is None:
        yield "  Nothing of this dataset is published yet."
    else:
        kinds = [one.kind for one in report.changes]
        counted = ", ".join(f"{kinds.count(kind):,} {kind}" for kind in ("changed", "appeared", "disappeared"))
        yield f"  Against {report.over}, which is published: {counted}."


def _of(one: "Observation") -> tuple[str, ...]:
    from evenhand.library.places import place

    further = [part for part in (one.detail, one.sex, one.age) if part not in ("", "All")]
    return (", ".join([one.series, *further]), one.group, place(one.place).name, one.period)


def _value(one: "Observation | None") -> str:
    if one is None:
        return "–"
    return f"{one.value:,.10g}" if one.value is not None else STATES.get(one.state, one.state)
