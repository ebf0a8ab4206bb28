"""Who may read the facts behind a level: the body itself and the offices; others read level and last day."""

from __future__ import annotations

from collections.abc import Iterable

from register.accounts.roles import ADMINISTER, AUDIT, EDIT_ALL, READ_ALL, READ_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Membership, Organisation
from register.directory.reach import Reach, reach_of


def may_read_facts(by, organisation: Organisation) -> Verdict:
    """Whether somebody may read the facts of a body's assurance and what is missing."""
    if organisation.pk in facts_readable(by, [organisation.pk]):
        return YES
    return no(f"The facts are for {organisation} and the partnership office.")


def facts_readable(by, organisation_ids: Iterable[int]) -> set[int]:
    """Those of some bodies whose facts a login may read, in one statement."""
    reach, asked = reach_of(by), set(organisation_ids)
    if reach.sees_everything:
        return asked
    found = asked & reach.bodies(READ_FOR)
    offices = _offices(reach)
    if not offices or not asked - found:
        return found
    rows = Membership.objects.filter(organisation__in=asked - found).order_by()
    pairs = set(rows.values_list("organisation_id", "partnership_id"))
    in_some = {pk for pk, _ in pairs}
    return found | {pk for pk, place in pairs if place in offices} | (asked - found - in_some)


def _offices(reach: Reach) -> set[int]:
    held = (
        reach.by_partnership.get(each, set()) for each in (EDIT_ALL, ADMINISTER, AUDIT, READ_ALL)
    )
    return set().union(*held)
