"""The lives of what the record of recommendations holds, and of what is promised, asked and sent in."""

from evenhand.domains.reviews.lifecycle.assessments import ASSESSMENT
from evenhand.domains.reviews.lifecycle.commitments import CHALLENGE, COMMITMENT, UPDATE
from evenhand.domains.reviews.lifecycle.determinations import DETERMINATION
from evenhand.domains.reviews.lifecycle.disparities import DISPARITY, EXCHANGE
from evenhand.domains.reviews.lifecycle.evidence import SUBMISSION
from evenhand.domains.reviews.lifecycle.recommendations import ASKING, RECOMMENDATION, REVIEW

__all__ = [
    "ASKING",
    "ASSESSMENT",
    "CHALLENGE",
    "COMMITMENT",
    "DETERMINATION",
    "DISPARITY",
    "EXCHANGE",
    "RECOMMENDATION",
    "REVIEW",
    "SUBMISSION",
    "UPDATE",
]
