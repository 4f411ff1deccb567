"""The index that is searched: what selects an entry is words, what orders entries is a few numbers beside them."""

from django.db import models

from evenhand.domains.directory.models.listing import Service


class Entry(models.Model):
    """A listed service as it is searched. The words stand in an index of the database's own, kept by its triggers.

    `tags` are terms, places and cells of the map, each as one word; `card` is all that a result shows.
    """

    service = models.OneToOneField(Service, models.CASCADE, related_name="entry")
    name = models.TextField()
    said = models.TextField()
    tags = models.TextField()
    card = models.JSONField()

    def __str__(self) -> str:
        return self.name


class Spot(models.Model):
    """A point at which an entry's service is given, or that there is none; with it everything that orders entries.

    `assured` is the day of the last check, counted from 1970; `reach` is how many miles away a service counts that
    comes to where one is. The `facets` are the tags that bring an entry forward, a bit each, as `Facet` has it.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="spots", db_index=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    assured = models.IntegerField()
    reach = models.SmallIntegerField()
    facets_0 = models.BigIntegerField(default=0)
    facets_1 = models.BigIntegerField(default=0)
    facets_2 = models.BigIntegerField(default=0)

    class Meta:
        """One index holds all that a search reads."""

        indexes = (
            models.Index(
                fields=("entry", "latitude", "longitude", "assured", "reach", "facets_0", "facets_1", "facets_2"),
                name="spot_in_full",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.latitude}, {self.longitude}"


class Facet(models.Model):
    """Which bit stands for a tag that brings entries forward: given when the tag is first seen, and kept for good."""

    tag = models.CharField(max_length=120, unique=True)
    bit = models.PositiveSmallIntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.tag}: {self.bit}"


class IndexedWord(models.Model):
    """A word of some entry, so that a misspelt one finds it. Words stay until the index is built anew."""

    word = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.word


class Stale(models.Model):
    """That something of a service was changed since it was indexed: written by the database itself, one a change."""

    service = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return str(self.service)


class Unmet(models.Model):
    """How often a search of one kind found nothing in a month: the area and terms asked for, and never words."""

    month = models.DateField()
    area = models.CharField(max_length=20, blank=True)
    need = models.CharField(max_length=80, blank=True)
    community = models.CharField(max_length=80, blank=True)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        """One row for each kind of search and month."""

        constraints = (
            models.UniqueConstraint(fields=("month", "area", "need", "community"), name="one_count_a_month"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.area} {self.need} {self.community}: {self.times}"
