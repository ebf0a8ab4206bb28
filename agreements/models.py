"""What operational agreements hold besides what every document holds."""

from django.db import models

from register.documents.models import Content, Document
from register.ledger.tracked import Tracked


class Agreement(Tracked):
    """An operational agreement: its main protocol, or why it stands outside the framework. Links only."""

    ledger_path = "document"
    ledger_labels = ("document",)

    document = models.OneToOneField(Document, models.PROTECT, related_name="agreement")
    protocol = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements_under",
        verbose_name="main protocol",
    )
    is_outside = models.BooleanField("outside the framework", default=False)
    outside_reason = models.TextField("why it stands outside the framework", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return str(self.document)


class FurtherProtocol(Tracked):
    """A further protocol that an agreement also serves."""

    ledger_path = "agreement__document"
    ledger_labels = ("agreement__document", "protocol")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="further_protocols")
    protocol = models.ForeignKey(Document, models.PROTECT, related_name="further_agreements")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "protocol"], name="agreements_further_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement} also under {self.protocol}"


class AgreementText(Content):
    """The text fields of an agreement version."""

    purpose = models.TextField("purpose", blank=True)
    benefit = models.TextField("benefit", blank=True)
    benefit_for = models.TextField("for whom", blank=True)
    necessity = models.TextField("why sharing is necessary", blank=True)
    information = models.TextField("information shared", blank=True)
    legal_power = models.TextField("legal power", blank=True)
    method = models.TextField("how it is shared", blank=True)
    quality = models.TextField("accuracy and quality", blank=True)
    retention = models.TextField("retention and disposal", blank=True)
    security = models.TextField("security", blank=True)
    rights = models.TextField("rights of individuals", blank=True)
    breach = models.TextField("breaches and concerns", blank=True)
    termination = models.TextField("ending and withdrawal", blank=True)
    contacts = models.TextField("contacts", blank=True)
    areas = models.TextField("areas covered", blank=True)

    def __str__(self) -> str:
        return "text of the agreement"
