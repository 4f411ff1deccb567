"""What a demonstration is made of: each part made and taken away by whoever it belongs to, in one order."""

from evenhand.core.accounts import demonstration as accounts
from evenhand.core.organisations import demonstration as organisations
from evenhand.domains.directory.actions import demonstration as directory
from evenhand.domains.reviews.actions import demonstration as commitments
from evenhand.domains.support.actions import demonstration as support
from evenhand.domains.support.actions import demonstration_of_days as support_days
from evenhand.web.proposals import proposals


def load() -> list[str]:
    """Make what is missing, and say what was made; NotPossible on a site that is no demonstration."""
    accounts.refuse_on_a_real_site()
    return [
        f"{accounts.load()} sign-ins made, one for each role. The sign-in page says how to use them.",
        f"{organisations.load()} organisations made. None of them exists.",
        f"{directory.load()} services of theirs made. Please do not ring.",
        f"{support.load()} applications for support made, in three rounds. Nobody pays for any of them.",
        f"{commitments.load()} commitments made. Nobody has promised any of them.",
        "{} consultants made, and {} engagements taken on from there. None of them exists.".format(
            *support_days.load()
        ),
        f"{_register()} differences put on the register. The figures are real, and nobody was asked.",
    ]


def remove() -> list[str]:
    """Take everything of the demonstration away, and say what; NotPossible on a site that is none."""
    accounts.refuse_on_a_real_site()
    # What hangs on something else goes before it.
    return [
        "{} consultants and {} engagements taken away.".format(*support_days.remove()),
        f"{support.remove()} applications for support taken away.",
        f"{commitments.remove()} commitments and differences taken away.",
        f"{directory.remove()} services taken away.",
        f"{organisations.remove()} organisations taken away.",
        f"{accounts.remove()} sign-ins taken away.",
    ]


def _register() -> int:
    """What the released figures bear, put to a body that is none."""
    return commitments.load_register(one.entry(f"demo-{one.key.replace('.', '-')}") for one in proposals())
