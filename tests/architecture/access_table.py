"""Who may call which address with which method: the one table that the site is held to."""

from evenhand.library.datasets.catalogue import loader
from evenhand.library.datasets.store import shipped_content, version_of

EVERYONE = "everyone"
SIGNED_IN = "whoever is signed in"
STAFF = "whoever holds a staff role, with the second factor"
ADMINISTRATORS = "administrators, with the second factor"
READ = ("GET", "HEAD")
WRITE = (*READ, "POST")
POST = ("POST",)

# name of the address: (methods, who)
TABLE = {
    "home": (READ, EVERYONE),
    "health": (READ, EVERYONE),
    "robots": (READ, EVERYONE),
    "sitemap": (READ, EVERYONE),
    "places": (READ, EVERYONE),
    "place": (READ, EVERYONE),
    "groups": (READ, EVERYONE),
    "group": (READ, EVERYONE),
    "stages": (READ, EVERYONE),
    "stage": (READ, EVERYONE),
    "evidence:journey": (READ, EVERYONE),
    "evidence:method": (READ, EVERYONE),
    "evidence:claims": (READ, EVERYONE),
    "evidence:claims-json": (READ, EVERYONE),
    "evidence:claim": (READ, EVERYONE),
    "evidence:claim-json": (READ, EVERYONE),
    "evidence:corrections": (READ, EVERYONE),
    "evidence:corrections-atom": (READ, EVERYONE),
    "evidence:corrections-json": (READ, EVERYONE),
    "evidence:correction": (READ, EVERYONE),
    "evidence:correction-figures": (READ, EVERYONE),
    "evidence:counterfactual": (READ, EVERYONE),
    "evidence:counterfactual-exhibit": (READ, EVERYONE),
    "evidence:counterfactual-citation": (READ, EVERYONE),
    "evidence:measure": (READ, EVERYONE),
    "evidence:place": (READ, EVERYONE),
    "evidence:exhibit": (READ, EVERYONE),
    "evidence:journey-table": (READ, EVERYONE),
    "evidence:datasets": (READ, EVERYONE),
    "evidence:dataset": (READ, EVERYONE),
    "evidence:observations": (READ, EVERYONE),
    "evidence:source": (READ, EVERYONE),
    "evidence:package": (READ, EVERYONE),
    "evidence:row": (READ, EVERYONE),
    "evidence:citation": (READ, EVERYONE),
    "evidence:trace": (READ, EVERYONE),
    "evidence:trace-citation": (READ, EVERYONE),
    "api:openapi-json": (READ, EVERYONE),
    "api:api-root": (READ, EVERYONE),
    "api:list_measures": (READ, EVERYONE),
    "api:compare": (READ, EVERYONE),
    "api:counterfactual": (READ, EVERYONE),
    "api:trace": (READ, EVERYONE),
    # Sign-in
    "account_login": (WRITE, EVERYONE),
    "account_logout": (WRITE, EVERYONE),
    "account_signup": (WRITE, EVERYONE),
    "account_inactive": (READ, EVERYONE),
    "account_email_verification_sent": (WRITE, EVERYONE),
    "account_reset_password": (WRITE, EVERYONE),
    "account_reset_password_done": (READ, EVERYONE),
    "account_reset_password_from_key": (WRITE, EVERYONE),
    "account_reset_password_from_key_done": (READ, EVERYONE),
    "mfa_authenticate": (WRITE, EVERYONE),
    "mfa_login_webauthn": (WRITE, EVERYONE),
    # One's own account
    "account": (READ, SIGNED_IN),
    "account_name": (WRITE, SIGNED_IN),
    "account_sign_ins": (WRITE, SIGNED_IN),
    "account_email": (WRITE, SIGNED_IN),
    "account_change_password": (WRITE, SIGNED_IN),
    "account_set_password": (WRITE, SIGNED_IN),
    "account_reauthenticate": (WRITE, SIGNED_IN),
    "mfa_reauthenticate": (WRITE, SIGNED_IN),
    "mfa_reauthenticate_webauthn": (WRITE, SIGNED_IN),
    "mfa_index": (READ, SIGNED_IN),
    "mfa_activate_totp": (WRITE, SIGNED_IN),
    "mfa_deactivate_totp": (WRITE, SIGNED_IN),
    "mfa_add_webauthn": (WRITE, SIGNED_IN),
    "mfa_edit_webauthn": (WRITE, SIGNED_IN),
    "mfa_remove_webauthn": (WRITE, SIGNED_IN),
    "mfa_view_recovery_codes": (READ, SIGNED_IN),
    "mfa_generate_recovery_codes": (WRITE, SIGNED_IN),
    # The staff home: doors that lead to the one sign-in, and people
    "staff_sign_in": (WRITE, EVERYONE),
    "staff_sign_out": (WRITE, EVERYONE),
    "staff_password_reset": (WRITE, EVERYONE),
    "staff_account": (WRITE, STAFF),
    "staff_users": (WRITE, STAFF),
    "staff_groups": (WRITE, STAFF),
    "staff_people": (READ, ADMINISTRATORS),
    "staff_person": (READ, ADMINISTRATORS),
    "staff_give_role": (POST, ADMINISTRATORS),
    "staff_end_role": (POST, ADMINISTRATORS),
    "staff_suspend": (POST, ADMINISTRATORS),
    "staff_restore": (POST, ADMINISTRATORS),
    "staff_remove_factors": (POST, ADMINISTRATORS),
}

