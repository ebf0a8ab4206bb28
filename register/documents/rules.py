"""What must be true of a version of any tier before it is issued for signature."""

from __future__ import annotations

from collections.abc import Iterator

from register.core.text import strip
from register.documents.case import Case, case_of
from register.documents.models import Party, TextKind, Version
from register.documents.rulebook import Finding, Rule, Where, findings, rule
from register.documents.tiers import TIERS, ItemsTask, TextTask


@rule("D1", task="title", absolute=True)
def it_has_a_title(case: Case) -> bool:
    """Give it a title."""
    return bool(case.version.title.strip())


@rule("D2", task="parties", absolute=True)
def it_names_parties(case: Case) -> bool:
    """Name at least two parties."""
    return len(case.bound) + len(case.more.get("groups") or ()) >= 2


@rule("D3", task="clauses", absolute=True)
def it_has_a_text(case: Case) -> bool:
    """Write at least one clause or section, or attach the governing file."""
    if case.version.text_kind == TextKind.FILE:
        return bool(case.version.governing_file_id)
    return bool(case.clauses) or has_section_text(case)


@rule("D4", task="parties", absolute=True, source="UK GDPR, Article 4(7)")
def parties_may_be_bound(case: Case) -> Iterator[Where]:
    """Name as party only legal persons and office holders: a unit or an arrangement cannot be bound."""
    return (_at(party) for party in case.bound if not party.organisation.may_hold_slot)


@rule("D5", bar=False, task="facts")
def it_has_an_owner(case: Case) -> bool:
    """Name the officer who answers for it."""
    return case.document.owner_id is not None


@rule("D6", bar=False, task="parties")
def bodies_have_not_ended(case: Case) -> Iterator[Where]:
    """Name the successor of a party that has ended."""
    ends = ((party, party.organisation.ends_on) for party in case.bound)
    return (_at(party) for party, last in ends if last and last < case.day)


@rule("D7", bar=False, task="place")
def the_tier_above_is_in_force(case: Case) -> Iterator[Where]:
    """Bring the document above it into force."""
    return (Where(p.document.reference) for p in case.parents if p.governing is None)


@rule("D8", task="parties")
def strangers_are_bound_for_a_reason(case: Case) -> Iterator[Where]:
    """Say why a party that is no member of the partnership is bound by this document only."""
    # What an old register names is read as it stands; the question is asked at its first revision.
    bound = [] if case.version.is_admitted else case.bound
    strangers = (party for party in bound if party.organisation_id not in case.members)
    return (_at(party) for party in strangers if not party.only_this_reason)


RULES: tuple[Rule, ...] = (
    it_has_a_title,
    it_names_parties,
    it_has_a_text,
    parties_may_be_bound,
    it_has_an_owner,
    bodies_have_not_ended,
    the_tier_above_is_in_force,
    strangers_are_bound_for_a_reason,
)
# Rules that rooms above plug in, by the number of the tier that they are for.
MORE: dict[int, list[Rule]] = {1: [], 2: [], 3: []}


def rules_of(tier: int) -> tuple[Rule, ...]:
    """Every rule that a version of a tier must keep: of all tiers, of the tier, and those plugged in."""
    return (*RULES, *TIERS[tier].rules, *MORE[tier])


def findings_of(case: Case) -> list[Finding]:
    """Where the rules do not hold in a case, bars first."""
    return findings(rules_of(case.document.tier), case)


def broken_by(version: Version) -> list[Finding]:
    """Where the rules do not hold for a version, bars first; a bounded number of statements."""
    return findings_of(case_of(version))


def has_section_text(case: Case) -> bool:
    """Whether any section of the tier holds words."""
    for task in TIERS[case.document.tier].tasks:
        rows = case.of(task.model)
        if isinstance(task, ItemsTask) and rows:
            return True
        if isinstance(task, TextTask) and any(
            strip(getattr(row, name)) for row in rows for name in task.fields
        ):
            return True
    return False


def _at(party: Party) -> Where:
    return Where(party.organisation.called)
