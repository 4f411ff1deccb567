"""The lives of what the record of recommendations holds."""

from evenhand.domains.reviews.lifecycle.assessments import ASSESSMENT
from evenhand.domains.reviews.lifecycle.recommendations import RECOMMENDATION

__all__ = ["ASSESSMENT", "RECOMMENDATION"]
