"""What a version says of its risks: signed with it, and copied by a revision."""

from __future__ import annotations

from django.db import models

from agreements.risks.levels import QUESTION
from agreements.risks.ratings import IMPACTS, LIKELIHOODS, Rating, rating
from register.documents.models import Content
from register.lists.fields import CodesField


class RiskAnswers(Content):
    """The answers about storage, transit, access and processing, and the controls that are in place."""

    storage = models.CharField(max_length=20, blank=True, choices=QUESTION["storage"].choices)
    transit = models.CharField(max_length=20, blank=True, choices=QUESTION["transit"].choices)
    access = models.CharField(max_length=20, blank=True, choices=QUESTION["access"].choices)
    processing = models.CharField(max_length=20, blank=True, choices=QUESTION["processing"].choices)
    amount = models.CharField(max_length=20, blank=True, choices=QUESTION["amount"].choices)
    sensitivity = models.CharField(
        max_length=20, blank=True, choices=QUESTION["sensitivity"].choices
    )
    controls = CodesField("control", "security controls in place")

    class Meta(Content.Meta):
        verbose_name_plural = "risk answers"
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(fields=["version"], name="risks_riskanswers_one_a_version"),
        ]

    def __str__(self) -> str:
        return "answers about security"

    @property
    def answers(self) -> dict[str, str]:
        """The answer to each question by its code; an empty one where nothing is chosen."""
        return {code: getattr(self, code) for code in QUESTION}


class Risk(Content):
    """What may go wrong, how likely and how bad it is, what is done about it, and who accepts the rest."""

    left_behind = ("accepted_by", "accepted_on")

    title = models.CharField("what may go wrong", max_length=300)
    cause = models.TextField("why it may happen", blank=True)
    consequence = models.TextField("what it would do to people", blank=True)
    likelihood = models.PositiveSmallIntegerField("likelihood", choices=LIKELIHOODS)
    impact = models.PositiveSmallIntegerField("impact", choices=IMPACTS)
    treatment = models.CharField("treatment", max_length=60, blank=True)
    treatment_text = models.TextField("what is done about it", blank=True)
    owner = models.CharField("who answers for it", max_length=200, blank=True)
    likelihood_after = models.PositiveSmallIntegerField(
        "likelihood after treatment", choices=LIKELIHOODS, null=True, blank=True
    )
    impact_after = models.PositiveSmallIntegerField(
        "impact after treatment", choices=IMPACTS, null=True, blank=True
    )
    accepted_by = models.CharField("what is left is accepted by", max_length=200, blank=True)
    accepted_on = models.DateField("accepted on", null=True, blank=True)
    proposal = models.CharField(max_length=40, blank=True, editable=False)

    class Meta(Content.Meta):
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="risks_risk_one_to_five",
            ),
            models.CheckConstraint(
                condition=models.Q(likelihood_after__isnull=True, impact_after__isnull=True)
                | models.Q(likelihood_after__range=(1, 5), impact_after__range=(1, 5)),
                name="risks_risk_after_both",
                violation_error_message="Choose both likelihood and impact after treatment.",
            ),
        ]

    def __str__(self) -> str:
        return f"risk “{self.title}”"

    @property
    def inherent(self) -> Rating:
        """How great the risk is before anything is done."""
        return rating(self.likelihood, self.impact)

    @property
    def final(self) -> Rating | None:
        """How great the risk is after treatment; None while nobody has said."""
        if self.likelihood_after is None or self.impact_after is None:
            return None
        return rating(self.likelihood_after, self.impact_after)

    @property
    def left(self) -> Rating:
        """What is left of the risk as far as it is known: after treatment, else as it is."""
        return self.final or self.inherent

    @property
    def is_accepted(self) -> bool:
        """Whether somebody has accepted what is left, on a day."""
        return bool(self.accepted_by and self.accepted_on)

    @property
    def must_be_accepted(self) -> bool:
        """Whether what is left is high and nobody has accepted it."""
        return self.left.is_high and not self.is_accepted
