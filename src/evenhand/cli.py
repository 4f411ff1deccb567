"""The `evenhand` command: the library at a terminal."""

import argparse
import csv
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from evenhand.library.datasets.compare import Answered

REFUSED = 2
MISSING = "–"
NOTES = {"reference": "compared with", "small-base": "under 30"}
PIPED = 110  # columns of a table that goes to a file or another program
COUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3}){1,4}|[0-9]{1,15}")


class Refusal(Exception):
    """A question that cannot be answered: one line for the person who asked, and what machines read."""

    def __init__(self, code: str, message: str, near: Iterable[str] = ()) -> None:
        """Keep the words."""
        self.code, self.message, self.near = code, message, tuple(near)
        super().__init__(message)


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one line, like everything else here."""

    def error(self, message: str) -> NoReturn:
        """Stop with one line and exit status 2."""
        raise Refusal("bad-command", f"{message}. See: {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0, or 2 with one line that says what to do."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = _parser().parse_args(words)
        options.run(options)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Refusal, OSError) as fault:
        refusal = fault if isinstance(fault, Refusal) else Refusal("unusable-file", f"A file cannot be used: {fault}")
        if "--json" in words:
            error = {"code": refusal.code, "message": refusal.message, "near": list(refusal.near)}
            print(json.dumps({"error": error}, ensure_ascii=False))
        print(f"evenhand: {' '.join(refusal.message.split())}", file=sys.stderr)
        return REFUSED
    return 0


def _parser() -> Parser:
    parser = Parser(prog="evenhand", description="Disproportionality in criminal justice, from published figures.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser, metavar="COMMAND")

    one = commands.add_parser("compare", help="compare groups in one place and period")
    one.add_argument("measure", help="such as stop-and-search; see: evenhand show measures")
    one.add_argument("--place", default="K04000001", help="a name or code; England and Wales if left out")
    one.add_argument("--period", help="such as 2024/25; the latest if left out")
    one.add_argument("--groups", type=int, help="5 or 19; the broadest that there is if left out")
    one.add_argument("--reference", help="the group to compare with; White, or White British among 19, if left out")
    one.add_argument("--release", help="a release quoted earlier")
    _formats(one)
    one.set_defaults(run=_compare)

    one = commands.add_parser("ratio", help="one rate over another, with its interval")
    one.add_argument("events")
    one.add_argument("population")
    one.add_argument("--against", nargs=2, required=True, metavar=("EVENTS", "POPULATION"))
    one.add_argument("--method", default="exact", help="exact (the default) or wald")
    one.add_argument("--confidence", type=float, default=0.95, help="0.95 if left out")
    _formats(one)
    one.set_defaults(run=_ratio)

    one = commands.add_parser("show", help="list what there is")
    one.add_argument("kind", help="measures, datasets, classifications, places or settings")
    _formats(one)
    one.set_defaults(run=_show)

    one = commands.add_parser("load", help="release the shipped figures into the store that the site reads")
    one.set_defaults(run=_load)

    one = commands.add_parser("demo", help="make, or take away, what a demonstration needs; refused on any other site")
    one.add_argument("what", choices=("load", "remove"))
    one.set_defaults(run=_demo)

    one = commands.add_parser("tick", help="do each job that is due by the clock, once; for a timer to call")
    one.set_defaults(run=_tick)
    return parser


def _formats(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="write JSON")
    formats.add_argument("--csv", action="store_true", help="write CSV")


def _compare(options: argparse.Namespace) -> None:
    from evenhand.library.datasets.compare import NoAnswer, compare

    engine, versions = _engine(options.measure, options.release)
    try:
        answered = compare(
            options.measure,
            place=options.place,
            period=options.period,
            groups=options.groups,
            reference=options.reference,
            release=options.release,
            engine=engine,
            versions=versions,
        )
    except NoAnswer as fault:
        raise Refusal(fault.code, fault.message, fault.near) from None
    if options.json:
        _write_json(answered.as_json())
    elif options.csv:
        records = [row.as_json() for row in answered.rows]
        _write_csv(list(records[0]), [list(record.values()) for record in records])
    else:
        _print_answer(answered)


def _engine(measure_slug: str, release: str | None) -> tuple[Any, dict[str, str] | None]:
    """The engine over the site's store where there is one, else over the shipped figures."""
    from evenhand.library.datasets.catalogue import Unknown, measure
    from evenhand.library.datasets.engine import Engine, shipped_engine
    from evenhand.library.datasets.store import Store, UnknownRelease

    store = Store(_evidence_folder())
    if store.state() is None:
        return shipped_engine(), None
    versions = None
    if release is not None:
        try:
            versions = store.versions(measure(measure_slug), release)
        except UnknownRelease as fault:
            raise Refusal("unknown-release", str(fault)) from None
        except Unknown as fault:
            raise Refusal("unknown-measure", str(fault), fault.near) from None
    return Engine.from_store(store), versions


