"""Information communities: bodies that must exchange information to reach one shared objective."""

from django.db import models
from django.urls import reverse

from register.directory.models.dated import Dated
from register.directory.models.organisations import Organisation
from register.directory.models.partnerships import Partnership


class Community(Dated):
    """An information community of a partnership, with the objective that its members share."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="communities")
    name = models.CharField("name", max_length=200)
    slug = models.SlugField("short form in addresses", max_length=80, unique=True)
    shared_objective = models.TextField("shared objective")

    class Meta(Dated.Meta):
        verbose_name_plural = "communities"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "name"],
                name="directory_community_name_once",
                violation_error_message="The partnership already has a community of that name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:community", args=[self.slug])


class CommunityMember(Dated):
    """A body in an information community, from one day until another; a body may be in many."""

    ledger_path = "community"

    community = models.ForeignKey(Community, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="community_memberships"
    )

    ledger_labels = ("organisation", "community")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["community", "organisation"],
                condition=models.Q(ends_on__isnull=True),
                name="directory_communitymember_open_once",
                violation_error_message="This body is already in the community.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.community}"
