"""The doors of promises for programs, under one address."""

from ninja import Router

from evenhand.domains.reviews.api.commitments import router as commitments

router = Router(tags=["Progress"])
router.add_router("", commitments)
