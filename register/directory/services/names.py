"""Other names of a body and its numbers in other people's lists."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from register.core.dates import today
from register.core.verdicts import require
from register.directory import steps
from register.directory.models import Identifier, Organisation, OrganisationName
from register.directory.permissions import may_keep_body, may_maintain
from register.directory.services.rows import last_day, lock, save_checked, set_facts
from register.ledger.acts import act


def add_name(
    *, by, organisation: Organisation, name: str, kind: str = "former",
    starts_on: date | None = None, ends_on: date | None = None,
) -> OrganisationName:  # fmt: skip
    """Keep another name of a body (former, variant, Welsh, trading): imports match by it."""
    row = OrganisationName(
        organisation=organisation,
        name=" ".join(name.split()),
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with act(by=by, verb="organisation.name_added", subject=organisation):
        require(may_keep_body(by, organisation))
        save_checked(row)
        steps.bodies_changed([organisation.pk])
    return row


def remove_name(*, by, row: OrganisationName, reason: str = "") -> None:
    """Take a name off a body, where it was recorded in error."""
    with act(by=by, verb="organisation.name_removed", subject=row.organisation, reason=reason):
        require(may_keep_body(by, row.organisation))
        lock(row).delete()
        steps.bodies_changed([row.organisation_id])


def add_identifier(
    *, by, organisation: Organisation, scheme: str, value: str, starts_on: date | None = None
) -> Identifier:
    """Keep a body's number in somebody's list: ODS, GSS, company, charity, a government register."""
    row = Identifier(
        organisation=organisation,
        scheme=" ".join(scheme.split()),
        value=" ".join(value.split()),
        starts_on=starts_on,
    )
    with act(by=by, verb="organisation.identifier_added", subject=organisation):
        require(may_maintain(by, organisation))
        _check_free(row)
        save_checked(row)
    return row


def end_identifier(
    *, by, row: Identifier, ends_on: date | None = None, reason: str = ""
) -> Identifier:
    """Record that a number is no longer the body's; it still finds what was signed under it."""
    ends_on = ends_on or today()
    with act(by=by, verb="organisation.identifier_ended", subject=row.organisation, reason=reason):
        row = lock(row)
        require(may_maintain(by, row.organisation))
        last_day(row, ends_on)
        set_facts(row, {"ends_on": ends_on})
    return row


def _check_free(row: Identifier) -> None:
    held = Identifier.objects.filter(scheme__iexact=row.scheme, value__iexact=row.value)
    if other := held.select_related("organisation").first():
        raise ValidationError({"value": f"{other.organisation} has {other} already."})
