"""What the worker does for successions."""

from register.core.dates import today
from register.jobs.registry import Job, Queue
from register.succession.models import Succession
from register.succession.services import apply_due

JOBS = [Job("successions", 60, apply_due, "Carries out successions of bodies on their day")]

QUEUES = [
    Queue(
        "Successions to carry out",
        lambda: Succession.objects.due(today()) | Succession.objects.under_way(),
        "confirmed_at",
    )
]
