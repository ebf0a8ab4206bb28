"""One-off requests with their decisions, emergency shares with their reviews.

None of them names a person of the public: a request carries the asking body's case reference.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from agreements.requests.choices import (
    DECIDED,
    AgreementNeed,
    Control,
    Decision,
    Rightness,
    Standing,
)
from agreements.requests.querysets import EmergencyQuerySet, RequestQuerySet
from register.core.dates import today
from register.core.working_days import NATION_WORDS, Nation
from register.directory.models import Organisation, Partnership, Person
from register.documents.models import Document
from register.ledger.tracked import Tracked
from register.lists.fields import CodesField
from register.signing.models import RefusalClass


class SharingRequest(Tracked):
    """A body's one-off request for data of another, and the decision on it (the ICO's decision form)."""

    # An agreement may be restricted more narrowly than the request: no sentence names it.
    ledger_silent = ("agreement",)

    reference = models.CharField("reference", max_length=30, unique=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="sharing_requests")
    asking = models.ForeignKey(
        Organisation, models.PROTECT, related_name="requests_asked", verbose_name="asking body"
    )
    deciding = models.ForeignKey(
        Organisation, models.PROTECT, related_name="requests_decided", verbose_name="deciding body"
    )
    requester_name = models.CharField("who asks", max_length=200)
    requester_post = models.CharField("post of who asks", max_length=200)
    received_on = models.DateField("date received")
    case_reference = models.CharField("case reference of the asking body", max_length=60)
    data_requested = models.TextField("data asked for")
    data_categories = CodesField("data_category", verbose_name="categories of data")
    purpose = models.TextField("purpose")
    use_kind = models.CharField("use", max_length=60, blank=True)
    necessity = models.TextField("why it is necessary", blank=True)
    dates_of_sharing = models.CharField("date or intervals of sharing", max_length=200, blank=True)

    control = models.CharField(
        "joint or separate controllers", max_length=10, choices=Control.choices, blank=True
    )
    agreement_standing = models.CharField(
        "agreement in place", max_length=8, choices=Standing.choices, default=Standing.UNKNOWN
    )
    agreement = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sharing_requests",
        verbose_name="agreement",
    )
    lawful_basis = CodesField("lawful_basis", verbose_name="lawful basis")
    article9 = CodesField("article9_condition", verbose_name="special category conditions")
    schedule1 = CodesField("schedule1_condition", verbose_name="Schedule 1 conditions")
    part3_basis = CodesField("part3_basis", verbose_name="law enforcement basis (Part 3)")
    schedule8 = CodesField("schedule8_condition", verbose_name="Schedule 8 conditions")
    legal_gateway = CodesField("legal_gateway", verbose_name="legal power")
    legal_power = models.TextField("legal power, in words", blank=True)
    dpia_considered = models.CharField(
        "DPIA considered", max_length=8, choices=Standing.choices, blank=True
    )
    dpia_outcome = models.TextField("outcome of the DPIA", blank=True)
    dpo_views = models.TextField("views of the data protection officer", blank=True)
    retention = models.TextField("retention and deletion", blank=True)
    security = models.TextField("security", blank=True)
    rights = models.TextField("individuals’ rights", blank=True)

    decision = models.CharField("decision", max_length=10, choices=Decision.choices, blank=True)
    reasons = models.TextField("reasons", blank=True)
    refusal_class = models.CharField(
        "ground for not sharing", max_length=12, choices=RefusalClass.choices, blank=True
    )
    refusal_reason = models.CharField("reason for not sharing", max_length=60, blank=True)
    decider_name = models.CharField("decided by", max_length=200, blank=True)
    decider_post = models.CharField("post of who decided", max_length=200, blank=True)
    decided_on = models.DateField("date of the decision", null=True, blank=True)
    shared_on = models.DateField("date shared", null=True, blank=True)
    is_shown_to_partners = models.BooleanField("shown to the partners", default=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = RequestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["partnership", "received_on"], name="request_received"),
            models.Index(fields=["deciding", "received_on"], name="request_deciding"),
            models.Index(fields=["asking", "received_on"], name="request_asking"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(asking=models.F("deciding")), name="requests_two_bodies"
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_on__isnull=True)
                | (
                    ~models.Q(decision="")
                    & models.Q(decided_on__isnull=False, decided_on__gte=models.F("received_on"))
                ),
                name="requests_decision_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision__in=["share_part", "refuse"])
                | (~models.Q(refusal_class="") & ~models.Q(reasons="")),
                name="requests_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision__in=["share_all", "share_part", "refuse"])
                | (~models.Q(decider_name="") & ~models.Q(reasons="")),
                name="requests_decision_has_decider",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("requests:request", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        """Whether the request has ended, by a decision or by being withdrawn."""
        return bool(self.decision)

    @property
    def days_taken(self) -> int | None:
        """Days from receipt to decision; None while undecided or withdrawn."""
        if self.decision not in DECIDED or self.decided_on is None:
            return None
        return (self.decided_on - self.received_on).days

    @property
    def is_outside_charter(self) -> bool:
        """Whether data were kept back on operational grounds: the charter knows legal and ethical."""
        return self.refusal_class == RefusalClass.OPERATIONAL


class EmergencyShare(Tracked):
    """Data given at once, outside an agreement, because waiting would have been worse."""

    reference = models.CharField("reference", max_length=30, unique=True)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="emergency_shares")
    giver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="emergency_given", verbose_name="body that gave"
    )
    receiver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="emergency_received",
        verbose_name="body that received",
    )
    received_words = models.CharField("who received it", max_length=200, blank=True)
    case_reference = models.CharField("case reference", max_length=60)
    data_categories = CodesField("data_category", verbose_name="categories of data")
    data_shared = models.TextField("what was shared")
    necessity = models.TextField("why it could not wait")
    decider_name = models.CharField("decided by", max_length=200)
    decider_post = models.CharField("post of who decided", max_length=200)
    decider = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="emergency_shares",
        verbose_name="who is asked for the review",
    )
    shared_at = models.DateTimeField("when it was shared")
    review_due_on = models.DateField("review due")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar = EmergencyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "shared_at"], name="emergency_shared")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="emergency_two_bodies"
            )
        ]

    def __str__(self) -> str:
        return f"emergency share {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("requests:emergency", args=[self.pk])

    @property
    def reviewed(self) -> EmergencyReview | None:
        """The review, or None while there is none."""
        return getattr(self, "review", None)

    @property
    def is_overdue(self) -> bool:
        """Whether the review should have been held by now."""
        return self.reviewed is None and self.review_due_on < today()


class EmergencyReview(Tracked):
    """The look back at an emergency share: was it right, what is learnt, is an agreement now needed."""

    ledger_path = "share"
    ledger_labels = ("share",)
    ledger_silent = ("agreement",)

    share = models.OneToOneField(EmergencyShare, models.PROTECT, related_name="review")
    was_right = models.CharField("was it right", max_length=4, choices=Rightness.choices)
    learnt = models.TextField("what is learnt")
    agreement_need = models.CharField(
        "is an agreement now needed", max_length=10, choices=AgreementNeed.choices
    )
    why_not = models.TextField("why no agreement is needed", blank=True)
    agreement = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="emergency_reviews",
        verbose_name="agreement",
    )
    reviewer_name = models.CharField("reviewed by", max_length=200)
    reviewer_post = models.CharField("post of who reviewed", max_length=200)
    reviewed_on = models.DateField("date of the review")
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(agreement_need="not_needed") | ~models.Q(why_not=""),
                name="emergency_review_says_why_not",
            ),
            models.CheckConstraint(
                condition=~models.Q(agreement_need="exists") | models.Q(agreement__isnull=False),
                name="emergency_review_names_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.share}"


class Calendar(Tracked):
    """Whose bank holidays count in a partnership; those of England and Wales where nothing is set."""

    ledger_path = "partnership"
    ledger_labels = ("partnership",)

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="review_calendar")
    nation = models.CharField(
        "bank holidays of",
        max_length=20,
        choices=[(nation.value, words) for nation, words in NATION_WORDS.items()],
        default=Nation.ENGLAND_AND_WALES.value,
    )
    row_version = models.PositiveIntegerField(default=1, editable=False)

    def __str__(self) -> str:
        return f"calendar of {self.partnership}"