def _evidence_folder() -> Any:
    from evenhand import env

    variable = next(one for one in env.VARIABLES if one.name == "EVIDENCE_URL")
    try:
        return env.folder(str(variable.read(os.environ.get(variable.name, variable.default))))
    except ValueError as fault:
        raise Refusal("bad-setting", f"EVIDENCE_URL {fault}") from None


def _print_answer(answered: "Answered") -> None:
    measure, per = answered.measure, answered.measure.rate_per
    heading = (
        f"{measure.title}, {answered.place.name}, {answered.period}: {measure.unit}, and times {answered.reference}"
    )
    columns = [
        "Group",
        measure.events.capitalize(),
        measure.population.capitalize(),
        f"Per {per:,}",
        "Times",
        "Likely range",
        "Note",
    ]
    rows = []
    for row in answered.rows:
        interval = MISSING if row.lower is None else f"{_number(row.lower, 2)} to {_number(row.upper, 2)}"
        note = NOTES.get(row.flag or "", (row.flag or "").replace("-", " "))
        counts = (_number(row.events, 0), _number(row.population, 0), _number(row.rate, 2))
        rows.append([row.group, *counts, _number(row.ratio, 2), interval, note])
    _print_table(heading, columns, rows, numeric=range(1, 6))
    said = []
    if answered.unknown:
        said.append(
            f"No ethnicity recorded: {answered.unknown.events:,} {measure.events} ({answered.unknown.share:.1%})."
        )
        for bound in answered.bounds:
            if bound.lower is not None and bound.upper is not None:
                extent = f"{_number(bound.lower, 2)} (all {answered.reference}) to {_number(bound.upper, 2)}"
                said.append(f"  {bound.group}, if those were known: {extent} (all {bound.group}).")
    else:
        said.append("How many had no ethnicity recorded is not published here for this place and period.")
    said += [f"- {note}" for note in answered.notes]
    said += [f"- {caveat.heading} {caveat.text}" for caveat in answered.caveats]
    said += sorted({f"Source: {source.title} ({source.licence})" for source in answered.sources})
    said.append(f"Release {answered.release}. Page: {answered.permalink}")
    print("\n".join(said))


def _ratio(options: argparse.Namespace) -> None:
    from evenhand.library.statistics import rate_ratio

    counts = [_count(text) for text in (options.events, options.population, *options.against)]
    try:
        found = rate_ratio(*counts, method=options.method, confidence=options.confidence)
    except ValueError as fault:
        raise Refusal("bad-number", str(fault)) from None
    values = {name: _finite(float(getattr(found, name))) for name in ("ratio", "lower", "upper")}
    record = {**values, "method": options.method, "confidence": options.confidence}
    if values["ratio"] is None:
        record["reason"] = "not enough data: a population or the reference count is zero"
    elif values["lower"] is None or values["upper"] is None:
        record["reason"] = "no interval: this method needs at least one event in both groups"
    if options.json:
        _write_json(record)
    elif options.csv:
        _write_csv(list(record), [list(record.values())])
    elif "reason" in record:
        print(f"{_number(values['ratio'], 4)}: {record['reason']}")
    else:
        interval = f"{_number(values['lower'], 4)} to {_number(values['upper'], 4)}"
        print(f"{_number(values['ratio'], 4)} times ({interval}, {options.confidence * 100:.10g}%, {options.method})")


def _count(text: str) -> int:
    if not COUNT.fullmatch(text):
        raise Refusal("bad-number", f"{text!r} is not a count: write a whole number, 0 or more, of up to 15 figures")
    return int(text.replace(",", ""))


