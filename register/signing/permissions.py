"""Who may keep slots and record what was signed on paper."""

from __future__ import annotations

from register.core.verdicts import YES, Verdict, no
from register.documents.lifecycle import GOVERNING, State
from register.documents.permissions import may_edit
from register.signing.models import Slot


def may_record(by, slot: Slot) -> Verdict:
    """Whether somebody may record a signature or a refusal made on paper in a slot now."""
    verdict = may_edit(by, slot.version.document)
    if not verdict:
        return verdict
    if slot.voided_at:
        return no("This place to sign was voided: nobody signs here any more.")
    if slot.version.frozen_at is None:
        return no(f"{slot.version} has not been issued for signature.")
    if slot.version.state not in (State.SIGNING, *GOVERNING):
        state = slot.version.get_state_display().lower()
        return no(f"{slot.version} is {state}: nobody signs it any more.")
    newest = slot.newest_row
    if newest and newest.counts:
        return no(f"{newest.person_name} has signed here already. Withdraw that signature first.")
    return YES


def may_withdraw(by, slot: Slot) -> Verdict:
    """Whether somebody may record that a signature was withdrawn on paper."""
    verdict = may_edit(by, slot.version.document)
    if not verdict:
        return verdict
    if slot.version.state not in (State.SIGNING, *GOVERNING):
        return no(f"{slot.version} is {slot.version.get_state_display().lower()}.")
    newest = slot.newest_row
    if newest is None or not newest.counts:
        return no("No signature stands here.")
    return YES
