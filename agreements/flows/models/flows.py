"""An information flow: one movement of information from providers to recipients."""

from __future__ import annotations

from django.db import models

from agreements.flows.models.assets import Asset
from register.documents.models import Content, Document
from register.lists.fields import CodesField


class Side(models.TextChoices):
    """The two ends of a flow."""

    PROVIDER = "provider", "Provider"
    RECIPIENT = "recipient", "Recipient"


class Direction(models.TextChoices):
    """The codes of the list of directions that the register itself has to understand."""

    ONE_WAY = "one_way", "One-way"
    TWO_WAY = "two_way", "Two-way"
    POOL = "pool", "Many to one (pool)"
    ONE_TO_MANY = "one_to_many", "One to many"
    SHARED_SYSTEM = "shared_system", "Shared system"


# In these both ends give and both receive.
MUTUAL = (Direction.TWO_WAY, Direction.SHARED_SYSTEM)


class Onward(models.TextChoices):
    """Whether a recipient may pass the information on."""

    NO = "no", "No, it stays with the recipients"
    ASK = "ask", "Only with the provider's consent"
    NAMED = "named", "To those named here"
    LAW = "law", "Only where the law requires it"


class Flow(Content):
    """One information flow of an agreement: what moves from whom to whom, why, how, and for how long."""

    title = models.CharField("name of the flow", max_length=200)
    direction = models.CharField("direction", max_length=60, default=Direction.ONE_WAY)
    identifiability = models.CharField(
        "how far people can be identified", max_length=60, blank=True
    )
    use_kind = models.CharField("used for", max_length=60, blank=True)
    purpose_document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="purposes_used",
        verbose_name="protocol that names the purpose",
    )
    purpose_lineage = models.UUIDField("purpose of the protocol", null=True, blank=True)
    purpose = models.TextField("purpose in more words", blank=True)
    necessity = models.TextField("why this much is needed and no less", blank=True)
    data_subjects = CodesField("data_subject", "people in the data")
    excludes = CodesField("data_category", "what must not be sent")
    excludes_note = models.CharField("why it must not be sent", max_length=300, blank=True)
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="flows", verbose_name="asset"
    )

    cldc_basis = models.CharField("basis in confidentiality", max_length=60, blank=True)
    cldc_power = models.CharField("power or decision relied on", max_length=300, blank=True)
    s251_reference = models.CharField("section 251 reference", max_length=60, blank=True)
    s251_expires_on = models.DateField("section 251 support ends", null=True, blank=True)
    consent_model = models.CharField("consent", max_length=60, blank=True)
    refusals = models.TextField("what happens when somebody refuses", blank=True)
    override_grounds = CodesField("override_ground", "grounds to override a refusal")
    opt_out = models.CharField("national data opt-out", max_length=60, blank=True)

    transfer_modes = CodesField("transfer_mode", "how it moves")
    controls = CodesField("control", "controls")
    system = models.CharField("system", max_length=200, blank=True)
    frequency = models.CharField("how often", max_length=60, blank=True)
    volume = models.CharField("how much at a time", max_length=60, blank=True)
    data_format = models.CharField("format", max_length=60, blank=True)
    storage = models.TextField("where it is kept after transfer", blank=True)
    access = models.TextField("who may see it after transfer", blank=True)

    retention_trigger = models.CharField("kept from", max_length=200, blank=True)
    retention_period = models.CharField("kept for", max_length=60, blank=True)
    retention_reference = models.CharField("retention schedule", max_length=200, blank=True)
    disposal = models.CharField("disposal", max_length=60, blank=True)
    disposal_proof = models.CharField("proof of disposal", max_length=60, blank=True)
    accuracy = models.TextField("how accuracy is kept", blank=True)
    corrections_to = models.CharField("who is told of corrections", max_length=300, blank=True)

    outside_uk = models.CharField("transfer outside the UK", max_length=60, blank=True)
    outside_country = models.CharField("country", max_length=200, blank=True)
    outside_reference = models.CharField("transfer risk assessment", max_length=200, blank=True)
    onward = models.CharField("onward sharing", max_length=10, choices=Onward.choices, blank=True)
    onward_to = models.TextField("onward to whom, and on what terms", blank=True)

    dpia_reference = models.CharField("impact assessment", max_length=60, blank=True)
    privacy_notice = models.CharField("privacy notice", max_length=500, blank=True)
    plain_purpose = models.TextField("purpose, in plain words for the public", blank=True)
    plain_retention = models.TextField("how long, in plain words for the public", blank=True)

    class Meta(Content.Meta):
        verbose_name = "information flow"

    def __str__(self) -> str:
        return f"flow “{self.title}”"

    @property
    def is_personal(self) -> bool:
        """Whether the flow moves information about people who can be identified, or may be."""
        return self.identifiability not in {"anonymous", "non_personal"}

    @property
    def is_mutual(self) -> bool:
        """Whether both ends give and both receive."""
        return self.direction in MUTUAL
