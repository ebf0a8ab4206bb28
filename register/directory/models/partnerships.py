"""A partnership, the bodies that belong to it, and who is expected to sign its documents."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from register.accounts.roles import MEMBERSHIP_PERMISSIONS, PARTNERSHIP_PERMISSIONS
from register.directory.models.dated import Dated
from register.ledger.tracked import Tracked


class Tier(models.IntegerChoices):
    """The three tiers of a framework."""

    CHARTER = 1, "Charter"
    PROTOCOL = 2, "Protocol"
    AGREEMENT = 3, "Agreement"


class Partnership(Tracked):
    """The place-based body that owns one framework of charter, protocols and agreements."""

    name = models.CharField("name", max_length=200)
    slug = models.SlugField("short form in addresses", max_length=60, unique=True)
    area = models.CharField("area", max_length=200, blank=True)
    former_names = models.TextField("former names", blank=True)
    status_note = models.TextField("accreditation or standing", blank=True)
    accredited_on = models.DateField("accredited on", null=True, blank=True)
    prefix = models.CharField(
        "prefix of references",
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2,6}\Z", "Enter two to six capital letters.")],
    )
    charter_word = models.CharField("word for tier 1", max_length=40, default="Charter")
    protocol_word = models.CharField("word for tier 2", max_length=40, default="Protocol")
    agreement_word = models.CharField("word for tier 3", max_length=40, default="Agreement")
    office_name = models.CharField("information governance office", max_length=200, blank=True)
    office_email = models.EmailField("office e-mail address", blank=True)
    office_phone = models.CharField("office telephone", max_length=40, blank=True)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        permissions = list(PARTNERSHIP_PERMISSIONS.items())

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:partnership", args=[self.slug])

    def word(self, tier: int) -> str:
        """This partnership's own word for a tier, such as “Accord” for tier 1."""
        return {1: self.charter_word, 2: self.protocol_word, 3: self.agreement_word}[int(tier)]


class MembershipKind(models.TextChoices):
    """How a body belongs to a partnership."""

    FULL = "full", "Full member"
    ASSOCIATE = "associate", "Associate"
    OBSERVER = "observer", "Observer"
    SUPPORTED = "supported", "Supported by another member"
    SINGLE = "single", "Bound by single agreements only"


class Membership(Dated):
    """A body in a partnership, of a kind, from one day until another; permissions for the body hang on it."""

    ledger_path = "organisation"

    partnership = models.ForeignKey(
        Partnership, models.PROTECT, related_name="memberships", verbose_name="partnership"
    )
    organisation = models.ForeignKey(
        "directory.Organisation",
        models.PROTECT,
        related_name="memberships",
        verbose_name="body",
    )
    kind = models.CharField(
        "kind", max_length=20, choices=MembershipKind.choices, default=MembershipKind.FULL
    )
    supported_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supports",
        verbose_name="supported by",
    )
    has_release_officer = models.BooleanField(
        "requests go first to its designated officer", default=False
    )

    ledger_labels = ("organisation", "partnership")

    class Meta(Dated.Meta):
        permissions = list(MEMBERSHIP_PERMISSIONS.items())
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "organisation"],
                condition=models.Q(ends_on__isnull=True),
                name="directory_membership_open_once",
                violation_error_message="This body is already a member of the partnership.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.partnership}"


class TierPost(Tracked):
    """A post that a partnership expects to sign documents of a tier, one for each party."""

    ledger_path = "partnership"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="tier_posts")
    tier = models.PositiveSmallIntegerField("tier", choices=Tier.choices)
    post_kind = models.CharField("post", max_length=60)
    is_required = models.BooleanField("needed for coming into force", default=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "tier", "post_kind"], name="directory_tierpost_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_kind} for tier {self.tier}"