# The release that the product ships of one dataset.
VERSION = version_of(loader("prison-population"), shipped_content(loader("prison-population")))

# Hundreds of addresses that others wrote, guarded as a whole: all that begin so and are not in the table.
PREFIXES = {"staff/": (WRITE, STAFF)}

# What fills the blanks of an address when it is asked for over HTTP.
SOMEBODY = "6f2a1f0e-0000-4000-8000-000000000000"
SAMPLES = {
    "evidence:claim": ["lammy-2017-share-of-prisoners"],
    "evidence:claim-json": ["evenhand-stop-and-search-black"],
    "evidence:correction": ["conviction-ratio-2009"],
    "evidence:correction-figures": ["conviction-ratio-2009", "csv"],
    "place": ["E23000016"],
    "group": ["black-caribbean"],
    "stage": ["prison"],
    "evidence:counterfactual-exhibit": ["swap", "csv"],
    "evidence:counterfactual-citation": ["swap", "bib"],
    "evidence:measure": ["arrests"],
    "evidence:place": ["stop-and-search", "E23000016"],
    "evidence:exhibit": ["stop-and-search", "E23000016", "groups", "csv"],
    "evidence:journey-table": ["csv"],
    "evidence:dataset": ["prison-population"],
    "evidence:observations": ["prison-population", VERSION, "csv"],
    "evidence:source": ["prison-population", VERSION],
    "evidence:row": ["prison-population", VERSION, "2"],
    "evidence:citation": ["stop-and-search", "E23000016", "groups", "bib"],
    "evidence:trace": ["stop-and-search", "E23000016"],
    "evidence:trace-citation": ["stop-and-search", "E23000016", "bib"],
    "account_reset_password_from_key": ["abc", "set-password"],
    "mfa_edit_webauthn": [7],
    "mfa_remove_webauthn": [7],
    "staff_person": [SOMEBODY],
    "staff_give_role": [SOMEBODY],
    "staff_end_role": [SOMEBODY, 7],
    "staff_suspend": [SOMEBODY],
    "staff_restore": [SOMEBODY],
    "staff_remove_factors": [SOMEBODY],
}
QUERY = {
    "api:compare": {"measure": "stop-and-search"},
    "api:counterfactual": {"measure": "prison-population", "scenario": "swap"},
    "api:trace": {"measure": "stop-and-search", "group": "Black"},
    "evidence:trace": {"group": "Black"},
    "evidence:trace-citation": {"group": "Black"},
}

# What else an address answers to who may call it, where it is not 200: on to another page, or nothing there.
ELSEWHERE = {
    "api:api-root": 404,
    "account_logout": 302,
    "account_email_verification_sent": 302,
    "mfa_authenticate": 302,
    "mfa_login_webauthn": 302,
    "staff_sign_in": 302,
    "staff_sign_out": 302,
    "staff_password_reset": 302,
}