def _show(options: argparse.Namespace) -> None:
    kinds = {
        "measures": (_measures, 4),
        "datasets": (_datasets, 3),
        "classifications": (_classifications, 4),
        "places": (_places, 3),
        "settings": (_settings, 4),
    }
    if options.kind not in kinds:
        from difflib import get_close_matches

        near = get_close_matches(options.kind, kinds, n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        message = f"There is nothing called {options.kind!r} to show.{hint} There are: {', '.join(kinds)}."
        raise Refusal("unknown-kind", message, near)
    find, brief = kinds[options.kind]
    records = find()
    if options.json:
        _write_json(records)
        return
    columns, rows = list(records[0]), [[str(value) for value in record.values()] for record in records]
    if options.csv:
        _write_csv(columns, rows)
        return
    headings = [column.replace("_", " ").capitalize() for column in columns]
    title = f"{options.kind.capitalize()} ({len(rows):,})"
    _print_table(title, headings[:brief], [row[:brief] for row in rows])
    if brief < len(columns):
        print(f"With --json or --csv also: {', '.join(columns[brief:])}.")


def _measures() -> list[dict[str, Any]]:
    from evenhand.library.datasets.catalogue import measures

    return [
        {
            "slug": one.slug,
            "title": one.title,
            "unit": one.unit,
            "groups": " or ".join(str(answer.groups) for answer in one.answers),
            "stage": one.stage,
            "counts": one.counts_what,
            "denominator": one.denominator,
            "checked": one.checked,
            "look_again": one.look_again.isoformat(),
        }
        for one in measures()
    ]


def _datasets() -> list[dict[str, Any]]:
    from evenhand.library.datasets.catalogue import loaders

    return [
        {
            "name": one.name,
            "title": one.title,
            "publisher": one.publisher,
            "one_row": one.one_row,
            "ethnicity": one.basis,
            "licence": one.licence,
            "landing_page": one.landing_page,
            "checked": one.checked,
            "look_again": one.look_again.isoformat(),
        }
        for one in loaders()
    ]


def _classifications() -> list[dict[str, Any]]:
    from evenhand.library.vocabulary.ethnicity import classifications

    return [
        {"slug": one.slug, "name": one.name, "basis": one.basis, "groups": ", ".join(one.names)}
        for one in classifications()
    ]


def _places() -> list[dict[str, Any]]:
    from evenhand.library.places import KINDS, places

    return [{"code": one.code, "name": one.name, "kind": one.kind} for kind in KINDS for one in places(kind)]


def _settings() -> list[dict[str, Any]]:
    from evenhand import env

    return [
        {"name": one.name, "default": one.default, "meaning": one.meaning, "grows_to": one.grows_to}
        for one in env.VARIABLES
    ]


def _load(options: argparse.Namespace) -> None:
    del options
    from datetime import UTC, datetime

    from evenhand.library.datasets.loader import RefusedFile
    from evenhand.library.datasets.store import Store

    try:
        loaded = Store(_evidence_folder()).load_shipped(on=datetime.now(UTC).date())
    except RefusedFile as fault:
        raise Refusal("refused-file", str(fault)) from None
    fresh = sum(new for _, new in loaded.values())
    rest = f"; the other {len(loaded) - fresh} were there already" if fresh < len(loaded) else ""
    print(f"{fresh} of {len(loaded)} datasets released{rest}.")


def _demo(options: argparse.Namespace) -> None:
    _open_site()
    from evenhand.core.errors import Refused
    from evenhand.web.demonstration import load, remove

    try:
        lines = load() if options.what == "load" else remove()
    except Refused as fault:
        raise Refusal(fault.code, fault.message) from None
    print("\n".join(lines))


def _tick(options: argparse.Namespace) -> None:
    del options
    _open_site()
    from evenhand.core.jobs.actions import tick

    outcomes = tick()
    for outcome in outcomes:
        print(f"{outcome.job.name}: {outcome.fault or 'done'}")
    if not outcomes:
        print("Nothing is due.")
    if failed := [outcome.job.name for outcome in outcomes if outcome.fault]:
        raise Refusal("job-failed", f"{len(failed)} of {len(outcomes)} jobs failed, and will be tried again: {failed}.")


def _open_site() -> None:
    """Make the site's tables usable from here."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.settings")
    django.setup()


def _print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numeric: Iterable[int] = ()
) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    right = set(numeric)
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        figures = place in right
        table.add_column(column, justify="right" if figures else "left", no_wrap=figures, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False, markup=False)
    console.width = console.width if console.is_terminal else max(console.width, PIPED)
    console.print(table)


def _number(value: float | None, places: int) -> str:
    """A number rounded half up, as on the pages."""
    if value is None:
        return MISSING
    from decimal import ROUND_HALF_UP, Context, Decimal

    wide = Context(prec=400)  # the widest number there is, and its decimal places
    return f"{Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, wide):,f}"


def _finite(value: float) -> float | None:
    return value if abs(value) < float("inf") else None


def _write_json(content: Any) -> None:
    print(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False, default=str))


def _write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    sys.stdout.write(text.getvalue())


if __name__ == "__main__":
    sys.exit(main())
