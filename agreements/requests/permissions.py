"""Who may read and keep requests, decisions and emergency shares; every no carries its reason.

They hang on the bodies, not on the office: a role in the whole partnership reads counts, and the
content only of what the deciding body shows.
"""

from __future__ import annotations

from agreements.requests.models import EmergencyShare, SharingRequest
from register.accounts.roles import EDIT_FOR, READ_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Organisation, Partnership
from register.directory.permissions import may_administer, partnerships_of
from register.directory.reach import Reach, reach_of


def may_read(by, request: SharingRequest) -> Verdict:
    """A request is read by the body that asks, the body that decides, and partners it is shown to."""
    if _acts_for(by, READ_FOR, request.partnership_id, request.asking):
        return YES
    return may_read_weighing(by, request)


def may_read_weighing(by, request: SharingRequest) -> Verdict:
    """The DPIA, the views of the data protection officer and the history are read by the deciding
    body, and by partners when it shows the request to them.
    """
    if _acts_for(by, READ_FOR, request.partnership_id, request.deciding):
        return YES
    if request.is_shown_to_partners and request.partnership_id in partnerships_of(by):
        return YES
    return no(f"Only {request.deciding} reads how it weighed the request, unless it shows it.")


def may_record(
    by, partnership: Partnership, asking: Organisation, deciding: Organisation
) -> Verdict:
    """A request is recorded by an officer of the body that asks or of the body that decides."""
    if _acts_for(by, EDIT_FOR, partnership.pk, asking, deciding):
        return YES
    return no(f"Only officers of {asking} or {deciding} may record a request between them.")


def may_correct(by, request: SharingRequest) -> Verdict:
    """A request is corrected by either body's officer until it is decided, then by the deciding one's."""
    if _acts_for(by, EDIT_FOR, request.partnership_id, request.deciding):
        return YES
    if not _acts_for(by, EDIT_FOR, request.partnership_id, request.asking):
        return no(f"Only officers of {request.asking} or {request.deciding} may correct this.")
    if request.is_decided:
        return no(f"It is decided: ask {request.deciding} to correct it.")
    return YES


def may_weigh(by, request: SharingRequest) -> Verdict:
    """What the deciding body weighs is written by its own officer."""
    if _acts_for(by, EDIT_FOR, request.partnership_id, request.deciding):
        return YES
    return no(f"Only officers of {request.deciding} may do this.")


def may_decide(by, request: SharingRequest) -> Verdict:
    """A request is decided once, by an officer of the deciding body."""
    verdict = may_weigh(by, request)
    if verdict and request.is_decided:
        return no("It is decided already: correct the decision instead.")
    return verdict


def may_correct_decision(by, request: SharingRequest) -> Verdict:
    """A decision is corrected, with the reason, by an officer of the deciding body."""
    verdict = may_weigh(by, request)
    if verdict and not request.is_decided:
        return no("It is not decided yet.")
    return verdict


def may_withdraw(by, request: SharingRequest) -> Verdict:
    """A request is withdrawn, until it is decided, by an officer of the body that asked."""
    if not _acts_for(by, EDIT_FOR, request.partnership_id, request.asking, request.deciding):
        return no(f"Only officers of {request.asking} may withdraw it.")
    if request.is_decided:
        return no("It has ended already.")
    return YES


def may_show(by, request: SharingRequest) -> Verdict:
    """A decided request is shown to the partners, or no longer, by an officer of the deciding body."""
    verdict = may_weigh(by, request)
    if verdict and not request.is_decided:
        return no("Decide it first: only decided requests are shown to the partners.")
    return verdict


def may_read_share(by, share: EmergencyShare) -> Verdict:
    """An emergency share is read by the body that gave and the body that received."""
    if _acts_for(by, READ_FOR, share.partnership_id, share.giver, share.receiver):
        return YES
    return no(f"Only {share.giver} and {share.receiver} read this.")


def may_record_share(
    by, partnership: Partnership, giver: Organisation, receiver: Organisation
) -> Verdict:
    """An emergency share is recorded by an officer of the body that gave or of the one that received."""
    if _acts_for(by, EDIT_FOR, partnership.pk, giver, receiver):
        return YES
    return no(f"Only officers of {giver} or {receiver} may record a share between them.")


def may_keep_share(by, share: EmergencyShare) -> Verdict:
    """An emergency share is corrected and reviewed by an officer of the body that gave."""
    if _acts_for(by, EDIT_FOR, share.partnership_id, share.giver):
        return YES
    return no(f"Only officers of {share.giver} may do this.")


def may_review(by, share: EmergencyShare) -> Verdict:
    """An emergency share is reviewed once, by an officer of the body that gave."""
    verdict = may_keep_share(by, share)
    if verdict and share.reviewed:
        return no("It is reviewed already.")
    return verdict


def may_read_figures_by_body(by, partnership: Partnership) -> Verdict:
    """Figures of every body are read by the partnership office; others read their own body's."""
    if reach_of(by).may_edit_all(partnership.pk) or may_administer(by, partnership):
        return YES
    return no("Figures by body are for that body and the partnership office.")


def may_record_anything(by) -> Verdict:
    """Requests and emergency shares are recorded by officers of bodies, for their own body."""
    if reach_of(by).by_membership.get(EDIT_FOR):
        return YES
    return no("Officers of a body record its requests.")


def bodies_recorded_for(by, partnership: Partnership) -> set[int]:
    """The bodies of a partnership for which somebody may record requests and shares."""
    return _bodies(reach_of(by), EDIT_FOR, partnership.pk)


def bodies_read_for(by, partnership: Partnership) -> set[int]:
    """The bodies of a partnership whose own figures somebody may read."""
    return _bodies(reach_of(by), READ_FOR, partnership.pk)


def _acts_for(by, permission: str, partnership_id: int, *bodies: Organisation) -> bool:
    reach = reach_of(by)
    if reach.sees_everything:
        return True
    held = _bodies(reach, permission, partnership_id)
    return any(body.pk in held or body.merged_into_id in held for body in bodies)


def _bodies(reach: Reach, permission: str, partnership_id: int) -> set[int]:
    return {
        reach.membership_bodies[pk]
        for pk in reach.by_membership.get(permission, set())
        if reach.membership_partnerships[pk] == partnership_id
    }
