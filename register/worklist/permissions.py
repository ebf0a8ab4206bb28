"""Who may put work off, announce and acknowledge."""

from __future__ import annotations

from register.accounts.roles import EDIT_ALL
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Partnership
from register.directory.permissions import partnerships_of
from register.directory.reach import reach_of
from register.worklist.models import Announcement, PutOff


def may_put_off(by) -> Verdict:
    """Whether somebody may put work off for themselves: any person whom the register knows."""
    if reach_of(by).person_id is None:
        return no("Your login stands for no person of the register, so nothing waits for you.")
    return YES


def may_show_again(by, row: PutOff) -> Verdict:
    """Whether somebody may show again what was put off: whoever did, while it is."""
    if row.person_id != reach_of(by).person_id:
        return no("Somebody else put this off.")
    return no("This is shown again already.") if row.ended_at else YES


def may_announce(by, partnership: Partnership) -> Verdict:
    """Whether somebody may announce to everybody of a partnership, and read who acknowledged."""
    if reach_of(by).may_edit_all(partnership.pk):
        return YES
    return no(f"Only officers of the {partnership} office may announce something.")


def announcing_partnerships(by) -> list[Partnership]:
    """The partnerships to which somebody may announce, by name."""
    reach = reach_of(by)
    rows = Partnership.objects.order_by("name", "pk")
    if reach.sees_everything:
        return list(rows)
    return list(rows.filter(pk__in=reach.by_partnership.get(EDIT_ALL, set())))


def may_acknowledge(by, announcement: Announcement) -> Verdict:
    """Whether somebody may say that they have read an announcement: whoever belongs there."""
    if announcement.partnership_id not in partnerships_of(by):
        return no("This was announced to another partnership.")
    if reach_of(by).person_id is None:
        return no("Your login stands for no person of the register.")
    return no("This announcement has ended.") if announcement.ended_at else YES
