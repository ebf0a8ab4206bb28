"""The whole life of a version, for all three tiers. Nothing else says which state may follow which."""

from django.db import models


class State(models.TextChoices):
    """The seven states that are stored; everything else that is said of a version is computed."""

    DRAFT = "draft", "Draft"
    CONSULTATION = "consultation", "In consultation"
    SIGNING = "signing", "Out for signature"
    IN_FORCE = "in_force", "In force"
    UNDER_REVIEW = "under_review", "Under review"
    SUPERSEDED = "superseded", "Superseded"
    ENDED = "ended", "Ended"


MOVES = {
    State.DRAFT: {State.CONSULTATION, State.SIGNING, State.ENDED},
    State.CONSULTATION: {State.DRAFT, State.SIGNING, State.ENDED},
    State.SIGNING: {
        State.IN_FORCE,
        State.ENDED,
    },  # returned for changes: a new version; this one ends
    State.IN_FORCE: {State.UNDER_REVIEW, State.SUPERSEDED, State.ENDED},
    State.UNDER_REVIEW: {State.IN_FORCE, State.SUPERSEDED, State.ENDED},
    State.SUPERSEDED: set(),
    State.ENDED: set(),
}
PREPARING = (State.DRAFT, State.CONSULTATION, State.SIGNING)
EDITABLE = (State.DRAFT, State.CONSULTATION)
GOVERNING = (State.IN_FORCE, State.UNDER_REVIEW)
PAST = (State.SUPERSEDED, State.ENDED)
