"""The few pieces of Markdown that the reference is made of."""

from collections.abc import Iterable, Sequence


def joined(*parts: str) -> str:
    """Parts of a page, an empty line between them; empty ones are left out."""
    return "\n\n".join(part for part in parts if part)


def table(headings: Sequence[str], lines: Iterable[Sequence[str]], *, empty: str = "") -> str:
    """A table, or what is said where it would have no lines."""
    cells = [list(line) for line in lines]
    if not cells:
        return empty
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |"
        for line in (headings, ["---"] * len(headings), *cells)
    )


def facts(said: Iterable[tuple[str, str]]) -> str:
    """A list of names and values; a name without a value is left out."""
    return "\n".join(f"- {name}: {value}" for name, value in said if value)


def block(language: str, text: str) -> str:
    """Text as it is, in a language."""
    return f"```{language}\n{text}\n```"


def code(text: str) -> str:
    """A word of code, or nothing."""
    return f"`{text}`" if text else ""


def yes(flag: bool) -> str:  # noqa: FBT001  (the word for one flag)
    """The word for a flag."""
    return "yes" if flag else "no"


def sentence(text: str) -> str:
    """A phrase with a capital and a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "."
