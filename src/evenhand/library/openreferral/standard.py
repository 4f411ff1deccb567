"""Which version of Open Referral UK this is: said here, and nowhere else."""

from typing import Any, Final

# Written exactly so: a validator that cannot read the version holds the whole feed to version 1, and does not say so.
VERSION: Final = "HSDS-UK-3.0"
PROFILE: Final = "https://openreferraluk.org/specifications/3.0/"
SCHEMAS: Final = f"{PROFILE}schema/"


def api_details(*, openapi_url: str) -> dict[str, Any]:
    """The body of the feed's first address, from which validators learn what to hold it to."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": openapi_url}
