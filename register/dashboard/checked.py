"""What the rules said last, as a filter of the register."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from register.accounts.roles import EDIT_FOR
from register.directory.reach import reach_of
from register.documents.models import BrokenRule, Check
from register.documents.rules import rules_of
from register.documents.tiers import TIERS
from register.search.models import Row

CHECKS = {
    "bars": "A rule bars sending",
    "warnings": "Something to look at",
    "clean": "No rule broken",
    "low": "Score under 50",
    "stale": "Changed since it was checked",
}
LOW = 50


def may_filter(user) -> bool:
    """Whether somebody may filter by what the rules said: those who keep entries, and auditors."""
    reach = reach_of(user)
    return bool(reach.whole or reach.sees_everything or reach.by_membership.get(EDIT_FOR))


def rule_codes() -> dict[str, str]:
    """Every rule by its number, with its sentence."""
    return {rule.code: rule.says for tier in sorted(TIERS) for rule in rules_of(tier)}


def checked(rows: QuerySet[Row], asked: str) -> QuerySet[Row]:
    """The rows whose kept answer of the rules is the one asked for."""
    conditions: dict[str, dict[str, object]] = {
        "bars": {"bars__gt": 0},
        "warnings": {"warnings__gt": 0},
        "clean": {"bars": 0, "warnings": 0, "checked_at__isnull": False},
        "low": {"score__lt": LOW},
        "stale": {"is_stale": True},
    }
    kept = Check.objects.filter(document_id=OuterRef("pk"), **conditions[asked])
    return rows.filter(Exists(kept))


def breaking(rows: QuerySet[Row], code: str) -> QuerySet[Row]:
    """The rows at which one rule was broken when it was asked last."""
    return rows.filter(Exists(BrokenRule.objects.filter(document_id=OuterRef("pk"), code=code)))
