"""What opens a review before its day, and which causes of the register's ripples those are."""

from __future__ import annotations

from django.db import models


class Event(models.TextChoices):
    """What happened; a planned review has none."""

    LAW = "law", "The law changed"
    CONCERN = "concern", "A breach or concern was recorded"
    PARTY_LEFT = "party_left", "A party left, or its membership changed"
    ASSURANCE = "assurance", "A party’s assurance lapsed"
    SECTION_251 = "s251", "Section 251 support ends"
    OTHER = "other", "Something else happened"


# By kind of a task or cause: which event it is to a review.
OF_CAUSES = {
    "law": Event.LAW,
    "law_changed": Event.LAW,
    "concern": Event.CONCERN,
    "early_review": Event.CONCERN,
    "membership": Event.PARTY_LEFT,
    "community_membership": Event.PARTY_LEFT,
    "assurance": Event.ASSURANCE,
    "s251": Event.SECTION_251,
}
