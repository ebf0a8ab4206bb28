"""Recording an adherence check, with its actions as tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from register.concerns.models import AdherenceCheck, CheckAnswer, Said
from register.concerns.permissions import may_check, may_correct_check
from register.concerns.ripples import CHECK, due_key
from register.core.confirmed_words import check_words
from register.core.dates import add_months, now, today
from register.core.ripple import Cause
from register.core.verdicts import require
from register.directory.services.rows import lock, only_known, save_checked, set_facts
from register.documents.models import Document
from register.documents.ripples import touches_of
from register.documents.services.locks import lock_document
from register.ledger.actors import actor_of
from register.ledger.acts import act, bulk_create
from register.lists.labels import labels
from register.tasks.models import Outcome, Task
from register.tasks.services import close_tasks, open_tasks

NEXT_IN_MONTHS = 12
FACTS = (
    "checked_on", "checker_name", "checker_post", "method", "conclusion", "findings", "next_on",
)  # fmt: skip
Answers = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Action:
    """Something to be done after a check: what, and by when."""

    says: str
    due_on: date


def record_check(
    *, by, document: Document, answers: Answers, actions: Iterable[Action] = (),
    is_confirmed: bool = False, **facts,
) -> AdherenceCheck:  # fmt: skip
    """Record a check of what is in force; each action becomes a task about the agreement.

    `answers` holds for codes of the list `adherence_question` the answer (a word of `Said`) and a
    note. Whoever may read the agreement may read the tasks. Raises ValidationError naming the field.
    """
    facts = only_known(_tidy(facts), FACTS)
    actions = list(actions)
    texts = {"actions": "\n".join(each.says for each in actions), **facts}
    texts |= {f"note_{code}": note for code, (_, note) in answers.items()}
    check = AdherenceCheck(document=document, **facts)
    detail = check_words(texts, is_confirmed)
    with act(by=by, verb="check.recorded", subject=check, detail=detail):
        check.document = document = lock_document(document)
        require(may_check(by, document))
        check.version = document.governing
        check.recorded_at, check.recorded_by_name = now(), actor_of(by).name[:300]
        _check_days(check)
        save_checked(check)
        bulk_create(_answers(check, answers))
        _raise_actions(check, actions, by=by)
        _settle_due(check)
    return check


def correct_check(
    *, by, check: AdherenceCheck, row_version: int, reason: str = "", is_confirmed: bool = False,
    **facts,
) -> AdherenceCheck:  # fmt: skip
    """Correct what a check says of itself; its answers stay as they were given. Raises Conflict."""
    facts = only_known(_tidy(facts), FACTS)
    detail = check_words({**facts, "reason": reason}, is_confirmed)
    with act(
        by=by, verb="check.corrected", subject=check, reason=reason, detail=detail, quiet=True
    ):
        document = lock_document(check.document)
        locked = lock(check)
        locked.document = document
        require(may_correct_check(by, locked))
        for name in ("checked_on", "next_on"):
            setattr(check, name, facts.get(name, getattr(locked, name)))
        _check_days(check)
        set_facts(locked, facts, row_version)
    return locked


def next_check(checked_on: date) -> date:
    """When the next check is proposed: a year later."""
    return add_months(checked_on, NEXT_IN_MONTHS)


def _answers(check: AdherenceCheck, answers: Answers) -> list[CheckAnswer]:
    questions = labels("adherence_question")
    if unknown := set(answers) - set(questions):
        raise ValidationError(f"There is no question {min(unknown)}.")
    if not any(said != Said.NOT_ASKED for said, _ in answers.values()):
        raise ValidationError("Answer one question or more.")
    return [
        CheckAnswer(
            check_row=check, question_code=code, question=questions[code][:300],
            answer=Said(answers[code][0]), note=answers[code][1].strip()[:500],
        )
        for code in questions
        if code in answers
    ]  # fmt: skip


def _raise_actions(check: AdherenceCheck, actions: Iterable[Action], *, by) -> None:
    for place, action in enumerate(actions, start=1):
        if action.due_on < check.checked_on:
            raise ValidationError({"actions": "Enter days that are not before the check."})
        cause = Cause(CHECK, f"check:{check.pk}:{place}", action.says, check.pk, check.document_id)
        touches = touches_of(
            Document.objects.filter(pk=check.document_id), "Found by an adherence check."
        )
        open_tasks(by=by, cause=cause, touches=touches, due_on=action.due_on)


def _settle_due(check: AdherenceCheck) -> None:
    """Close the tasks that asked for this check: those of the checks before it."""
    before = AdherenceCheck.objects.filter(document_id=check.document_id).exclude(pk=check.pk)
    keys = [due_key(pk) for pk in before.values_list("pk", flat=True)]
    tasks = list(Task.objects.open().filter(cause_key__in=keys))
    close_tasks(by="system:checks", tasks=tasks, outcome=Outcome.CONFIRMED, note="It was checked.")


def _check_days(check: AdherenceCheck) -> None:
    if check.checked_on > today():
        raise ValidationError({"checked_on": "Enter a day that is not after today."})
    if check.next_on and check.next_on <= check.checked_on:
        raise ValidationError({"next_on": "Enter a day after the day of the check."})


def _tidy(facts: dict) -> dict:
    return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}
