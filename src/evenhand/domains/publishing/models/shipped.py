"""Which page came with the product, and what it was when it was loaded: an editor's own words are never overwritten."""

from django.db import models
from wagtail.models import Page, Revision


class Shipped(models.Model):
    """One declared page."""

    address = models.CharField(max_length=200, unique=True)
    page = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+")
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64)

    class Meta:
        """Found by address."""

        verbose_name = "shipped page"
        verbose_name_plural = "shipped pages"

    def __str__(self) -> str:
        return self.address
