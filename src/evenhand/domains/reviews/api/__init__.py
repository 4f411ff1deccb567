"""The doors of progress for programs, under one address."""

from ninja import Router

from evenhand.domains.reviews.api.commitments import router as commitments
from evenhand.domains.reviews.api.disparities import router as disparities
from evenhand.domains.reviews.api.reviews import router as reviews

router = Router(tags=["Progress"])
router.add_router("", commitments)
router.add_router("", disparities)
router.add_router("", reviews)
