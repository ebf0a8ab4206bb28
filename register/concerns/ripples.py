"""What a breach or concern asks of others: an early review of its agreement, and a task for who leads.

The words say nothing of what happened: more people may read the agreement's tasks and reviews than
may read the concern.
"""

from __future__ import annotations

from register.concerns.models import Concern
from register.core import ripple
from register.core.ripple import Cause, Touch
from register.documents.models import Document
from register.documents.ripples import touches_of
from register.tasks import services as tasks
from register.tasks.models import TaskKind

# The kind of the cause to which reviews listen; `pk` is the concern, `document_id` its agreement.
CONCERN = "concern"
CHECK = "adherence"
SAYS = "An early review of {reference} is asked for. The reason stands on its page, for those concerned."
WHY = "Look whether it can go on as it stands."


def plug_in() -> None:
    """Answer for concerns wherever a change asks whom it touches."""
    ripple.FINDERS[CONCERN].append(concern_touches)
    # More people read tasks than concerns: the kind does not say what happened either.
    tasks.KINDS[CONCERN] = TaskKind.EARLY_REVIEW
    tasks.KINDS[CHECK] = TaskKind.ADHERENCE


def due_key(check_id: int) -> str:
    """The key of the task that asks for the check that follows another."""
    return f"check-due:{check_id}"


def cause_of(concern: Concern) -> Cause:
    """A recorded concern as a cause."""
    says = SAYS.format(reference=concern.document.reference)
    return Cause(CONCERN, f"concern:{concern.pk}", says, concern.pk, concern.document_id)


def concern_touches(cause: Cause) -> list[Touch]:
    """The agreement of a concern."""
    return touches_of(Document.objects.filter(pk=cause.document_id), WHY)
