"""Keeping a body: one record for the installation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import today
from register.core.verdicts import require
from register.directory import steps
from register.directory.models import ArrangementMember, Organisation
from register.directory.models.organisations import LegalStatus
from register.directory.permissions import (
    kept_bodies,
    may_add_body,
    may_keep_body,
    may_maintain,
)
from register.directory.services.rows import last_day, lock, only_known, save_checked, set_facts
from register.ledger.acts import act, bulk_create, bulk_update

CONTACT_FACTS = (
    "ico_number",
    "ico_expires_on",
    "website",
    "privacy_notice",
    "mailbox",
)
FACTS = (
    "legal_name",
    "short_name",
    "kind",
    "legal_status",
    "unit_of",
    "public_authority",
    "part3",
    "part3_function",
    "starts_on",
    "ends_on",
    *CONTACT_FACTS,
)


def add_organisation(
    *, by, legal_name: str, is_confirmed: bool = True, came_from: str = "", **facts
) -> Organisation:
    """Add a body. An import adds bodies that it could not match as unconfirmed."""
    body = Organisation(
        legal_name=" ".join(legal_name.split()),
        is_confirmed=is_confirmed,
        came_from=came_from,
        **only_known(facts, FACTS),
    )
    with act(by=by, verb="organisation.added", subject=body):
        require(may_add_body(by))
        _check(body)
        save_checked(body)
        if body.unit_of_id:
            steps.bodies_changed([body.pk])
    return body


def add_unconfirmed(*, by, names: Iterable[str], came_from: str) -> list[Organisation]:
    """Add many bodies that an import could not match, in a few statements; each name once."""
    bodies = [
        Organisation(
            legal_name=name[:300],
            is_confirmed=False,
            came_from=came_from[:200],
        )
        for name in dict.fromkeys(" ".join(name.split()) for name in names)
        if name
    ]
    with act(
        by=by, verb="organisation.found", reason=came_from, detail={"bodies": len(bodies)},
        quiet=True,
    ):  # fmt: skip
        require(may_add_body(by))
        return bulk_create(bodies)


def end_unconfirmed(*, by, keys: Iterable[int], reason: str) -> list[Organisation]:
    """End bodies that an import added and nobody confirmed, by their keys, in a few statements.

    Those that were confirmed, merged or ended before stay as they are. Raises PermissionDenied where
    somebody may not keep one of them.
    """
    waiting = Organisation.objects.filter(
        pk__in=list(keys), is_confirmed=False, merged_into__isnull=True, ends_on__isnull=True
    )
    with act(by=by, verb="organisation.ended", reason=reason, quiet=True):
        bodies = list(waiting.select_for_update(of=("self",)).order_by("pk"))
        kept = set(
            kept_bodies(by).filter(pk__in=[b.pk for b in bodies]).values_list("pk", flat=True)
        )
        for body in bodies:
            if body.pk not in kept:
                require(may_keep_body(by, body))
            body.ends_on = today()
            body.row_version += 1
        bulk_update(bodies, ["ends_on", "row_version"])
        steps.bodies_changed(body.pk for body in bodies)
    return bodies


def change_organisation(
    *, by, organisation: Organisation, row_version: int, reason: str = "", **facts
) -> Organisation:
    """Change the facts of a body. Its own officer may change addresses and the ICO registration
    only. Raises Conflict.
    """
    facts = only_known(facts, FACTS)
    with act(by=by, verb="organisation.changed", subject=organisation, reason=reason, quiet=True):
        body = lock(organisation)
        changed = {name for name, value in facts.items() if getattr(body, name) != value}
        only_contacts = changed <= set(CONTACT_FACTS)
        require(may_maintain(by, body) if only_contacts else may_keep_body(by, body))
        if set_facts(body, facts, row_version):
            _check(body)
            steps.bodies_changed([body.pk])
    return body


def end_organisation(
    *, by, organisation: Organisation, ends_on: date | None = None, reason: str = ""
) -> Organisation:
    """Record that a body has ended, such as by reorganisation; what it signed stays as it was."""
    ends_on = ends_on or today()
    with act(by=by, verb="organisation.ended", subject=organisation, reason=reason):
        body = lock(organisation)
        require(may_keep_body(by, body))
        last_day(body, ends_on)
        set_facts(body, {"ends_on": ends_on})
        steps.bodies_changed([body.pk])
    return body


def confirm_organisation(
    *, by, organisation: Organisation, row_version: int, reason: str = "", **facts
) -> Organisation:
    """Confirm that an unconfirmed body is a body of its own, correcting what the import guessed."""
    facts = only_known(facts, FACTS)
    with act(by=by, verb="organisation.confirmed", subject=organisation, reason=reason):
        body = lock(organisation)
        require(may_keep_body(by, body))
        if body.merged_into_id:
            raise ValidationError(f"This record was merged into {body.surviving}.")
        if body.is_confirmed:
            raise ValidationError(f"{body} is confirmed already.")
        set_facts(body, {**facts, "is_confirmed": True}, row_version)
        steps.bodies_changed([body.pk])
    return body


def add_arrangement_member(
    *, by, arrangement: Organisation, member: Organisation, starts_on: date | None = None
) -> ArrangementMember:
    """Record a body that makes up an arrangement, such as a safeguarding board."""
    row = ArrangementMember(arrangement=arrangement, member=member, starts_on=starts_on or today())
    with act(by=by, verb="arrangement.joined", subject=row):
        require(may_keep_body(by, arrangement))
        if arrangement.legal_status != LegalStatus.ARRANGEMENT:
            raise ValidationError(f"{arrangement} is not an arrangement without legal personality.")
        held = arrangement.arrangement_members.filter(member=member, ends_on__isnull=True)
        if held.exists():
            raise ValidationError({"member": f"{member} is in the arrangement already."})
        save_checked(row)
        steps.bodies_changed([arrangement.pk])
    return row


def end_arrangement_member(
    *, by, row: ArrangementMember, ends_on: date | None = None, reason: str = ""
) -> ArrangementMember:
    """Record that a body left an arrangement; the day given is its last."""
    ends_on = ends_on or today()
    with act(by=by, verb="arrangement.left", subject=row, reason=reason):
        row = lock(row)
        require(may_keep_body(by, row.arrangement))
        last_day(row, ends_on)
        set_facts(row, {"ends_on": ends_on})
        steps.bodies_changed([row.arrangement_id])
    return row


def _check(body: Organisation) -> None:
    if body.unit_of_id and body.legal_status != LegalStatus.UNIT:
        raise ValidationError(
            {"unit_of": "Only a unit belongs to another body. Empty this, or choose “unit”."}
        )
    above, seen = body.unit_of, {body.pk}
    while above is not None:
        if above.pk in seen:
            raise ValidationError({"unit_of": "A body cannot be a unit of itself."})
        seen.add(above.pk)
        above = above.unit_of
