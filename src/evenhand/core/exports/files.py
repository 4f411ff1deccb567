"""A sheet as a file that a browser saves and a program reads."""

from django.http import HttpResponse

from evenhand.core.exports import described, objects, separated, workbooks
from evenhand.core.exports.sheets import Sheet

DESCRIBED = "csv-metadata.json"
MEDIA_TYPES = {
    "csv": f"{separated.MEDIA_TYPE}; charset=utf-8",
    "xlsx": workbooks.MEDIA_TYPE,
    "json": objects.MEDIA_TYPE,
    DESCRIBED: described.MEDIA_TYPE,
}


def written(sheet: Sheet, form: str, *, stem: str, query: str = "") -> bytes:
    """A sheet in one of its forms: "csv", "xlsx", "json", or "csv-metadata.json", the description of its CSV file.

    All forms stand at one address, `stem` with an ending and perhaps a `query`: so the description names its file.
    """
    if form == DESCRIBED:
        return described.metadata_of(sheet, url=_address(stem, "csv", query))
    return {"csv": separated.csv_of, "xlsx": workbooks.workbook_of, "json": objects.json_of}[form](sheet)


def sheet_response(content: bytes, form: str, *, stem: str, saved_as: str, query: str = "") -> HttpResponse:
    """What `written` made, to be saved under a name without its ending; a CSV file says where it is described."""
    response = file_response(content, MEDIA_TYPES[form], f"{saved_as}.{form}")
    if form == "csv":
        where = _address(stem, DESCRIBED, query)
        response.headers["Link"] = f'<{where}>; rel="describedby"; type="{described.MEDIA_TYPE}"'
    return response


def file_response(content: bytes, media_type: str, filename: str) -> HttpResponse:
    """An open file, to be saved under a name of ours, which programs of other sites may read too."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _address(stem: str, form: str, query: str) -> str:
    return f"{stem}.{form}?{query}" if query else f"{stem}.{form}"
