"""Who sees to what an import left."""

from __future__ import annotations

from django.db.models import QuerySet

from register.accounts.roles import EDIT_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Partnership
from register.directory.permissions import visible_partnerships
from register.directory.reach import reach_of


def may_clean_up(by) -> Verdict:
    """Whether somebody has the clean-up lists: those who keep every entry of a partnership."""
    if reach_of(by).is_register_officer():
        return YES
    return no("Only officers of the partnership office have the clean-up lists.")


def may_narrow(by) -> bool:
    """Whether somebody may narrow the register's list to a clean-up list: those who keep entries."""
    reach = reach_of(by)
    return reach.is_register_officer() or bool(reach.by_membership.get(EDIT_FOR))


def kept_partnerships(by) -> QuerySet[Partnership]:
    """The partnerships whose every entry somebody keeps, by name."""
    reach = reach_of(by)
    ids = [place.pk for place in visible_partnerships(by) if reach.may_edit_all(place.pk)]
    return Partnership.objects.filter(pk__in=ids).order_by("name")
