"""What the worker does for ended agreements: reminds the parties whose proofs are outstanding."""

from __future__ import annotations

from register.endings.services.asking import due_reminders, remind
from register.jobs.items import each
from register.jobs.registry import DAILY, Job

NAME = "proof_reminders"


def chase() -> int:
    """Remind every party whose day has come; how many messages. Once a planned day, however often run."""
    return each(
        NAME,
        due_reminders(),
        remind,
        key=lambda proof: f"proof {proof.pk}",
        partnership=lambda proof: proof.ending.document.partnership_id,
    )


JOBS = [Job(NAME, DAILY, chase, "Asks again for proofs of return or deletion")]
