"""Words of the house's own: what editors add to the terminology that ships, each agreed by two people."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenhand.core.references import Ref, RefField

PLAIN = RegexValidator(
    r"^[^\W_][\w '’/-]+\*?$",
    _("Write words, with spaces between if there are several. A * at the end means any ending."),
)
ALIVE = ("proposed", "used", "ending")


class HouseTerm(models.Model):
    """Words to look at again wherever they are written, what to write instead, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    words = models.CharField(_("the words to look for"), max_length=80, validators=[PLAIN])
    instead = models.CharField(_("what to write instead"), max_length=300)
    why = models.CharField(_("why"), max_length=400)
    status = models.CharField(max_length=20, default="proposed", editable=False)
    put_forward_by = RefField(editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """No words twice, but those that were refused or taken out."""

        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ("words",)
        constraints = (models.UniqueConstraint("words", condition=Q(status__in=ALIVE), name="one_house_term_once"),)

    def __str__(self) -> str:
        return self.words

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("publishing.term", str(self.pk))
