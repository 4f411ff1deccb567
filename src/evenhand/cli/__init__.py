"""The `evenhand` command: the library at a terminal."""

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from evenhand.cli import counterfactuals, own_figures, postcodes, site, traces
from evenhand.cli.printing import MISSING, finite, number, print_table, write_csv, write_json
from evenhand.cli.refusals import Refusal
from evenhand.cli.released import catalogue_here, engine_for

if TYPE_CHECKING:
    from evenhand.library.datasets.compare import Answered

REFUSED = 2
NOTES = {"reference": "compared with", "small-base": "under 30", "few": "fewer than 6"}
KINDS = (
    "measures",
    "datasets",
    "releases",
    "claims",
    "corrections",
    "classifications",
    "places",
    "programmes",
    "settings",
)
COUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3}){1,4}|[0-9]{1,15}")


class Parser(argparse.ArgumentParser):
    """A parser that refuses in one line, like everything else here."""

    def error(self, message: str) -> NoReturn:
        """Stop with one line and exit status 2."""
        raise Refusal("bad-command", f"{message}. See: {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; exit status 0, or 2 with one line that says what to do."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows few letters gets those that it knows
            stream.reconfigure(errors="replace")
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
    _question(one)
    _formats(one)
    one.set_defaults(run=_compare)

    one = commands.add_parser("counterfactual", help="how many fewer or more there would be, by a named question")
    one.add_argument("measure", help="one with counts, such as prison-population")
    one.add_argument("--scenario", default="", help="the question: swap, equal-rate or one-stage")
    one.add_argument("--period", help="such as 2024/25; the latest if left out")
    one.add_argument("--reference", help="the group to compare with; White if left out")
    one.add_argument("--release", help="a release of counterfactuals quoted earlier")
    _formats(one)
    one.set_defaults(run=counterfactuals.run)

    one = commands.add_parser("trace", help="show where one number comes from, to the cells of the source files")
    _question(one)
    one.add_argument(
        "--figure", default="ratio", help="such as events, rate, ratio or unknown-share; ratio if left out"
    )
    one.add_argument("--group", default="", help="the group that the number is of")
    one.add_argument("--outcome", default="", help="the outcome, of a share of outcomes")
    _formats(one)
    one.set_defaults(run=traces.run)

    one = commands.add_parser("ratio", help="one rate over another, with its interval")
    one.add_argument("events")
    one.add_argument("population")
    one.add_argument("--against", nargs=2, required=True, metavar=("EVENTS", "POPULATION"))
    one.add_argument("--method", default="exact", help="exact (the default) or wald")
    one.add_argument("--confidence", type=float, default=0.95, help="0.95 if left out")
    _formats(one)
    one.set_defaults(run=_ratio)

    one = commands.add_parser("show", help="list what there is")
    one.add_argument("kind", help=f"{', '.join(KINDS[:-1])} or {KINDS[-1]}")
    _formats(one)
    one.set_defaults(run=_show)

    own_figures.add_commands(commands)
    postcodes.add_commands(commands)

    one = commands.add_parser(
        "load-register", help="load files of an official register; given again, they change nothing"
    )
    one.add_argument("register", choices=("charities", "companies"))
    one.add_argument("files", nargs="+", metavar="FILE", help="or a folder of them, zipped or not")
    one.set_defaults(run=site.load_register)

    one = commands.add_parser("demo", help="make, or take away, what a demonstration needs; refused on any other site")
    one.add_argument("what", choices=("load", "remove"))
    one.set_defaults(run=site.demo)

    one = commands.add_parser("tick", help="do each job that is due by the clock, once; for a timer to call")
    one.set_defaults(run=site.tick)
    return parser


def _question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("measure", help="such as stop-and-search; see: evenhand show measures")
    parser.add_argument("--place", help="a name or code; England and Wales if left out, or else the first with figures")
    parser.add_argument("--period", help="such as 2024/25; the latest if left out")
    parser.add_argument("--groups", type=int, help="5 or 19; the broadest that there is if left out")
    parser.add_argument("--reference", help="the group to compare with; White, or White British among 19, if left out")
    parser.add_argument("--release", help="a release quoted earlier")


def _formats(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="write JSON")
    formats.add_argument("--csv", action="store_true", help="write CSV")


def _compare(options: argparse.Namespace) -> None:
    from evenhand.library.datasets.compare import NoAnswer, compare

    engine, versions = engine_for(options.measure, options.release)
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
        write_json(answered.as_json())
    elif options.csv:
        records = [row.as_json() for row in answered.rows]
        write_csv(list(records[0]), [list(record.values()) for record in records])
    else:
        _print_answer(answered)


def _print_answer(answered: "Answered") -> None:
    measure = answered.measure
    against = "" if answered.kind == "shares" else f", and times {answered.reference}"
    heading = f"{measure.title}, {answered.place.name}, {answered.period}: {measure.unit}{against}"
    columns = {
        _upper(measure.events): [number(row.events, 0) for row in answered.rows],
        _upper(measure.population): [number(row.population, 0) for row in answered.rows],
        _per(answered): [number(row.rate, 2) for row in answered.rows],
        "Times": [number(row.ratio, 2) for row in answered.rows],
        "Likely range": [
            MISSING if row.lower is None else f"{number(row.lower, 2)} to {number(row.upper, 2)}"
            for row in answered.rows
        ],
    }
    known = {name: cells for name, cells in columns.items() if set(cells) != {MISSING}}
    notes = [NOTES.get(row.flag or "", (row.flag or "").replace("-", " ")) for row in answered.rows]
    groups = [row.group for row in answered.rows]
    rows = [list(cells) for cells in zip(groups, *known.values(), notes, strict=True)]
    print_table(heading, ["Group", *known, "Note"], rows, numeric=range(1, len(known) + 1))
    said = []
    if answered.unknown:
        said.append(
            f"No ethnicity recorded: {answered.unknown.events:,} {measure.events} ({answered.unknown.share:.1%})."
        )
        for bound in answered.bounds:
            if bound.lower is not None and bound.upper is not None:
                extent = f"{number(bound.lower, 2)} (all {answered.reference}) to {number(bound.upper, 2)}"
                said.append(f"  {bound.group}, if those were known: {extent} (all {bound.group}).")
    elif answered.kind in {"counts", "shares"}:
        said.append("How many had no ethnicity recorded is not published here for this place and period.")
    said += [f"- {note}" for note in answered.notes]
    said += [f"- {caveat.heading} {caveat.text}" for caveat in answered.caveats]
    said += sorted({f"Source: {source.title} ({source.licence})" for source in answered.sources})
    said.append(f"Release {answered.release}. Page: {answered.permalink}")
    print("\n".join(said))


def _per(answered: "Answered") -> str:
    """The heading of the rates: per so many, or the unit itself where it is per one."""
    per = answered.measure.rate_per
    return "Percent" if answered.measure.unit.startswith("%") else f"Per {per:,}" if per > 1 else "Published"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ratio(options: argparse.Namespace) -> None:
    from evenhand.library.statistics.rates import LIMITS, rate_ratio

    if options.method not in LIMITS:
        message = f"No method is called {options.method!r}: choose {' or '.join(LIMITS)}."
        raise Refusal("unknown-method", message, LIMITS)
    counts = [_count(text) for text in (options.events, options.population, *options.against)]
    try:
        found = rate_ratio(*counts, method=options.method, confidence=options.confidence)
    except ValueError as fault:
        raise Refusal("bad-number", str(fault)) from None
    values = {name: finite(float(getattr(found, name))) for name in ("ratio", "lower", "upper")}
    record = {**values, "method": options.method, "confidence": options.confidence}
    if values["ratio"] is None:
        record["reason"] = "not enough data: a population or the reference count is zero"
    elif values["lower"] is None or values["upper"] is None:
        record["reason"] = "no interval: this method needs at least one event in both groups"
    if options.json:
        write_json(record)
    elif options.csv:
        write_csv(list(record), [list(record.values())])
    elif "reason" in record:
        print(f"{number(values['ratio'], 4)}: {record['reason']}")
    else:
        interval = f"{number(values['lower'], 4)} to {number(values['upper'], 4)}"
        print(f"{number(values['ratio'], 4)} times ({interval}, {options.confidence * 100:.10g}%, {options.method})")


def _count(text: str) -> int:
    if not COUNT.fullmatch(text):
        raise Refusal("bad-number", f"{text!r} is not a count: write a whole number, 0 or more, of up to 15 figures")
    return int(text.replace(",", ""))


def _show(options: argparse.Namespace) -> None:
    kinds = {
        "measures": (_measures, 4),
        "datasets": (_datasets, 3),
        "releases": (own_figures.releases, 4),
        "claims": (_claims, 4),
        "corrections": (_corrections, 4),
        "reviews": (_reviews, 4),
        "classifications": (_classifications, 4),
        "places": (_places, 3),
        "programmes": (_programmes, 4),
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
        write_json(records)
        return
    if not records:
        print(f"There are no {options.kind} yet. Run: evenhand load")
        return
    columns, rows = list(records[0]), [[str(value) for value in record.values()] for record in records]
    if options.csv:
        write_csv(columns, rows)
        return
    headings = [column.replace("_", " ").capitalize() for column in columns]
    title = f"{options.kind.capitalize()} ({len(rows):,})"
    print_table(title, headings[:brief], [row[:brief] for row in rows])
    if brief < len(columns):
        print(f"With --json or --csv also: {', '.join(columns[brief:])}.")


def _measures() -> list[dict[str, Any]]:
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
        for one in catalogue_here().measures
    ]


def _reviews() -> list[dict[str, Any]]:
    from evenhand.core.sources import CHECKED
    from evenhand.domains.reviews.rules.catalogue import reviews

    return [
        {
            "review": one.slug,
            "title": one.title,
            "published": one.published,
            "recommendations": len(one.recommendations),
            "in_all": one.in_all or "",
            "checked": sum(each.verification in CHECKED for each in one.recommendations),
            "claims": len(one.claims),
            "source": one.url,
        }
        for one in reviews()
    ]


def _datasets() -> list[dict[str, Any]]:
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
        for one in catalogue_here().loaders
    ]


