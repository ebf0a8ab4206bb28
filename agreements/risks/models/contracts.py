"""Contracts between controllers and a processor, and what Article 28(3) asks of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from agreements.risks.querysets import ContractQuerySet
from register.directory.models import Organisation, Partnership
from register.directory.models.dated import Dated
from register.documents.models import Document, StoredFile
from register.ledger.tracked import Tracked


class ProcessorContract(Dated):
    """A contract with a processor (UK GDPR, Article 28; DPA 2018, section 59 under Part 3)."""

    reference = models.CharField("reference", max_length=30, unique=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="processor_contracts")
    title = models.CharField("title", max_length=300)
    processor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="processor_contracts", verbose_name="processor"
    )
    is_part3 = models.BooleanField(
        "it also covers law enforcement processing under Part 3", default=False
    )
    summary = models.TextField("what the processor does", blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="processor_contracts"
    )
    file_name = models.CharField("file name", max_length=200, blank=True)

    objects: ClassVar = ContractQuerySet.as_manager()  # type: ignore[assignment]
    ledger_labels = ("processor",)

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["partnership", "reference"], name="risks_contract_reference"),
            models.Index(fields=["ends_on"], name="risks_contract_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("risks:contract", args=[self.reference])


class ContractController(Tracked):
    """A controller on whose behalf the processor acts."""

    ledger_path = "contract"
    ledger_labels = ("contract", "organisation")

    contract = models.ForeignKey(ProcessorContract, models.PROTECT, related_name="controllers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="controller_contracts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "organisation"], name="risks_contractcontroller_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.contract.reference}"


class Point(models.TextChoices):
    """What a contract with a processor must say: UK GDPR, Article 28(3)(a) to (h)."""

    INSTRUCTIONS = "instructions", "Acts only on documented instructions (28(3)(a))"
    CONFIDENTIALITY = "confidentiality", "Its people are bound to confidentiality (28(3)(b))"
    SECURITY = "security", "Takes the security measures of Article 32 (28(3)(c))"
    SUB_PROCESSORS = "sub_processors", "Engages sub-processors only with authorisation (28(3)(d))"
    RIGHTS = "rights", "Helps to answer people who use their rights (28(3)(e))"
    BREACHES = "breaches", "Helps with breaches and impact assessments (28(3)(f))"
    RETURN = "return", "Deletes or returns everything at the end (28(3)(g))"
    AUDITS = "audits", "Allows audits and shows that it complies (28(3)(h))"


class ContractPoint(Tracked):
    """Whether a contract says one of the things that Article 28(3) asks, and where."""

    ledger_path = "contract"
    ledger_labels = ("contract",)

    contract = models.ForeignKey(ProcessorContract, models.PROTECT, related_name="points")
    point = models.CharField("point", max_length=20, choices=Point.choices)
    is_met = models.BooleanField("the contract says so", default=False)
    note = models.CharField("where, or what is missing", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "point"], name="risks_contractpoint_once")
        ]

    def __str__(self) -> str:
        return self.get_point_display()


class SubProcessor(Tracked):
    """Somebody whom the processor engages in turn: a body of the register, or a name."""

    ledger_path = "contract"
    ledger_labels = ("contract", "organisation")

    contract = models.ForeignKey(ProcessorContract, models.PROTECT, related_name="sub_processors")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sub_processor_rows"
    )
    name = models.CharField("name", max_length=300, blank=True)
    does = models.CharField("what it does", max_length=500, blank=True)
    country = models.CharField("country, where not the United Kingdom", max_length=120, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | ~models.Q(name=""),
                name="risks_subprocessor_named",
                violation_error_message="Name the sub-processor.",
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.organisation)


class ContractLink(Tracked):
    """An entry that a processor contract serves."""

    ledger_path = "document"
    ledger_labels = ("contract", "document")

    contract = models.ForeignKey(ProcessorContract, models.PROTECT, related_name="links")
    document = models.ForeignKey(Document, models.PROTECT, related_name="contract_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "document"],
                name="risks_contractlink_once",
                violation_error_message="This contract is already linked to the entry.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract.reference} for {self.document.reference}"
