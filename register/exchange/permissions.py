"""Who may bring an old register in."""

from __future__ import annotations

from django.db.models import QuerySet

from register.core.verdicts import YES, Verdict, no
from register.directory.models import Partnership
from register.directory.permissions import visible_partnerships
from register.directory.reach import reach_of
from register.exchange.models import Import


def may_import(by, partnership: Partnership | None = None) -> Verdict:
    """Whether somebody may import entries into a partnership, or into any where none is named."""
    reach = reach_of(by)
    allowed = (
        reach.is_register_officer() if partnership is None else reach.may_edit_all(partnership.pk)
    )
    return YES if allowed else no("Only officers of the partnership office may import entries.")


def importable_partnerships(by) -> QuerySet[Partnership]:
    """The partnerships into which somebody may import."""
    ids = [each.pk for each in visible_partnerships(by) if may_import(by, each)]
    return Partnership.objects.filter(pk__in=ids).order_by("name")


def visible_imports(by) -> QuerySet[Import]:
    """The imports that somebody may know of: those into partnerships whose entries they keep."""
    return Import.objects.filter(partnership__in=importable_partnerships(by))
