"""The bodies that are asked for something, and those that took over from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref


class Body(models.Model):
    """A public body as recommendations name it. One that is no more leads to its successors."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    also = models.CharField(_("also called"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=30, default="other")
    ended = models.CharField(_("year in which it ended"), max_length=10, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)
    shipped = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        """By name."""

        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def heirs(self) -> "tuple[Body, ...]":
        """Who answers for it today: itself, or those that took over; nobody where it ended and nobody did."""
        found: dict[int | None, Body] = {}
        met, waiting = set[int | None](), [self]
        while waiting:
            one = waiting.pop()
            if one.pk in met:
                continue
            met.add(one.pk)
            if one.ended:
                waiting += one.successors.all()
            else:
                found[one.pk] = one
        return tuple(sorted(found.values(), key=lambda one: one.name))

    @property
    def ref(self) -> Ref:
        """What the journal and other tables call it."""
        return Ref("reviews.body", self.slug)
