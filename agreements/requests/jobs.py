"""What the worker does for emergency shares: asks for the reviews that are due."""

from __future__ import annotations

from agreements.requests.emails import review_due
from agreements.requests.models import EmergencyShare
from register.core.dates import today
from register.jobs.items import each
from register.jobs.registry import DAILY, Job

JOB = "emergency_reviews"


def ask_for_reviews() -> int:
    """Write to whoever decided on the day a review is due, and once more when it is overdue.

    Returns how many messages were written; those that were written before are not counted.
    """
    due = EmergencyShare.objects.to_be_reviewed().filter(review_due_on__lte=today())
    due = due.select_related("decider__contact", "partnership")
    return each(
        JOB, due.order_by("pk"), lambda share: review_due(share) is not None,
        key=lambda share: f"emergency share {share.pk}",
        partnership=lambda share: share.partnership_id,
    )  # fmt: skip


JOBS = [Job(JOB, DAILY, ask_for_reviews, "Asks for reviews of emergency shares")]
