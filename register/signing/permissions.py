"""Who may keep slots and record what was signed on paper."""

from __future__ import annotations

from register.core.dates import today
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Organisation, Person
from register.directory.reach import reach_of
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Version
from register.documents.permissions import may_edit
from register.signing.models import SigningRequest, Slot
from register.signing.signers import Signer, authority_of

SHUT_OUT = "Your way into the register was closed. Ask the officer who sent this to you."


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


def may_ask(by, version: Version) -> Verdict:
    """Whether somebody may ask for signatures of a version now."""
    verdict = may_edit(by, version.document)
    if not verdict:
        return verdict
    if version.frozen_at is None or version.state not in (State.SIGNING, *GOVERNING):
        return no(f"{version} is not out for signature.")
    return YES


def may_answer(by: Signer, request: SigningRequest) -> Verdict:
    """Whether the person who is asked may answer a request now, in whatever way."""
    version = request.slot.version
    if request.person_id != by.person.pk:
        return no("Somebody else is asked here.")
    if is_shut_out(by.person):
        return no(SHUT_OUT)
    if version.state not in (State.SIGNING, *GOVERNING):
        state = version.get_state_display().lower()
        return no(f"{version} is {state}: nobody signs it any more.")
    if request.slot.voided_at:
        return no("This place to sign was voided: nobody signs here any more.")
    if request.closed_at:
        how = request.get_closed_as_display().lower()
        return no(f"This request is closed ({how}). Ask the officer who sent it to ask you again.")
    if request.asked_at is None:
        return no("It is not your turn to sign yet.")
    return YES


def may_sign(by: Signer, request: SigningRequest) -> Verdict:
    """Whether somebody may sign in answer to a request: they hold the post, or sign for its holder."""
    verdict = may_answer(by, request)
    if not verdict:
        return verdict
    slot = request.slot
    newest = slot.newest_row
    if newest and newest.counts:
        return no(f"{newest.person_name} has signed here already.")
    if request.is_notice:
        return no("You were told of this version, and are not asked to sign it.")
    if authority_of(by.person, slot) is None:
        return no(
            f"You do not hold the post {slot.post_called} of {slot.organisation} today, and nobody "
            "who does lets you sign. Pass it on, or tell the officer who sent it."
        )
    return YES


def may_withdraw_own(by: Signer, slot: Slot) -> Verdict:
    """Whether the person whose signature stands in a slot, or the post's holder today, may withdraw it."""
    if is_shut_out(by.person):
        return no(SHUT_OUT)
    if slot.version.state not in (State.SIGNING, *GOVERNING):
        return no(f"{slot.version} is {slot.version.get_state_display().lower()}.")
    newest = slot.newest_row
    if newest is None or not newest.counts:
        return no("No signature stands here.")
    if newest.person_id != by.person.pk and authority_of(by.person, slot) is None:
        return no(
            f"The signature of {newest.person_name} stands here, and you do not hold the post."
        )
    return YES


def may_release(by, request: SigningRequest) -> Verdict:
    """Whether somebody may let a request go to its person: the holder of the body's designated post."""
    if request.closed_at or not request.held_for_body or request.released_at:
        return no("This request waits for nobody to let it go.")
    if is_designated(by, request.slot.organisation):
        return YES
    return no(f"Only the designated officer of {request.slot.organisation} lets requests go.")


def is_shut_out(person: Person) -> bool:
    """Whether a person's login was closed: then no link and no device of theirs lets them in either."""
    return person.user is not None and not person.user.is_active


def is_designated(by, organisation: Organisation) -> bool:
    """Whether somebody is a body's designated officer: they hold the post that its setting names."""
    setting = getattr(organisation, "designated_officer", None)
    person_id = by.person.pk if isinstance(by, Signer) else reach_of(by).person_id
    if setting is None or setting.post is None or person_id is None:
        return False
    return setting.post.appointments.current(today()).filter(person=person_id).exists()


def may_designate(by, organisation: Organisation) -> Verdict:
    """Whether somebody may say that requests go to a body's designated officer first."""
    reach = reach_of(by)
    if reach.maintains(organisation.pk) or reach.is_register_officer():
        return YES
    return no(f"Only officers of {organisation} or of the partnership office may set that.")
