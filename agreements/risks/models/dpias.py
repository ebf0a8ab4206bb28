"""Data protection impact assessments: records of their own, with one status for each controller."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from agreements.risks.querysets import DpiaQuerySet
from register.directory.models import Organisation, Partnership
from register.documents.models import Document, StoredFile
from register.ledger.tracked import Tracked
from register.lists.fields import CodesField


class Dpia(Tracked):
    """An impact assessment (UK GDPR, Article 35; DPA 2018, section 64) that serves one agreement or many."""

    reference = models.CharField("reference", max_length=30, unique=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="dpias")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="owned_dpias", verbose_name="body that keeps it"
    )
    title = models.CharField("title", max_length=300)
    screening = CodesField("dpia_screening", "screening questions answered yes")
    summary = models.TextField("what is assessed, and what was found", blank=True)
    link = models.URLField("link", max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="dpias"
    )
    file_name = models.CharField("file name", max_length=200, blank=True)
    review_on = models.DateField("review date", null=True, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = DpiaQuerySet.as_manager()
    ledger_labels = ("owner",)

    class Meta:
        verbose_name = "DPIA"
        indexes = [
            models.Index(fields=["partnership", "reference"], name="risks_dpia_reference"),
            models.Index(fields=["review_on"], name="risks_dpia_review"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("risks:dpia", args=[self.reference])


class Advice(models.TextChoices):
    """What a data protection officer advises (UK GDPR, Articles 35(2) and 39)."""

    NO_OBJECTION = "no_objection", "No objection"
    CONDITIONS = "conditions", "No objection, with conditions"
    AGAINST = "against", "Against"


class DpiaController(Tracked):
    """How an impact assessment stands with one controller: its officer's advice and its own decision."""

    ledger_path = "dpia"
    ledger_labels = ("organisation", "dpia")

    dpia = models.ForeignKey(Dpia, models.PROTECT, related_name="controllers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="dpia_rows", verbose_name="controller"
    )
    status = models.CharField("status", max_length=60)
    status_reason = models.TextField("why it stands so", blank=True)
    relies_on = models.ForeignKey(
        Dpia,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relied_upon_by",
        verbose_name="relies on the joint DPIA",
    )
    advice = models.CharField(
        "advice of the data protection officer", max_length=12, choices=Advice.choices, blank=True
    )
    advice_words = models.TextField("the advice in words", blank=True)
    advised_by = models.CharField("advised by", max_length=200, blank=True)
    advised_on = models.DateField("advised on", null=True, blank=True)
    decided_by = models.CharField("decided by", max_length=200, blank=True)
    decided_on = models.DateField("decided on", null=True, blank=True)
    conditions = models.TextField("conditions of the decision", blank=True)
    decision_reason = models.TextField("reason for the decision", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dpia", "organisation"],
                name="risks_dpiacontroller_once",
                violation_error_message="This body is already a controller here.",
            )
        ]
        indexes = [models.Index(fields=["status"], name="risks_dpiacontroller_status")]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.dpia.reference}"


class DpiaLink(Tracked):
    """An entry that an impact assessment serves."""

    ledger_path = "document"
    ledger_labels = ("dpia", "document")

    dpia = models.ForeignKey(Dpia, models.PROTECT, related_name="links")
    document = models.ForeignKey(Document, models.PROTECT, related_name="dpia_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dpia", "document"],
                name="risks_dpialink_once",
                violation_error_message="This DPIA is already linked to the entry.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dpia.reference} for {self.document.reference}"
