"""What charters and protocols hold besides what every document holds."""

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

from register.directory.models import Community
from register.documents.models import Content, Document
from register.ledger.tracked import Tracked
from register.lists.fields import CodesField
from register.lists.labels import label


class Charter(Tracked):
    """The framework document of a partnership: charter, declaration or accord. Links only."""

    ledger_path = "document"
    ledger_labels = ("document",)

    document = models.OneToOneField(Document, models.PROTECT, related_name="charter")

    def __str__(self) -> str:
        return str(self.document)


class Protocol(Tracked):
    """The policy of one information community under a charter. Links only."""

    ledger_path = "document"
    ledger_labels = ("document",)

    document = models.OneToOneField(Document, models.PROTECT, related_name="protocol")
    charter = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="protocols_under",
        verbose_name="charter above",
    )
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="protocols",
        verbose_name="information community",
    )
    outside_reason = models.TextField("outside the framework, because", blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return str(self.document)


class CharterText(Content):
    """The text fields of a charter version."""

    vision = models.TextField("vision", blank=True)
    goal = models.TextField("goal", blank=True)
    commitment = models.TextField("commitment", blank=True)
    default_premise = models.TextField("default premise", blank=True)
    purpose = models.TextField("main purpose of sharing", blank=True)
    area_of_benefit = models.TextField("area of benefit", blank=True)

    def __str__(self) -> str:
        return "text of the charter"


class Plan(Content):
    """A strategic plan that a charter serves: title, web address and date."""

    title = models.CharField("title", max_length=300)
    url = models.URLField("web address", blank=True)
    dated_on = models.DateField("date", null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class PrincipleKind(models.TextChoices):
    """What a partnership calls the items of its charter."""

    PRINCIPLE = "principle", "Principle"
    STATEMENT = "statement", "Statement"
    COMMITMENT = "commitment", "Commitment"


class Principle(Content):
    """One ordered item of a charter that its signatories accept, with what it means."""

    kind = models.CharField(
        "kind", max_length=12, choices=PrincipleKind.choices, default=PrincipleKind.PRINCIPLE
    )
    heading = models.CharField("heading", max_length=300, blank=True)
    text = models.TextField("text")
    meaning = models.TextField("what this means", blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} “{self.heading or 'without heading'}”"


class Initiative(Content):
    """A lettered theme of the community plan that a charter supports."""

    letter = models.CharField("letter", max_length=3)
    title = models.CharField("title", max_length=300)
    text = models.TextField("text", blank=True)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["version", "letter"],
                name="charters_initiative_letter_once",
                violation_error_message="That letter is already used.",
            ),
        ]

    def __str__(self) -> str:
        return f"initiative {self.letter}, {self.title}"


class InitiativeCommunity(Content):
    """An information community that delivers an initiative."""

    ledger_labels = ("community", "initiative")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="community_links")
    community = models.ForeignKey(Community, models.PROTECT, related_name="initiative_links")

    def __str__(self) -> str:
        return f"{self.community} for {self.initiative}"


class ProtocolText(Content):
    """The text fields of a protocol version."""

    shared_objective = models.TextField("shared objective", blank=True)
    policy_context = models.TextField("policy context", blank=True)
    scope = models.TextField("scope", blank=True)
    information_requirements = models.TextField("information requirements", blank=True)
    consent = models.TextField("consent and objections", blank=True)
    legislation = models.TextField("legislation", blank=True)
    roles = models.TextField("roles and responsibilities", blank=True)
    governance = models.TextField("governance, monitoring and review", blank=True)

    def __str__(self) -> str:
        return "text of the protocol"


class GeneralPurpose(Content):
    """A general purpose for which a community shares; agreements take theirs from these."""

    title = models.CharField("purpose", max_length=300)
    text = models.TextField("in more words", blank=True)

    def __str__(self) -> str:
        return f"general purpose “{self.title}”"


class ProtocolScope(Content):
    """Data and people that a protocol allows its agreements to share; without any it sets no limit."""

    title = models.CharField("for what", max_length=300)
    data_categories = CodesField("data_category", "kinds of data")
    data_subjects = CodesField("data_subject", "people")

    def __str__(self) -> str:
        return f"scope “{self.title}”"

    @property
    def in_words(self) -> SafeString:
        """What the row allows, as a page and a print show it."""
        return format_html(
            "<p>Data: {}</p><p>People: {}</p>",
            _listed("data_category", self.data_categories),
            _listed("data_subject", self.data_subjects),
        )


def _listed(list_code: str, codes: tuple[str, ...]) -> str:
    names = "; ".join(label(list_code, code).lower() for code in codes)
    return f"{names}." if names else "not limited here."
