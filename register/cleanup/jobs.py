"""What the worker does after imports."""

from register.cleanup.services import look_again
from register.jobs.registry import Job

JOBS = [
    Job(
        "count_what_is_left", 5 * 60, look_again, "Counts what imports left to clean up",
        while_held=True,
    )
]  # fmt: skip
