"""What was asked of whom, what is said of it, what was promised, and by when it is due."""

from evenhand.domains.reviews.models.askings import Asking
from evenhand.domains.reviews.models.assessments import Assessment, Total
from evenhand.domains.reviews.models.bodies import Body
from evenhand.domains.reviews.models.clocks import Clock, Clocks
from evenhand.domains.reviews.models.commitments import Challenge, Commitment, Update, Wording
from evenhand.domains.reviews.models.determinations import Determination
from evenhand.domains.reviews.models.disparities import Disparity, Exchange
from evenhand.domains.reviews.models.evidence import Removal, Submission
from evenhand.domains.reviews.models.reviews import Recommendation, Review

__all__ = [
    "Asking",
    "Assessment",
    "Body",
    "Challenge",
    "Clock",
    "Clocks",
    "Commitment",
    "Determination",
    "Disparity",
    "Exchange",
    "Recommendation",
    "Removal",
    "Review",
    "Submission",
    "Total",
    "Update",
    "Wording",
]
