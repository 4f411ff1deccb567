"""What is done in the support programme: each a verb, each with its line in the journal.

Whoever imports one room of it has all effects of the lifecycles attached.
"""

from evenhand.domains.support.actions import applications, assessing, decisions, rounds, silence

__all__ = ["applications", "assessing", "decisions", "rounds", "silence"]
