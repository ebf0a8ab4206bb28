"""Asking the parties of an ended agreement for proofs, and asking again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from register.core.dates import today
from register.core.ripple import Cause
from register.core.verdicts import require
from register.directory.contact_points import contact_points
from register.directory.services.rows import lock
from register.documents.bound import bound_bodies
from register.documents.models import Document, Provenance, Version
from register.documents.ripples import touches_of
from register.documents.services.locks import lock_document
from register.endings.models import Ending, Proof
from register.endings.permissions import may_chase
from register.endings.schedule import BEFORE, DUE_IN, reminder_for
from register.endings.services import mailing
from register.ledger.acts import act, bulk_create, bulk_update
from register.tasks.models import Outcome, Task
from register.tasks.services import close_tasks, open_tasks

RELATED = (
    "organisation", "ending__version", "ending__document__partnership", "ending__document__lead",
    "ending__document__owner__contact",
)  # fmt: skip
CAUSE = "ending"


def ask_parties(version: Version, *, by) -> Ending:
    """Ask each party of a version that has ended for its proof; call it inside the act that ends it.

    Nothing is mailed about an entry of an old register before an officer has released it.
    """
    document = version.document
    with act(by=by, verb="proofs.asked", subject=document):
        ending = Ending(document=document, version=version, asked_on=today())
        ending.full_clean()
        ending.save()
        proofs = [
            Proof(ending=ending, organisation=body, due_on=today() + DUE_IN)
            for body in bound_bodies(version)
        ]
        bulk_create(proofs)
        if may_be_written_about(document):
            _write(proofs, reminder="asked")
    return ending


def ask_again(*, by, proof: Proof) -> bool:
    """Ask a party once more now, once a day; whether a message goes: not where there is no address."""
    with act(by=by, verb="proof.asked_again", subject=proof, quiet=True):
        lock_document(proof.ending.document)
        require(may_chase(by, lock(proof)))
        proof = Proof.objects.select_related(*RELATED).get(pk=proof.pk)
        return bool(_remind([proof], f"again:{today().isoformat()}"))


def due_reminders() -> list[Proof]:
    """The outstanding proofs for which a planned reminder has come and was not sent, or that are
    overdue without the task that says so. Days that were missed are not caught up one by one.
    """
    rows = Proof.objects.outstanding().select_related(*RELATED).order_by("pk")
    with_task = set(
        Task.objects.filter(cause_key__startswith="proofs:").values_list("cause_key", flat=True)
    )
    return [
        proof
        for proof in rows
        if _planned(proof) or (proof.is_overdue and _task_key(proof.ending) not in with_task)
    ]


def remind(proof: Proof) -> int:
    """Remind a party by the plan, and open the task of an overdue proof; how many messages (0 or 1).

    Safe to run twice and by two workers: the key of a message names the proof and the planned day.
    """
    with act(by="system:proofs", verb="proofs.chased", subject=proof, quiet=True):
        lock_document(proof.ending.document)
        proof = Proof.objects.select_related(*RELATED).get(pk=proof.pk)
        if not proof.is_outstanding:
            return 0
        on = _planned(proof)
        told = _remind([proof], f"planned:{on.isoformat()}") if on else []
        if proof.is_overdue:
            _open_task(proof.ending)
        return len(told)


def settle(ending: Ending) -> None:
    """Close the task about overdue proofs once none is waited for; call it inside the act."""
    if Proof.objects.outstanding().filter(ending=ending).exists():
        return
    tasks = list(Task.objects.open().filter(cause_key=_task_key(ending)))
    close_tasks(
        by="system:proofs", tasks=tasks, outcome=Outcome.CONFIRMED, note="Every proof has come."
    )


def may_be_written_about(document: Document) -> bool:
    """Whether messages may go about a document: one of an old register only once it is released."""
    return document.provenance == Provenance.MADE_HERE or document.released_at is not None


def _planned(proof: Proof) -> date | None:
    """The planned day of the reminder that is to go now; None where none is."""
    on = reminder_for(proof.due_on, today())
    if on is None or not may_be_written_about(proof.ending.document):
        return None
    return None if proof.reminded_on is not None and proof.reminded_on >= on else on


def _task_key(ending: Ending) -> str:
    return f"proofs:{ending.pk}"


def _remind(proofs: Iterable[Proof], reminder: str) -> list[Proof]:
    told = _write(proofs, reminder=reminder)
    for proof in told:
        proof.reminded_on = today()
        proof.row_version += 1
    bulk_update(told, ["due_on", "reminded_on", "row_version"])
    return told


def _write(proofs: Iterable[Proof], *, reminder: str) -> list[Proof]:
    proofs = list(proofs)
    points = contact_points(proof.organisation_id for proof in proofs)
    told = []
    for proof in proofs:
        point = points.get(proof.organisation_id)
        key = f"proof:{proof.pk}:{reminder}"
        if point is None:
            continue
        if not (was_asked := mailing.was_asked(proof)) and proof.due_on <= today() + BEFORE:
            # Whoever hears of it only now has as long to answer as everybody else had.
            proof.due_on = today() + DUE_IN
        if mailing.ask(proof, point, key=key, is_reminder=was_asked):
            told.append(proof)
    return told


def _open_task(ending: Ending) -> None:
    """Once for each end: a task that outlives its closing is not opened again."""
    key = _task_key(ending)
    if Task.objects.filter(cause_key=key).exists():
        return
    says = f"Proofs of return or deletion are overdue for {ending.document.reference}."
    cause = Cause(CAUSE, key, says, ending.pk, ending.document_id)
    touches = touches_of(
        Document.objects.filter(pk=ending.document_id), "Ring the parties that have not answered."
    )
    open_tasks(by="system:proofs", cause=cause, touches=touches)
