"""What the body posts elsewhere, as it was last read: shown from here, so that no visitor's browser asks there."""

from django.db import models

from evenhand.core.references import Ref

FEED = Ref("publishing.outside", "feed")


class OutsideFeed(models.Model):
    """When a feed was read, and what was wrong with it then."""

    address = models.URLField(max_length=500, unique=True)
    read_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        """Its name."""

        verbose_name = "outside feed"
        verbose_name_plural = "outside feeds"

    def __str__(self) -> str:
        return self.address


class OutsidePost(models.Model):
    """One post: plain words, a day, and where it stands."""

    feed = models.ForeignKey(OutsideFeed, models.CASCADE, related_name="posts")
    words = models.CharField(max_length=400)
    url = models.URLField(max_length=500)
    posted_at = models.DateTimeField()

    class Meta:
        """The newest first."""

        verbose_name = "outside post"
        verbose_name_plural = "outside posts"
        ordering = ("-posted_at", "pk")

    def __str__(self) -> str:
        return self.words
