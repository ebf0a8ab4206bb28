"""Keeping the facts that make a body safe to share with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from register.core.conflicts import expect
from register.core.dates import today
from register.core.verdicts import require
from register.directory.assurance import is_unit, known_of
from register.directory.assurance_kinds import KINDS, Asked
from register.directory.assurance_levels import endings_of, said_on
from register.directory.models import Assurance, AssuranceFact, Organisation
from register.directory.models.assurance import FactKind
from register.directory.permissions import may_maintain
from register.directory.services.levels import refresh_levels
from register.directory.services.rows import lock, only_known, save_checked, set_facts
from register.ledger.acts import act

UNREGISTERED = {"exempt", "not_registered"}
ON_BODY = ("ico_number", "ico_expires_on")  # these stand on the body itself


def record_fact(
    *, by, organisation: Organisation, kind: str, row_version: int = 1, reason: str = "", **answers
) -> AssuranceFact:
    """Record a fact of a body; the one of its kind that stood before is ended, not rewritten.

    The first fact is the submission and counts as confirming. `row_version` is that of the body's
    assurance, 1 where it has none yet. Raises Conflict, and ValidationError by the question's name.
    """
    asked = KINDS[kind]
    answers = only_known(answers, tuple(asked.columns))
    with act(
        by=by, verb="assurance.recorded", subject=organisation, reason=reason,
        detail={"fact": asked.heading}, quiet=True,
    ):  # fmt: skip
        body = _body_for(by, organisation)
        _check(asked, answers)
        is_new = set_facts(body, {name: answers[name] for name in ON_BODY if name in answers})
        columns = {name: value for name, value in answers.items() if name not in ON_BODY}
        assurance, is_first = _opened(body, row_version)
        fact, is_replaced = _replaced(body, kind, columns)
        if is_new or is_replaced or is_first:
            _count(assurance, is_first)
            refresh_levels([body.pk], by=by)
    return fact


def end_fact(
    *, by, organisation: Organisation, kind: str, row_version: int, reason: str = ""
) -> AssuranceFact:
    """End a fact that holds no longer and is not replaced. Raises Conflict."""
    with act(by=by, verb="assurance.ended", subject=organisation, reason=reason):
        body = _body_for(by, organisation)
        if kind == FactKind.ICO:
            raise ValidationError("Record instead that the body is not registered, and why.")
        assurance, _ = _opened(body, row_version)
        fact = _standing(body, kind)
        if fact is None:
            raise ValidationError("This fact has ended already.")
        set_facts(fact, {"ended_on": today()})
        _count(assurance, False)
        refresh_levels([body.pk], by=by)
    return fact


def confirm_facts(*, by, organisation: Organisation, row_version: int) -> Assurance:
    """Say that every fact of a body is still right: they hold for twelve months from today.

    Refused while a certificate or registration has passed its date. Raises Conflict.
    """
    with act(by=by, verb="assurance.confirmed", subject=organisation, quiet=True):
        body = _body_for(by, organisation)
        if not body.assurance_facts.standing().exists():
            raise ValidationError("Record the first fact: there is nothing to confirm yet.")
        assurance, _ = _opened(body, row_version)
        _check_dates(body)
        if set_facts(assurance, {"confirmed_on": today()}):
            refresh_levels([body.pk], by=by)
    return assurance


def _body_for(by, organisation: Organisation) -> Organisation:
    body = lock(organisation)
    require(may_maintain(by, body))
    if body.merged_into_id:
        raise ValidationError(
            f"This record was merged into {body.surviving}: keep its facts there."
        )
    if is_unit(body):
        raise ValidationError(f"{body} is a unit of {body.unit_of}: keep the facts of that body.")
    if not body.may_hold_slot:
        raise ValidationError(f"{body} is an arrangement: keep the facts of its members.")
    return body


def _opened(body: Organisation, row_version: int) -> tuple[Assurance, bool]:
    """The body's assurance, locked, and whether it is made only now."""
    found = Assurance.objects.select_for_update().filter(organisation=body).first()
    assurance = found or Assurance(organisation=body, confirmed_on=today())
    expect(assurance, row_version)
    return assurance, found is None


def _count(assurance: Assurance, is_first: bool) -> None:
    assurance.row_version += 1
    if is_first:
        assurance.confirmed_on = today()
    save_checked(assurance)


def _standing(body: Organisation, kind: str) -> AssuranceFact | None:
    rows = AssuranceFact.objects.select_for_update().standing()
    return rows.filter(organisation=body, kind=kind).first()


def _replaced(body: Organisation, kind: str, columns: dict[str, Any]) -> tuple[AssuranceFact, bool]:
    """The fact as it now stands, and whether it is another than before."""
    before = _standing(body, kind)
    if before and all(getattr(before, name) == value for name, value in columns.items()):
        return before, False
    if before:
        set_facts(before, {"ended_on": today()})
    fact = AssuranceFact(organisation=body, kind=kind, recorded_on=today(), **columns)
    save_checked(fact)
    return fact, True


def _check(asked: Asked, answers: dict[str, Any]) -> None:
    value = answers.get("value", "")
    wrong: dict[str, str] = {}
    for name in (*asked.needs, *asked.needs_for.get(value, ())):
        if answers.get(name) in (None, ""):
            label = asked.columns[name]
            wrong[name] = f"Enter an answer to “{label}”."
    if value and value not in asked.known_standings:
        wrong["value"] = (
            f"“{value}” is not a standing of {asked.in_sentence}. Choose one of the list."
        )
    if value in UNREGISTERED:
        wrong |= {
            name: "Empty this, or choose that the body is registered."
            for name in ON_BODY
            if answers.get(name)
        }
    dated = answers.get("dated_on")
    if dated and dated > today():
        wrong["dated_on"] = "Enter a date that is not in the future."
    ends = answers.get("expires_on")
    if dated and ends and ends < dated:
        wrong["expires_on"] = "Enter a last day that is not before the date of the fact."
    percent = answers.get("percent")
    if percent is not None and not 0 <= percent <= 100:
        wrong["percent"] = "Enter a share of staff from 0 to 100."
    if wrong:
        raise ValidationError(wrong)


def _check_dates(body: Organisation) -> None:
    day = today()
    known = known_of({body.pk: body}, [body.pk], day)[body.pk]
    passed = [said_on(end, day) for end in endings_of(known) if end.fact and end.on < day]
    if passed:
        said = f"{passed[0][:1].upper()}{passed[0][1:]}"
        raise ValidationError(f"{said}. Record the new one, or end the fact, before you confirm.")
