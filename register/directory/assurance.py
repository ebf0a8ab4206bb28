"""Which assurance bodies give: read in a few statements, however many bodies are asked for.

A record merged into another gives what the surviving one gives; a unit what its body gives; an
arrangement what its weakest member gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q

from register.core.dates import today
from register.directory.assurance_kinds import KINDS
from register.directory.assurance_levels import (
    LABELS,
    NOT_SUBMITTED,
    Level,
    colour_of,
    level_of,
    on_day,
    weakest,
)
from register.directory.assurance_questions import Known
from register.directory.models import (
    Appointment,
    ArrangementMember,
    Assurance,
    AssuranceFact,
    AssuranceLevel,
    Identifier,
    Membership,
    Organisation,
)
from register.directory.models.assurance import NO_END
from register.directory.models.organisations import LegalStatus, Part3, PublicAuthority
from register.directory.models.partnerships import MembershipKind
from register.directory.models.people import Capacity

POSTS = ("dpo", "siro", "caldicott_guardian")


@dataclass(frozen=True)
class StoredLevel:
    """The level of a body as it is kept for lists, as it stands on the day asked for."""

    code: str
    until: date | None

    @property
    def label(self) -> str:
        """The wording of the level."""
        return LABELS[self.code]

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return colour_of(self.code)


@dataclass
class Web:
    """Bodies with those whose assurance they take: survivors, bodies of units, members."""

    bodies: dict[int, Organisation] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def source_of(self, pk: int) -> int | None:
        """The one body whose assurance a body takes; None for one that gives its own."""
        body = self.bodies[pk]
        return body.merged_into_id or (body.unit_of_id if is_unit(body) else None)


def assurance_of(organisation_ids: Iterable[int], day: date | None = None) -> dict[int, Level]:
    """The level of each body on a day (a date, today where none is given), by primary key.

    Dates are judged as on that day; facts are those that stand now.
    """
    day = day or today()
    asked = set(organisation_ids)
    web = _web(asked, day)
    keepers = {pk for pk, body in web.bodies.items() if keeps_facts(body)}
    own = {pk: level_of(known, day) for pk, known in known_of(web.bodies, keepers, day).items()}
    return {pk: _resolved(web, own, pk, day, set()) for pk in asked if pk in web.bodies}


def stored_levels(
    organisation_ids: Iterable[int], day: date | None = None
) -> dict[int, StoredLevel]:
    """The levels of bodies as kept for lists, in one statement; what was never submitted is left out."""
    day = day or today()
    rows = AssuranceLevel.objects.filter(organisation__in=set(organisation_ids))
    return {
        row.organisation_id: StoredLevel(
            on_day(row.code, row.until, day), None if row.until == NO_END else row.until
        )
        for row in rows.exclude(code=NOT_SUBMITTED)
    }


def followers_of(organisation_ids: Iterable[int]) -> set[int]:
    """Bodies with all that take their assurance: units, arrangements, records that were merged."""
    found: set[int] = set()
    pending = set(organisation_ids)
    while pending:
        found |= pending
        bodies = Organisation.objects.filter(
            Q(unit_of__in=pending) | Q(merged_into__in=pending) | Q(merged_from__in=pending)
        )
        arrangements = ArrangementMember.objects.filter(member__in=pending)
        pending = {
            *bodies.order_by().values_list("pk", flat=True),
            *arrangements.order_by().values_list("arrangement_id", flat=True),
        } - found
    return found


def keeps_facts(body: Organisation) -> bool:
    """Whether a body gives assurance of its own: not a merged record, a unit or an arrangement."""
    return not body.merged_into_id and body.may_hold_slot


def is_unit(body: Organisation) -> bool:
    """Whether a body takes the assurance of the body that it is a unit of."""
    return body.legal_status == LegalStatus.UNIT and body.unit_of_id is not None


def known_of(
    bodies: dict[int, Organisation], keepers: Iterable[int], day: date
) -> dict[int, Known]:
    """What the register knows of bodies on a day, by primary key; facts of merged records count.

    `bodies` holds the keepers by primary key. Six statements, one more for each further step of
    records merged into records.
    """
    survivor, records = _survivors(bodies, keepers)
    confirmed = _confirmed(survivor)
    facts = _facts(survivor)
    kinds, posts, coded = _kinds(survivor, day), _posts(survivor, day), _with_ods(survivor, day)
    return {
        pk: Known(
            facts=facts[pk],
            grades={kind: KINDS[kind].grade_of(fact.value) for kind, fact in facts[pk].items()},
            **_addresses(records[pk]),
            kind=bodies[pk].kind,
            is_public=bodies[pk].public_authority in {PublicAuthority.YES, PublicAuthority.SOME},
            is_competent=bodies[pk].part3 in {Part3.SCHEDULE_7, Part3.STATUTORY},
            is_small=MembershipKind.SUPPORTED in kinds[pk] and MembershipKind.FULL not in kinds[pk],
            posts=frozenset(posts[pk]),
            has_ods=pk in coded,
            confirmed_on=confirmed.get(pk),
        )
        for pk in set(survivor.values())
    }


def _web(asked: set[int], day: date) -> Web:
    web, pending = Web(), asked
    while pending:
        found = Organisation.objects.in_bulk(pending)
        web.bodies |= found
        arrangements = {
            pk for pk, body in found.items() if body.legal_status == LegalStatus.ARRANGEMENT
        }
        if arrangements:
            rows = ArrangementMember.objects.current(day).filter(arrangement__in=arrangements)
            for arrangement, member in rows.values_list("arrangement_id", "member_id"):
                web.members[arrangement].append(member)
        nearer = {web.source_of(pk) for pk in found} | {
            member for pk in arrangements for member in web.members[pk]
        }
        pending = {pk for pk in nearer if pk is not None} - set(web.bodies)
    return web


def _resolved(web: Web, own: dict[int, Level], pk: int, day: date, seen: set[int]) -> Level:
    body, source = web.bodies[pk], web.source_of(pk)
    seen = seen | {pk}
    if source is not None and source not in seen:
        level = _resolved(web, own, source, day, seen)
        if body.merged_into_id:
            return level
        return replace(level, why=f"As {web.bodies[source]}, of which it is a unit. {level.why}")
    if body.legal_status == LegalStatus.ARRANGEMENT:
        members = [member for member in web.members[pk] if member not in seen]
        levels = {
            str(web.bodies[member]): _resolved(web, own, member, day, seen) for member in members
        }
        return weakest(levels, day)
    return own.get(pk) or level_of(Known(), day)


def _survivors(
    bodies: dict[int, Organisation], keepers: Iterable[int]
) -> tuple[dict[int, int], dict[int, list[Organisation]]]:
    """By every record the body that it stands for; and by body its records, its own first."""
    survivor = {pk: pk for pk in keepers}
    records = {pk: [bodies[pk]] for pk in survivor}
    pending = set(survivor)
    while pending:
        merged = Organisation.objects.filter(merged_into__in=pending).order_by("pk")
        found = {
            record: record.merged_into_id
            for record in merged
            if record.merged_into_id and record.pk not in survivor
        }
        for record, into in found.items():
            survivor[record.pk] = survivor[into]
            records[survivor[into]].append(record)
        pending = {record.pk for record in found}
    return survivor, records


def _addresses(records: list[Organisation]) -> dict[str, Any]:
    """The registration and privacy notice of a body: its own before those of records merged into it."""
    registered = next((record for record in records if record.ico_number), records[0])
    notices = (record.privacy_notice for record in records if record.privacy_notice)
    return {
        "ico_number": registered.ico_number,
        "ico_expires_on": registered.ico_expires_on,
        "privacy_notice": next(notices, ""),
    }


def _confirmed(survivor: dict[int, int]) -> dict[int, date]:
    found: dict[int, date] = {}
    rows = Assurance.objects.filter(organisation__in=survivor)
    for pk, on in rows.values_list("organisation_id", "confirmed_on"):
        found[survivor[pk]] = max(on, found.get(survivor[pk], on))
    return found


def _facts(survivor: dict[int, int]) -> dict[int, dict[str, AssuranceFact]]:
    """The standing facts by body and kind: its own before those of records merged into it."""
    found: dict[int, dict[str, AssuranceFact]] = defaultdict(dict)
    rows = AssuranceFact.objects.standing().filter(organisation__in=survivor)
    for fact in rows.order_by("recorded_on", "pk"):
        body = survivor[fact.organisation_id]
        held = found[body].get(fact.kind)
        if held is None or held.organisation_id != body:
            found[body][fact.kind] = fact
    return found


def _kinds(survivor: dict[int, int], day: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Membership.objects.current(day).filter(organisation__in=survivor)
    for pk, kind in rows.values_list("organisation_id", "kind"):
        found[survivor[pk]].add(kind)
    return found


def _posts(survivor: dict[int, int], day: date) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    held = Appointment.objects.current(day).exclude(capacity=Capacity.DEPUTY)
    rows = held.filter(
        Q(post__ends_on__isnull=True) | Q(post__ends_on__gte=day),
        post__organisation__in=survivor,
        post__kind__in=POSTS,
    )
    for pk, kind in rows.values_list("post__organisation_id", "post__kind"):
        found[survivor[pk]].add(kind)
    return found


def _with_ods(survivor: dict[int, int], day: date) -> set[int]:
    rows = Identifier.objects.current(day).filter(organisation__in=survivor, scheme__iexact="ods")
    return {survivor[pk] for pk in rows.values_list("organisation_id", flat=True)}
