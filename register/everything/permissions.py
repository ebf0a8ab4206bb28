"""Who may take everything away, and who may release a restored copy."""

from __future__ import annotations

from django.db.models import QuerySet

from register.accounts.roles import ADMINISTER
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Partnership
from register.directory.reach import reach_of
from register.everything.models import Export


def may_export_everything(by) -> Verdict:
    """Whether somebody may export everything: who administers every partnership that there is."""
    reach = reach_of(by)
    held = reach.by_partnership.get(ADMINISTER, set())
    if reach.sees_everything:
        return YES
    if held and not Partnership.objects.exclude(pk__in=held).exists():
        return YES
    return no("Only who administers every partnership of this installation may export everything.")


def may_release(by) -> Verdict:
    """Whether somebody may let a restored copy send and do things again: any administrator of all."""
    if may_export_everything(by):
        return YES
    return no("Only who administers every partnership of this installation may release a copy.")


def own_exports(by) -> QuerySet[Export]:
    """The exports that somebody may know of: those that they asked for."""
    return Export.objects.filter(asked_by=by)
