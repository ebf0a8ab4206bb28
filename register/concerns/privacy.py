"""Keeps the acts on concerns and checks out of the histories of those who may not read them."""

from __future__ import annotations

from register.concerns.models import AdherenceCheck, CheckAnswer, Concern, ConcernBody
from register.ledger.private import READERS


def plug_in() -> None:
    """Say whose acts on these records are whose to read."""
    READERS[Concern._meta.label_lower] = Concern.objects.visible_to
    READERS[ConcernBody._meta.label_lower] = _bodies
    READERS[AdherenceCheck._meta.label_lower] = AdherenceCheck.objects.visible_to
    READERS[CheckAnswer._meta.label_lower] = _answers


def _bodies(by):
    return ConcernBody.objects.filter(concern__in=Concern.objects.visible_to(by))


def _answers(by):
    return CheckAnswer.objects.filter(check_row__in=AdherenceCheck.objects.visible_to(by))
