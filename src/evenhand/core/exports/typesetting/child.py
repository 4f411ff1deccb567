"""The process that sets a document: started by its path, with JSON on standard input, and PDF on standard output.

It imports nothing of ours, so that it starts at once; whatever the words do, this process alone suffers. The words go
in as one string of data, and the pattern puts them on the page as text: nothing in them is ever read as Typst.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any, Final, Literal

PATTERN = Path(__file__).with_name("document.typ")
ACCESSIBLE: Final = "ua-1"  # PDF/UA-1, ISO 14289-1
NO_LETTER = "could not be displayed"  # as Typst says that the letters that we carry lack one


def main() -> None:
    """Set one document; whoever waits tells by the first bytes whether it is one."""
    wanted = json.loads(sys.argv[1])
    for which, most in (
        (resource.RLIMIT_AS, wanted["memory"]),
        (resource.RLIMIT_CPU, wanted["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
    sys.stdout.buffer.write(_set(sys.stdin.buffer.read().decode(), wanted))


def _set(content: str, wanted: dict[str, Any]) -> bytes:
    import typst  # noqa: PLC0415  (only once the limits stand)

    def under(standard: Literal["ua-1"] | None) -> bytes:
        return typst.compile(
            PATTERN.read_bytes(),
            format="pdf",
            sys_inputs={"document": content},
            font_paths=[wanted["letters"]],
            ignore_system_fonts=True,
            pdf_standards=standard,
            timestamp=0,  # the same words are the same file
        )

    try:
        return under(ACCESSIBLE)
    except typst.TypstError as fault:
        if NO_LETTER not in str(fault):
            raise
        return under(None)  # tagged all the same; the standard forbids a letter that cannot be shown


main()
