"""What must be true of a version of any tier before it is issued for signature."""

from __future__ import annotations

from register.core.dates import today
from register.core.text import strip
from register.directory.models.partnerships import MembershipKind
from register.documents.models import Clause, Part, Party, TextKind, Version
from register.documents.rulebook import Rule, broken, rule
from register.documents.tiers import TIERS, ItemsTask, TextTask


@rule("D1", task="title")
def it_has_a_title(version: Version) -> bool:
    """Give it a title."""
    return bool(version.title.strip())


@rule("D2", task="parties")
def it_names_parties(version: Version) -> bool:
    """Name at least two parties."""
    return Party.objects.filter(version=version, part=Part.PARTY).count() >= 2


@rule("D3", task="clauses")
def it_has_a_text(version: Version) -> bool:
    """Write at least one clause or section, or attach the governing file."""
    if version.text_kind == TextKind.FILE:
        return bool(version.governing_file_id)
    return Clause.objects.filter(version=version).exists() or has_section_text(version)


@rule("D4", task="parties")
def parties_may_be_bound(version: Version) -> bool:
    """Name as party only legal persons and office holders: a unit or an arrangement cannot be bound."""
    parties = Party.objects.filter(version=version, part=Part.PARTY).select_related("organisation")
    return all(party.organisation.may_hold_slot for party in parties)


@rule("D5", bar=False, task="facts")
def it_has_an_owner(version: Version) -> bool:
    """Name the officer who answers for it."""
    return version.document.owner_id is not None


@rule("D6", bar=False, task="parties")
def bodies_have_not_ended(version: Version) -> bool:
    """A party named here has ended; name its successor."""
    return not Party.objects.filter(
        version=version, part=Part.PARTY, organisation__ends_on__isnull=False
    ).exists()


@rule("D7", bar=False, task="place")
def the_tier_above_is_in_force(version: Version) -> bool:
    """The document above it is not in force."""
    parents = TIERS[version.document.tier].parents(version.document)
    return all(parent.governing is not None for parent, _ in parents)


@rule("D8", task="parties")
def strangers_are_bound_for_a_reason(version: Version) -> bool:
    """Say why a party that is no member of the partnership is bound by this document only."""
    strangers = Party.objects.filter(version=version, part=Part.PARTY, only_this_reason="")
    members = version.document.partnership.memberships.current(today())
    full = members.exclude(kind=MembershipKind.SINGLE).values("organisation_id")
    return not strangers.exclude(organisation_id__in=full).exists()


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
MORE: list[Rule] = []


def rules_for(version: Version) -> tuple[Rule, ...]:
    """Every rule that a version of its tier must keep: of all tiers, of the tier, and those plugged in."""
    return (*RULES, *TIERS[version.document.tier].rules, *MORE)


def broken_by(version: Version) -> list[Rule]:
    """The rules that do not hold for a version, bars first."""
    return broken(rules_for(version), version)


def has_section_text(version: Version) -> bool:
    """Whether any section of the tier holds words."""
    for task in TIERS[version.document.tier].tasks:
        rows = task.model._default_manager.filter(version=version)
        if isinstance(task, ItemsTask) and rows.exists():
            return True
        if isinstance(task, TextTask) and any(
            strip(getattr(row, name)) for row in rows for name in task.fields
        ):
            return True
    return False
