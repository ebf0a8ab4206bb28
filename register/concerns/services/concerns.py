"""Recording, correcting and closing a breach or concern."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from register.concerns.models import Concern, ConcernBody, IcoAnswer, PeopleAnswer
from register.concerns.permissions import may_change, may_keep, may_record, may_reopen
from register.concerns.ripples import cause_of
from register.concerns.services.telling import tell_by_mail
from register.core.confirmed_words import check_words
from register.core.conflicts import expect
from register.core.dates import LONDON, now, today
from register.core.ripple import happened
from register.core.verdicts import require
from register.directory.models import Appointment, Organisation, Person
from register.directory.services.rows import lock, only_known, save_checked, set_facts
from register.documents.bound import bound_bodies
from register.documents.models import Document
from register.documents.services.locks import issue_references, lock_document
from register.ledger.actors import actor_of
from register.ledger.acts import act
from register.tasks.models import Task
from register.tasks.services import assign

LETTER = "B"
FACTS = (
    "title", "kind", "severity", "what_happened", "happened_on", "happened_words", "found_at",
    "data_categories", "people_number", "lead_body", "lead_name", "lead_post", "ico_answer",
    "ico_notified_at", "ico_reference", "ico_reason", "people_answer", "people_reason",
)  # fmt: skip


def record(
    *, by, document: Document, bodies: Iterable[Organisation], tells_now: bool = True,
    is_confirmed: bool = False, **facts,
) -> Concern:  # fmt: skip
    """Record a breach or concern on an agreement, and ask for its early review in the same act.

    `bodies` are those that it concerns, by parties of the agreement; the one that deals with it is
    among them in any case. Their contacts are written to where `tells_now`. Raises ValidationError
    naming the field, PermissionDenied for officers of no party.
    """
    facts = only_known(_tidy(facts), FACTS)
    concern = Concern(document=document, **facts)
    detail = check_words(facts, is_confirmed)
    with act(by=by, verb="concern.recorded", subject=concern, detail=detail):
        concern.document = document = lock_document(document)
        require(may_record(by, document))
        concern.lead = _person(concern)
        concern.recorded_at, concern.recorded_by_name = now(), actor_of(by).name[:300]
        concern.reference = issue_references(document.partnership, LETTER)[0]
        _check(concern)
        save_checked(concern)
        rows = _name(concern, bodies)
        if tells_now:
            tell_by_mail(rows, by=by)
        happened(cause := cause_of(concern), by=by)
        _give(concern, cause.key)
    return concern


def correct(
    *, by, concern: Concern, row_version: int, bodies: Iterable[Organisation] | None = None,
    reason: str = "", is_confirmed: bool = False, **facts,
) -> Concern:  # fmt: skip
    """Correct a concern or write on in it; bodies that were told stay named. Raises Conflict."""
    facts = only_known(_tidy(facts), FACTS)
    with act(by=by, verb="concern.corrected", subject=concern, reason=reason, quiet=True) as this:
        locked = _lock(concern)
        require(may_change(by, locked))
        expect(locked, row_version)
        changed = {name: value for name, value in facts.items() if getattr(locked, name) != value}
        this.detail.update(check_words({**changed, "reason": reason}, is_confirmed))
        for name, value in changed.items():
            setattr(locked, name, value)
        _check(locked)
        # Who is no longer notified was notified at no time.
        changed |= {"lead": _person(locked), "ico_notified_at": locked.ico_notified_at}
        set_facts(_lock(concern), changed)
        if bodies is not None:
            _name(locked, bodies)
    return Concern.objects.get(pk=concern.pk)


def close(
    *, by, concern: Concern, row_version: int, outcome: str, lessons: str,
    is_confirmed: bool = False,
) -> Concern:  # fmt: skip
    """Close a concern with its outcome and what is learnt.

    A personal data breach is closed only once it is said whether the ICO was notified and whether
    the people were told. Raises Conflict, ValidationError.
    """
    outcome, lessons = outcome.strip(), lessons.strip()
    detail = check_words({"outcome": outcome, "lessons": lessons}, is_confirmed)
    with act(by=by, verb="concern.closed", subject=concern, detail=detail):
        locked = _lock(concern)
        require(may_change(by, locked))
        expect(locked, row_version)
        _check_closing(locked, outcome, lessons)
        facts = {"outcome": outcome, "lessons": lessons, "closed_on": today()}
        set_facts(locked, {**facts, "closed_by_name": actor_of(by).name[:300]})
    return locked


def reopen(
    *, by, concern: Concern, row_version: int, reason: str, is_confirmed: bool = False
) -> Concern:
    """Open a closed concern again, with the reason. Raises Conflict."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is opened again."})
    detail = check_words({"reason": reason}, is_confirmed)
    with act(by=by, verb="concern.reopened", subject=concern, reason=reason, detail=detail):
        locked = _lock(concern)
        require(may_keep(by, locked))
        expect(locked, row_version)
        require(may_reopen(by, locked))
        set_facts(locked, {"closed_on": None, "closed_by_name": ""})
    return locked


