"""What hangs on a flow: its ends, the law at each end, and the items of data."""

from __future__ import annotations

from django.db import models

from agreements.flows.models.flows import Flow, Side
from agreements.flows.models.groups import PartyGroup
from register.directory.models import Organisation
from register.documents.models import Content
from register.lists.fields import CodesField


class FlowParty(Content):
    """A body, or a named group, at one end of a flow."""

    ledger_labels = ("flow", "organisation", "group")

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="ends")
    side = models.CharField("end", max_length=10, choices=Side.choices)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="flow_ends",
        verbose_name="body",
    )
    group = models.ForeignKey(
        PartyGroup, models.PROTECT, null=True, blank=True, related_name="flow_ends"
    )

    class Meta(Content.Meta):
        verbose_name = "end of a flow"
        verbose_name_plural = "ends of flows"
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True) ^ models.Q(group__isnull=True),
                name="flows_flowparty_body_or_group",
            ),
            models.UniqueConstraint(
                fields=["flow", "side", "organisation"], name="flows_flowparty_body_once"
            ),
            models.UniqueConstraint(
                fields=["flow", "side", "group"], name="flows_flowparty_group_once"
            ),
        ]

    def __str__(self) -> str:
        who = self.organisation or self.group
        return f"{who} as {self.get_side_display().lower()} of {self.flow}"


class FlowSide(Content):
    """The law at one end of a flow: regime, role, lawful basis, conditions and gateways."""

    ledger_labels = ("flow",)

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="sides")
    side = models.CharField("end", max_length=10, choices=Side.choices)
    regime = models.CharField("regime", max_length=60, default="uk_gdpr")
    controller_role = models.CharField("role", max_length=60, blank=True)
    lawful_basis = models.CharField("lawful basis", max_length=60, blank=True)
    annex1_condition = models.CharField("condition of Annex 1", max_length=60, blank=True)
    law_named = models.CharField("law that lays the basis down", max_length=300, blank=True)
    balancing_test = models.CharField("balancing test", max_length=200, blank=True)
    article9 = CodesField("article9_condition", "Article 9 conditions")
    schedule1 = CodesField("schedule1_condition", "Schedule 1 conditions")
    policy_document = models.CharField("appropriate policy document", max_length=300, blank=True)
    gateways = CodesField("legal_gateway", "legal gateways")
    gateway_note = models.TextField("how the gateway fits", blank=True)
    part3_basis = models.CharField("law enforcement basis", max_length=60, blank=True)
    part3_purposes = CodesField("part3_purpose", "law enforcement purposes")
    schedule8 = CodesField("schedule8_condition", "Schedule 8 conditions")
    marks_opinion = models.BooleanField("fact and opinion are told apart", default=False)
    person_classes = models.CharField("classes of person", max_length=300, blank=True)
    is_logged = models.BooleanField("processing is logged", default=False)
    authorising_law = models.CharField(
        "law that authorises the onward use", max_length=300, blank=True
    )

    class Meta(Content.Meta):
        verbose_name = "law at one end of a flow"
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(fields=["flow", "side"], name="flows_flowside_once"),
        ]

    def __str__(self) -> str:
        return f"law for the {self.get_side_display().lower()} of {self.flow}"


class FlowItem(Content):
    """An item of data in a flow: its category, why it is needed, and its rules."""

    ledger_labels = ("flow",)

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="items")
    name = models.CharField("item", max_length=300)
    category = models.CharField("category", max_length=60, blank=True)
    needed_because = models.TextField("needed because", blank=True)
    special = CodesField("special_category", "special categories")
    identifiability = models.CharField(
        "how far people can be identified", max_length=60, blank=True
    )
    format_example = models.CharField("format or example", max_length=200, blank=True)
    quality_rule = models.CharField("quality rule", max_length=300, blank=True)
    originator = models.CharField("comes from", max_length=200, blank=True)
    third_party_rule = models.CharField(
        "rule for information from third parties", max_length=300, blank=True
    )

    class Meta(Content.Meta):
        verbose_name = "data item"

    def __str__(self) -> str:
        return f"item “{self.name}”"
