"""What a succession does on its day to the bodies themselves: names, ends, memberships, posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from register.core import ripple
from register.core.dates import now
from register.directory.grants import people_with_roles_for, recompute_many
from register.directory.models import (
    Appointment,
    ArrangementMember,
    AssuranceFact,
    CommunityMember,
    Membership,
    Organisation,
    OrganisationName,
    Post,
)
from register.directory.models.dated import Dated
from register.directory.models.organisations import NameKind
from register.directory.services.levels import refresh_levels
from register.directory.services.merging import keep_name
from register.directory.services.rows import save_checked, set_facts
from register.ledger.acts import act, bulk_create, bulk_update
from register.succession.models import Kind, Side, Succession, Takeover
from register.succession.naming import entries_naming
from register.succession.permissions import bodies_of

SYSTEM = "system:succession"
Row = TypeVar("Row", bound=Dated)


def begin(pk: int) -> bool:
    """Carry a succession out on its bodies, and note every entry that has to follow; one act.

    Whether it was begun now: a second worker finds it begun, and does nothing.
    """
    with act(by=SYSTEM, verb="succession.begun", quiet=True) as this:
        succession = Succession.objects.select_for_update(of=("self",)).get(pk=pk)
        if succession.begun_at or succession.undone_at or succession.confirmed_at is None:
            return False
        this.subject, this.reason = succession, succession.by_law
        before = _locked(bodies_of(succession, Side.FROM))
        after = [body.surviving for body in bodies_of(succession, Side.TO)]
        _note_entries(succession, before, after)
        for body in before:
            _follow(succession, body, [each for each in after if each.pk != body.pk], after)
        succession.begun_at = now()
        succession.row_version += 1
        save_checked(succession)
        concerned = {body.pk for body in (*before, *after)}
        refresh_levels(concerned, by=SYSTEM)
        ripple.inputs_changed("body", concerned)
    return True


def _follow(
    succession: Succession,
    body: Organisation,
    others: list[Organisation],
    after: list[Organisation],
) -> None:
    if succession.kind == Kind.RENAME:
        _rename(succession, body)
        return
    goes_on = body in after
    if succession.kind == Kind.MERGE:
        keep_name(body, others[0], NameKind.FORMER, ends_on=_last(succession))
        set_facts(
            body,
            {"merged_into": others[0], "succeeded_on": succession.on, **_end(succession, body)},
        )
    elif succession.kind == Kind.SPLIT:
        end = {} if goes_on else _end(succession, body)
        set_facts(body, {"succeeded_on": succession.on, **end})
    else:
        set_facts(body, _end(succession, body))
    _memberships(succession, body, others, goes_on)
    _communities(succession, body, others, goes_on)
    _arrangements(succession, body, others, goes_on)
    if not goes_on:
        _posts(succession, body)
        _facts(succession, body)
        _units(succession, body, others)


def _rename(succession: Succession, body: Organisation) -> None:
    old = body.legal_name
    facts = {"legal_name": succession.new_name}
    if succession.new_short_name:
        facts["short_name"] = succession.new_short_name
    set_facts(body, facts)
    if not body.names.filter(name=old).exists():
        save_checked(
            OrganisationName(
                organisation=body, name=old, kind=NameKind.FORMER, ends_on=_last(succession)
            )
        )


def _memberships(succession, body: Organisation, others: list[Organisation], goes_on: bool) -> None:
    held = _running(body.memberships.select_related("partnership"), succession)
    if not goes_on:
        _ended(held, succession)
    for row in held:
        for other in others:
            current = other.memberships.filter(partnership=row.partnership, ends_on__isnull=True)
            if not current.exists():
                save_checked(
                    Membership(partnership=row.partnership, organisation=other, kind=row.kind,
                               starts_on=_first(other.memberships.filter(
                                   partnership=row.partnership), succession))
                )  # fmt: skip
    for row in held:
        recompute_many(people_with_roles_for(row))


def _communities(succession, body: Organisation, others: list[Organisation], goes_on: bool) -> None:
    held = _running(body.community_memberships.all(), succession)
    if not goes_on:
        _ended(held, succession)
    for row in held:
        for other in others:
            inside = CommunityMember.objects.filter(community=row.community_id, organisation=other)
            if not inside.filter(ends_on__isnull=True).exists():
                save_checked(
                    CommunityMember(community_id=row.community_id, organisation=other,
                                    starts_on=_first(inside, succession))
                )  # fmt: skip
    ripple.inputs_changed("community", [row.community_id for row in held])


def _arrangements(
    succession, body: Organisation, others: list[Organisation], goes_on: bool
) -> None:
    held = _running(body.arrangements.all(), succession)
    if not goes_on:
        _ended(held, succession)
    for row in held:
        for other in others:
            inside = ArrangementMember.objects.filter(arrangement=row.arrangement_id, member=other)
            if row.arrangement_id != other.pk and not inside.filter(ends_on__isnull=True).exists():
                save_checked(
                    ArrangementMember(arrangement_id=row.arrangement_id, member=other,
                                      starts_on=succession.on)
                )  # fmt: skip


def _posts(succession: Succession, body: Organisation) -> None:
    posts = _running(Post.objects.filter(organisation=body), succession)
    held = Appointment.objects.filter(post__organisation=body)
    _ended(_running(held, succession), succession)
    _ended(posts, succession)


def _facts(succession: Succession, body: Organisation) -> None:
    facts = list(AssuranceFact.objects.select_for_update().standing().filter(organisation=body))
    for fact in facts:
        fact.ended_on = _last(succession)
        fact.row_version += 1
    bulk_update(facts, ["ended_on", "row_version"])


def _units(succession: Succession, body: Organisation, others: list[Organisation]) -> None:
    if succession.kind == Kind.MERGE:
        for unit in body.units.surviving().exclude(pk=others[0].pk):
            set_facts(unit, {"unit_of": others[0]})


def _note_entries(
    succession: Succession, before: list[Organisation], after: list[Organisation]
) -> None:
    """Note each entry that names a body, with who takes the place there, before anything is changed."""
    if succession.kind == Kind.RENAME:
        return
    chosen = set(succession.takeovers.values_list("document_id", "body_id"))
    default = (succession.default_to or (after[0] if after else None)) if after else None
    # An act without a subject, so that who may not read each of the entries learns of none.
    with act(by=SYSTEM, verb="succession.noted", quiet=True):
        bulk_create(
            Takeover(
                succession=succession,
                document_id=pk,
                body=body,
                successor=default.surviving if default else None,
            )
            for body in before
            for pk in entries_naming(body.pk).values_list("pk", flat=True)
            if (pk, body.pk) not in chosen
        )


def _running(rows: Iterable[Row], succession: Succession) -> list[Row]:
    """Of dated rows those that would go on on the day of a succession."""
    return [row for row in rows if row.ends_on is None or row.ends_on >= succession.on]


def _ended(rows: list[Row], succession: Succession) -> None:
    for row in rows:
        row.ends_on = max(_last(succession), row.starts_on or date.min)
        row.row_version += 1
    bulk_update(rows, ["ends_on", "row_version"])


def _end(succession: Succession, body: Organisation) -> dict:
    over = body.ends_on is not None and body.ends_on < succession.on
    return {} if over else {"ends_on": _last(succession)}


def _first(rows, succession: Succession) -> date:
    """The first day of a row that follows others, which may still run on the day of the succession."""
    ends = [row.ends_on for row in rows if row.ends_on and row.ends_on >= succession.on]
    return max([succession.on, *(end + timedelta(days=1) for end in ends)])


def _last(succession: Succession) -> date:
    return succession.on - timedelta(days=1)


def _locked(bodies: list[Organisation]) -> list[Organisation]:
    rows = Organisation.objects.select_for_update(of=("self",)).filter(
        pk__in={body.surviving.pk for body in bodies}
    )
    return list(rows.order_by("pk"))