def _lock(concern: Concern) -> Concern:
    document = lock_document(concern.document)
    locked = lock(concern)
    locked.document = document
    return locked


def _tidy(facts: dict) -> dict:
    return {k: v.strip() if isinstance(v, str) else v for k, v in facts.items()}


def _name(concern: Concern, bodies: Iterable[Organisation]) -> list[ConcernBody]:
    """Name the bodies that a concern touches; who was told is never taken off."""
    wanted = {body.pk: body for body in (*bodies, concern.lead_body)}
    bound = {body.pk for body in bound_bodies(concern.document.shown)} if wanted else set()
    if others := set(wanted) - bound - {concern.lead_body_id, concern.document.lead_id}:
        raise ValidationError(
            {"bodies": f"{wanted[min(others)]} is no party of {concern.document.reference}."}
        )
    rows = {row.organisation_id: row for row in concern.bodies.select_for_update(of=("self",))}
    for pk, row in rows.items():
        if pk not in wanted and row.told_at is None:
            row.delete()
    for pk in sorted(set(wanted) - set(rows)):
        rows[pk] = ConcernBody(concern=concern, organisation=wanted[pk])
        save_checked(rows[pk])
    return [row for pk, row in sorted(rows.items()) if pk in wanted]


def _person(concern: Concern) -> Person | None:
    """The person of the register who deals with it: of that body, by name, where there is one only."""
    held = Appointment.objects.current(today()).filter(person__name__iexact=concern.lead_name)
    of_body = held.filter(post__organisation=concern.lead_body) | held.filter(
        membership__organisation=concern.lead_body
    )
    people = {row.person_id: row.person for row in of_body.select_related("person")}
    return next(iter(people.values())) if len(people) == 1 else None


def _give(concern: Concern, key: str) -> None:
    """Give the task that a concern opened to whoever deals with it, where they can read it."""
    task = Task.objects.open().filter(cause_key=key).first()
    if task is None or concern.lead is None:
        return
    try:
        assign(by="system:concerns", task=task, assignee=concern.lead, row_version=task.row_version)
    except ValidationError:  # who may not read the agreement gets no task about it
        return


def _check(concern: Concern) -> None:
    if concern.found_at > now():
        raise ValidationError({"found_on": "Enter a day and time that are not in the future."})
    found_on = concern.found_at.astimezone(LONDON).date()
    if concern.happened_on and concern.happened_on > found_on:
        raise ValidationError({"happened_on": "Enter a day that is not after it was found."})
    if concern.ico_answer == IcoAnswer.NOTIFIED:
        _check_notified(concern)
    else:
        concern.ico_notified_at = None
    if concern.ico_answer == IcoAnswer.NOT_NOTIFIED and concern.is_breach:
        _need(concern, "ico_reason", "Say why the ICO is not notified: UK GDPR, Article 33(5).")
    if concern.people_answer == PeopleAnswer.NOT_TOLD and concern.is_breach:
        _need(
            concern,
            "people_reason",
            "Say why the people are not told: UK GDPR, Article 34(1) or Article 34(3).",
        )


def _check_notified(concern: Concern) -> None:
    at = concern.ico_notified_at
    if at is None:
        raise ValidationError({"ico_on": "Enter when the ICO was notified."})
    if at > now() or at < concern.found_at:
        raise ValidationError(
            {"ico_on": "Enter a time between when it was found and now for the ICO."}
        )
    if concern.was_ico_late:
        _need(
            concern, "ico_reason",
            "Say why the ICO was notified later than 72 hours: UK GDPR, Article 33(1).",
        )  # fmt: skip


def _check_closing(concern: Concern, outcome: str, lessons: str) -> None:
    wrong = {}
    if not outcome:
        wrong["outcome"] = "Enter what came of it."
    if not lessons:
        wrong["lessons"] = "Enter what is learnt, or that there is nothing to learn and why."
    if wrong:
        raise ValidationError(wrong)
    if concern.is_breach and concern.ico_answer == IcoAnswer.UNDECIDED:
        raise ValidationError("Say first whether the ICO was notified: correct the record.")
    if concern.is_breach and concern.people_answer == PeopleAnswer.UNDECIDED:
        raise ValidationError("Say first whether the people were told: correct the record.")


def _need(concern: Concern, name: str, sentence: str) -> None:
    if not getattr(concern, name):
        raise ValidationError({name: sentence})
