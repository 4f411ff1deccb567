"""Reference pages of the ways in: settings, commands, who may call which address, and the JSON addresses."""

import argparse
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management import BaseCommand, get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from evenhand import cli, env
from evenhand.core.access import ROLES, declared
from evenhand.web.reference.markdown import block, code, joined, sentence, table, yes
from evenhand.web.urls import api as described


def settings() -> str:
    """Every environment variable, and how a bad one is refused."""
    lines = [(code(one.name), code(one.default), one.meaning, one.grows_to) for one in env.VARIABLES]
    refused = ""
    try:
        env.read({"SITE_URL": "evenhand.example", "PORT": "http"})
    except env.BadSettings as refusal:
        refused = str(refusal)
    return joined(
        "# Settings",
        "Whatever differs between a laptop and a server is one of these environment variables. "
        "`evenhand show settings` prints the same table.",
        table(("Name", "Default", "Meaning", "Grows to"), lines),
        "`DEBUG=true` makes a secret key, answers to `localhost` and writes more to the log. Django's own debug pages "
        "stay off whatever it says: see [decision 0006](../decisions/0006-debug-stays-off.md).",
        "A path in an address, as in `duckdb://var/evidence`, starts at the project's folder unless it begins with a "
        "slash, as in `duckdb:///srv/evidence`.",
        "Every bad or missing value is reported at once, each with its fix:",
        block("text", refused),
    )


def commands() -> str:
    """The targets of the Makefile, the `evenhand` command, and our commands of manage.py."""
    makefile = (env.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*?## (.*)$", makefile, re.MULTILINE)
    parser = cli._parser()  # noqa: SLF001  (the one description of the command)
    return joined(
        "# Commands",
        "## `make`",
        table(("Command", "What it does"), [(code(f"make {name}"), said) for name, said in targets]),
        "## `evenhand`",
        f"{parser.description} It stands in the environment's `bin`. Exit status 0, or {cli.REFUSED} with one line "
        "that says what to do and names the near matches.",
        *_of_evenhand(parser),
        "## `manage.py`",
        "Beside Django's own commands. They need `SECRET_KEY`, or `DEBUG=true` as `make` sets it.",
        *_of_manage(),
    )


def permissions() -> str:
    """Every address of the site, and who may call it with which methods."""
    lines = [
        (code(f"/{route}"), code(name), who, ", ".join(methods))
        for route, name, who, methods in _routes(get_resolver().url_patterns)
    ]
    return joined(
        "# Permissions",
        "Who may call which address, as each view says of itself. A view that does not say is refused to everyone.",
        table(("Address", "Name", "Who", "Methods"), lines),
        "## Roles",
        "Administrators give them, in the staff home. A role that needs a second factor is nothing without it.",
        table(("Role", "Name", "Second factor"), [(one.slug, one.name, yes(one.second_factor)) for one in ROLES]),
    )


STANDARD = "as the published schemas of Open Referral UK have it, or as the description says"


def api() -> str:
    """The JSON addresses, their parameters, and the fields of what they answer."""
    schema = described.get_openapi_schema()
    parts = ["# API", f"{schema['info']['description']} The OpenAPI description is at `/api/openapi.json`."]
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            asked = [(code(each["name"]), *_asked(each)) for each in one["parameters"]]
            answers = [
                (
                    str(status),
                    _typed(answer["content"]["application/json"]["schema"]) if "content" in answer else STANDARD,
                )
                for status, answer in one["responses"].items()
            ]
            parts += [f"## `{method.upper()} {path}`", one["description"]]
            parts += [table(("Parameter", "Type", "If left out", "Meaning"), asked, empty="No parameters.")]
            parts += [table(("Status", "Answer"), answers)]
    parts.append("## Fields")
    for name, shape in sorted(schema["components"]["schemas"].items()):
        members = [(code(field), _typed(about)) for field, about in shape["properties"].items()]
        parts += [f"### {name}", shape.get("description", ""), table(("Field", "Type"), members)]
    return joined(*parts)


def _of_evenhand(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001  (argparse has no public way to ask)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            said = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            for name, one in action.choices.items():
                yield from (f"### `evenhand {name}`", sentence(said[name]), _arguments(one, {"help"}))


def _of_manage() -> Iterator[str]:
    usual = {action.dest for action in BaseCommand().create_parser("manage.py", "")._actions}  # noqa: SLF001
    for name, app in sorted(get_commands().items()):
        if app.startswith("evenhand."):
            one = load_command_class(app, name)
            arguments = _arguments(one.create_parser("manage.py", name), usual)
            yield from (f"### `python manage.py {name}`", sentence(one.help), arguments)


def _arguments(parser: argparse.ArgumentParser, usual: set[str]) -> str:
    lines = []
    for action in parser._actions:  # noqa: SLF001
        if action.dest not in usual:
            flag = action.option_strings[-1:]
            takes = action.metavar or (action.dest.upper() if flag and action.nargs != 0 else "")
            written = [*(flag or [action.dest]), *([takes] if isinstance(takes, str) else takes)]
            lines.append((code(" ".join(written).strip()), yes(action.required), action.help or ""))
    return table(("Argument", "Required", "Meaning"), lines, empty="No arguments.")


def _routes(
    patterns: Iterable[URLPattern | URLResolver], before: str = "", space: str = ""
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for pattern in patterns:
        # An address that is written as a regular expression reads like one that is not.
        route = before + re.sub(r"\(\?P(<\w+>)[^)]*\)|[\^$\\]", r"\1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern.url_patterns, route, inner)
        else:
            rule = declared(pattern.callback)
            yield route, space + (pattern.name or ""), rule.who.name, rule.methods


def _asked(parameter: dict[str, Any]) -> tuple[str, str, str]:
    schema = parameter["schema"]
    left_out = "refused" if parameter["required"] else code(str(schema.get("default", "")))
    return _typed(schema), left_out, parameter.get("description", "")


def _typed(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(map(_typed, schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(map(code, schema["enum"]))
    return f"list of {_typed(schema['items'])}" if schema["type"] == "array" else str(schema["type"])
