"""What is known of organisations: who sees them, who looks after them, what registers say, which may be the same."""

from evenhand.core.organisations.queries.keeping import (
    claims_of,
    claims_waiting,
    invitations_open,
    keepers_of,
    organisations_kept_by,
)
from evenhand.core.organisations.queries.likeness import named_like, possible_duplicates
from evenhand.core.organisations.queries.registers import (
    Prefill,
    RegisterFact,
    alerts_open,
    charity_of,
    company_of,
    entries_of,
    entry_numbered,
    prefill,
)
from evenhand.core.organisations.queries.seen import Standing, followed, organisations_seen_by, standings

__all__ = [
    "Prefill",
    "RegisterFact",
    "Standing",
    "alerts_open",
    "charity_of",
    "claims_of",
    "claims_waiting",
    "company_of",
    "entries_of",
    "entry_numbered",
    "followed",
    "invitations_open",
    "keepers_of",
    "named_like",
    "organisations_kept_by",
    "organisations_seen_by",
    "possible_duplicates",
    "prefill",
    "standings",
]
