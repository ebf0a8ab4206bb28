"""Who may chase signatures: those who keep the entries."""

from __future__ import annotations

from django.db.models import Q

from register.accounts.roles import EDIT_ALL, EDIT_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Partnership
from register.directory.reach import reach_of


def keeps_any(user) -> bool:
    """Whether somebody keeps entries anywhere: for a partnership, or for a body."""
    reach = reach_of(user)
    return bool(
        reach.sees_everything
        or reach.by_partnership.get(EDIT_ALL)
        or reach.by_membership.get(EDIT_FOR)
    )


def kept_by(user, path: str = "") -> Q:
    """The condition that a document (at the end of `path`) is one that somebody may keep."""
    reach = reach_of(user)
    if reach.sees_everything:
        return Q()
    whole = reach.by_partnership.get(EDIT_ALL, set())
    bodies = reach.bodies(EDIT_FOR)
    return Q(**{f"{path}partnership_id__in": whole}) | Q(**{f"{path}lead_id__in": bodies})


def testable_partnerships(user) -> list[Partnership]:
    """The partnerships in which somebody may test whom messages reach, by name."""
    reach = reach_of(user)
    rows = Partnership.objects.order_by("name", "pk")
    if reach.sees_everything:
        return list(rows)
    held = {reach.membership_partnerships[pk] for pk in reach.by_membership.get(EDIT_FOR, set())}
    return list(rows.filter(pk__in=held | reach.by_partnership.get(EDIT_ALL, set())))


def may_test(user, partnership: Partnership) -> Verdict:
    """Whether somebody may send a test message to those who sign in a partnership."""
    if any(each.pk == partnership.pk for each in testable_partnerships(user)):
        return YES
    return no(f"Only who keeps entries of {partnership} may send test messages.")
