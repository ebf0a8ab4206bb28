"""Parties that are a named group: who belongs to it is a dated schedule, not part of what is signed."""

from django.db import models

from register.directory.models import Organisation
from register.directory.models.dated import Dated
from register.documents.models import Content, Document, StoredFile


class PartyGroup(Content):
    """A named group of parties, such as all practices of a board's area; members join by a form."""

    name = models.CharField("name of the group", max_length=200)
    who_may_join = models.TextField("who may join", blank=True)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "name"],
                name="flows_partygroup_name_once",
                violation_error_message="This agreement already has a group of that name.",
            ),
        ]

    def __str__(self) -> str:
        return f"group “{self.name}”"


class GroupMember(Dated):
    """A body in a group of an agreement, by its joining form, from one day until another.

    It names the group by document and lineage, so that it holds through every version.
    """

    ledger_path = "document"
    ledger_labels = ("organisation",)

    document = models.ForeignKey(Document, models.PROTECT, related_name="group_members")
    group = models.UUIDField("group")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="group_memberships", verbose_name="body"
    )
    form_signatory = models.CharField("joining form signed by", max_length=200)
    form_post = models.CharField("post", max_length=200, blank=True)
    form = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="joining_forms"
    )
    form_name = models.CharField("joining form", max_length=200, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["document", "group", "organisation"],
                condition=models.Q(ends_on__isnull=True),
                name="flows_groupmember_open_once",
                violation_error_message="This body has joined the group already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in a group of {self.document}"
