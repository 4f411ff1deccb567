"""Tables of publishing: pages by what they are, who reviews them, what shipped, and who is told of what is new."""

from evenhand.domains.publishing.models.alerts import Alert
from evenhand.domains.publishing.models.outside import OutsideFeed, OutsidePost
from evenhand.domains.publishing.models.pages import (
    Article,
    Contents,
    EvidenceReview,
    FrontPage,
    Guidance,
    Publication,
    SimplePage,
    Statement,
    SupportSource,
)
from evenhand.domains.publishing.models.review import SecondPerson
from evenhand.domains.publishing.models.seen import Seen
from evenhand.domains.publishing.models.shipped import Shipped
from evenhand.domains.publishing.models.terms import HouseTerm
from evenhand.domains.publishing.models.writing import Writing

__all__ = [
    "Alert",
    "Article",
    "Contents",
    "EvidenceReview",
    "FrontPage",
    "Guidance",
    "HouseTerm",
    "OutsideFeed",
    "OutsidePost",
    "Publication",
    "SecondPerson",
    "Seen",
    "Shipped",
    "SimplePage",
    "Statement",
    "SupportSource",
    "Writing",
]
