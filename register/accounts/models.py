"""A login, and nothing else: who somebody is stands in the directory."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes logins; nobody signs up by themselves."""

    def create_user(self, email: str, password: str | None = None, **facts) -> "User":
        """A login for the e-mail address; without a password it signs in by an e-mailed code."""
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A login: an e-mail address and a password, or a code sent to that address."""

    email = models.EmailField("e-mail address", unique=True)
    is_active = models.BooleanField("may sign in", default=True)
    joined_at = models.DateTimeField("invited at", auto_now_add=True)
    seen_at = models.DateTimeField("last seen at", null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.email

    @property
    def actor(self):
        """The person who acts when this login acts; a login without a person may read, never act."""
        person = getattr(self, "person", None)
        if person is None:
            raise PermissionDenied(
                "Your login is not joined to a person in the directory. Ask the partnership office."
            )
        return person.actor
