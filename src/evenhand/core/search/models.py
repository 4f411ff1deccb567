"""What can be found. The words stand beside it, in FTS5 or a tsvector, kept by the triggers of the first migration."""

from django.db import models


class Document(models.Model):
    """One thing that has a page: what it is called, what it says, and where it stands."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    summary = models.TextField()
    said = models.TextField()
    url = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)

    class Meta:
        """Counted by kind."""

        indexes = (models.Index(fields=("kind",), name="document_by_kind"),)

    def __str__(self) -> str:
        return self.title


class Standing(models.Model):
    """Of which state of its source an index is: what has not changed is not read again."""

    source = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.source
