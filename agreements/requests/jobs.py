"""What the worker does for emergency shares: asks for the reviews that are due."""

from __future__ import annotations

from agreements.requests.emails import review_due
from agreements.requests.models import EmergencyShare
from register.core.dates import today
from register.jobs.registry import DAILY, Job


def ask_for_reviews() -> int:
    """Write to whoever decided on the day a review is due, and once more when it is overdue.

    Returns how many messages were written; those that were written before are not counted.
    """
    due = EmergencyShare.objects.to_be_reviewed().filter(review_due_on__lte=today())
    due = due.select_related("decider__contact", "partnership")
    return sum(review_due(share) is not None for share in due.order_by("pk"))


JOBS = [Job("emergency_reviews", DAILY, ask_for_reviews)]
