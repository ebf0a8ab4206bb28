"""What the acts on tasks are called on a page of history."""

from register.ledger.verbs import VERBS

VERBS.update(
    {
        "tasks.opened": "Tasks opened",
        "task.assigned": "Task given to somebody",
        "task.closed": "Task closed",
        "tasks.closed": "Tasks closed",
    }
)
