"""Stored permissions, by django-guardian's direct foreign keys.

A derived cache: `directory.grants.recompute` makes these rows from current appointments, and
nothing else writes them. They grow with people, never with documents.
"""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from register.directory.models.partnerships import Membership, Partnership


class MembershipUserObjectPermission(UserObjectPermissionBase):
    """What a login may do for a body."""

    content_object = models.ForeignKey(Membership, models.CASCADE)

    def __str__(self) -> str:
        return f"{self.user} {self.permission.codename} {self.content_object}"


class MembershipGroupObjectPermission(GroupObjectPermissionBase):
    """Not used: guardian asks for the pair."""

    content_object = models.ForeignKey(Membership, models.CASCADE)

    def __str__(self) -> str:
        return f"{self.group} {self.permission.codename} {self.content_object}"


class PartnershipUserObjectPermission(UserObjectPermissionBase):
    """What a login may do for a whole partnership."""

    content_object = models.ForeignKey(Partnership, models.CASCADE)

    def __str__(self) -> str:
        return f"{self.user} {self.permission.codename} {self.content_object}"


class PartnershipGroupObjectPermission(GroupObjectPermissionBase):
    """Not used: guardian asks for the pair."""

    content_object = models.ForeignKey(Partnership, models.CASCADE)

    def __str__(self) -> str:
        return f"{self.group} {self.permission.codename} {self.content_object}"
