"""A view of the register that somebody saved, and what somebody prefers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from register.directory.models import Partnership
from register.saved.querysets import SavedViewQuerySet

NAME_LENGTH = 60
QUERY_LENGTH = 2_000


class SavedView(models.Model):
    """A filter, its columns and their order under a name: for its owner, or for a partnership."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField("name", max_length=NAME_LENGTH)
    query = models.CharField("filter, columns and order", max_length=QUERY_LENGTH, blank=True)
    partnership = models.ForeignKey(
        Partnership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="shared_views",
        verbose_name="shared with",
    )
    changed_at = models.DateTimeField("changed")

    # Said of a view for one reader, by `open_to`.
    is_default: bool

    objects: ClassVar = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_savedview_name_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        """Whether others of a partnership see the view."""
        return self.partnership_id is not None


class DefaultView(models.Model):
    """The view with which somebody opens the register."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="default_view"
    )
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="chosen_by")

    def __str__(self) -> str:
        return f"{self.view} of {self.user}"


class WithoutKeys(models.Model):
    """Somebody who switched the keyboard shortcuts off."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="without_keys"
    )

    def __str__(self) -> str:
        return f"{self.user} without shortcuts"
