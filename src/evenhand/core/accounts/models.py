"""People, the roles that they hold from one day to another, and the sign-ins that are open."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.core.access import NAMES
from evenhand.core.organisations.models import Organisation
from evenhand.core.references import Ref, RefField

DEVICE_LENGTH = 200


class People(BaseUserManager["Person"]):
    """People are found by their e-mail address, however it is written."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address."""
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **said: Any) -> "Person":
        """A new person; without a password, one who cannot sign in until one is set."""
        person = self.model(email=email.lower(), **said)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in: an address, a name to be shown, and nothing more than is needed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name to be shown"), max_length=100)
    is_active = models.BooleanField(_("may sign in"), default=True)  # false is suspended: the framework's own word
    demonstration = models.BooleanField(_("demonstration"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects = People()
    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """One person an address, whatever its capitals."""

        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name", "email")
        constraints = (models.CheckConstraint(condition=Q(email=Lower("email")), name="address_in_small_letters"),)

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> Ref:
        """What other tables and the journal call the person."""
        return Ref("accounts.person", str(self.pk))

    @property
    def suspended(self) -> bool:
        """Whether the person may not sign in for now."""
        return not self.is_active

    def get_full_name(self) -> str:
        """The name to be shown, as the staff home asks for it."""
        return self.name

    def get_short_name(self) -> str:
        """As above: we ask nobody to take a name apart."""
        return self.name


class RolesHeld(models.QuerySet["RoleHeld"]):
    """Roles, past, present and to come."""

    def holding(self, moment: datetime | None = None) -> "RolesHeld":
        """Those that hold at one moment: now, if none is given."""
        moment = moment or timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=moment), begins_at__lte=moment)


class RoleHeld(models.Model):
    """A part that a person plays from one moment to another, for one organisation or for none. Nothing is inherited."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="roles")
    begins_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = RolesHeld.as_manager()

    class Meta:
        """A role ends after it begins, and is held without an end only once."""

        ordering = ("begins_at", "pk")
        indexes = (models.Index(fields=("person", "role"), name="role_of_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("begins_at")), name="ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=("person", "role", "organisation"), condition=Q(ends_at=None), name="open_role_for_one_once"
            ),
            models.UniqueConstraint(
                fields=("person", "role"), condition=Q(ends_at=None, organisation=None), name="open_role_once"
            ),
        )

    def __str__(self) -> str:
        return str(_(NAMES.get(self.role, self.role)))


class Erasure(models.Model):
    """That a person asked to have everything erased that is held of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="erasures")
    status = models.CharField(max_length=20, default="asked", editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = RefField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The one that waits longest first; one open request of a person."""

        ordering = ("asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(status__in=("asked", "agreed")), name="one_open_erasure"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def ref(self) -> Ref:
        """What the journal calls it."""
        return Ref("accounts.erasure", str(self.pk))


class SignIn(AbstractBaseSession):
    """One browser that is signed in, or on its way there: the session itself, so that ending it is deleting it."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sign_ins")
    device = models.CharField(max_length=DEVICE_LENGTH, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Found by key and by person."""

        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        """The store that reads and writes these."""
        from evenhand.core.accounts.sessions import SessionStore  # noqa: PLC0415  (the store is made of this table)

        return SessionStore
