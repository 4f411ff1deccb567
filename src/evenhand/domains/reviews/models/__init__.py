"""What was asked of whom, and what is said of it."""

from evenhand.domains.reviews.models.assessments import Assessment, Total
from evenhand.domains.reviews.models.bodies import Body
from evenhand.domains.reviews.models.reviews import Recommendation, Review

__all__ = ["Assessment", "Body", "Recommendation", "Review", "Total"]
