"""A chart's file as a picture of dots, the same on every machine: only the letters that travel with the product."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

LETTERS = "Source Sans Pro"
CUTS = ("Regular", "It", "Semibold", "SemiboldIt")
SCALE = 2  # dots for each pixel of the drawing


def picture(svg: str) -> bytes:
    """The drawing as PNG, twice as large each way as it says of itself."""
    import resvg_py  # noqa: PLC0415  (a library of its own weight, and only pictures need it)

    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=_letters(),
        font_family=LETTERS,
        serif_family=LETTERS,
        sans_serif_family=LETTERS,
    )
    return bytes(drawn)


@cache
def _letters() -> list[str]:
    package = find_spec("font_source_sans_pro")
    if package is None or package.origin is None:
        raise ImportError("charts cannot be drawn as PNG: the package font-source-sans-pro is not installed")
    return [str(Path(package.origin).parent / "files" / f"SourceSansPro-{cut}.ttf") for cut in CUTS]