def _claims() -> list[dict[str, Any]]:
    from evenhand.library.datasets.claims.quotations import quotations

    return [one.as_record() for one in quotations()]


def _corrections() -> list[dict[str, Any]]:
    from evenhand.library.datasets.corrections import corrections

    return [one.as_record() for one in corrections()]


def _classifications() -> list[dict[str, Any]]:
    from evenhand.library.vocabulary.ethnicity import classifications

    return [
        {"slug": one.slug, "name": one.name, "basis": one.basis, "groups": ", ".join(one.names)}
        for one in classifications()
    ]


def _places() -> list[dict[str, Any]]:
    from evenhand.library.places import KINDS, places

    return [{"code": one.code, "name": one.name, "kind": one.kind} for kind in KINDS for one in places(kind)]


def _programmes() -> list[dict[str, Any]]:
    from evenhand.domains.support.rules.programmes import programmes

    return [
        {
            "slug": one.slug,
            "title": one.title,
            "award": f"up to {one.award.most:g} {one.award.kind}",
            "assessors": one.assessment.assessors,
            "blind": one.assessment.blind,
            "decision_in_working_days": one.clocks.decision,
            "rules": ", ".join(rule.slug for rule in one.rules),
            "checked": one.checked,
            "look_again": one.look_again.isoformat(),
        }
        for one in programmes()
    ]


def _settings() -> list[dict[str, Any]]:
    from evenhand import env

    return [
        {"name": one.name, "default": one.default, "meaning": one.meaning, "grows_to": one.grows_to}
        for one in env.VARIABLES
    ]
