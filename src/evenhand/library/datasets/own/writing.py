"""Writes a declaration for a table whose columns are plain, from what somebody answers about it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def written(table: Mapping[str, Any]) -> bytes:
    """A table as TOML: words, whole numbers, yes and no, days, lists of these and of tables, and tables within it."""
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    lines = [f"{key} = {_value(value)}" for key, value in plain.items()]
    for name in table.keys() - plain.keys():
        lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in table[name].items())]
    return "\n".join([*lines, ""]).encode()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # A JSON text is a TOML text, but for the one sign that JSON lets stand.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return "[" + ", ".join(_value(one) for one in value) + "]"
