"""Keeps the acts on requests and emergency shares out of the histories of those who may not read them."""

from __future__ import annotations

from agreements.requests.models import EmergencyReview, EmergencyShare, SharingRequest
from register.ledger.private import READERS


def plug_in() -> None:
    """Say whose acts on these records are whose to read."""
    READERS[SharingRequest._meta.label_lower] = SharingRequest.objects.read_whole_by
    READERS[EmergencyShare._meta.label_lower] = EmergencyShare.objects.visible_to
    READERS[EmergencyReview._meta.label_lower] = _reviews


def _reviews(by):
    return EmergencyReview.objects.filter(share__in=EmergencyShare.objects.visible_to(by))
