"""What is known of a file that somebody handed in; its bytes lie in a folder that nothing is served from."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField


class File(models.Model):
    """A file under a name of our own. Its type is what its content is; its bytes are never changed, and may go."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("type"), max_length=10)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(max_length=64)  # SHA-256 of what is kept
    about = RefField(_("what it belongs to"))  # by which it is known who sees it
    added_by = RefField(_("who handed it in"))
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Found by what they belong to, and counted by who handed them in."""

        ordering = ("added_at", "pk")
        indexes = (
            models.Index(fields=("about",), name="file_about"),
            models.Index(fields=("added_by", "added_at"), name="file_by"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("files.file", str(self.pk))
