"""Who may keep impact assessments and processor contracts, advise on them and decide; with reasons."""

from __future__ import annotations

from agreements.risks.models import Dpia, DpiaController, ProcessorContract
from agreements.risks.statuses import DECIDERS
from register.accounts.roles import ADVISE_FOR, EDIT_FOR
from register.core.dates import today
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Appointment, Organisation, Post
from register.directory.reach import reach_of
from register.documents.models import Document
from register.documents.permissions import may_edit


def may_make(by, partnership, owner: Organisation | None = None) -> Verdict:
    """Whether somebody may make a DPIA or a contract in a partnership, for a body of theirs."""
    reach = reach_of(by)
    if reach.may_edit_all(partnership.pk) or (owner is not None and reach.edits_for(owner.pk)):
        return YES
    if owner is None:
        return no("Only officers of a body or of the partnership office may do this.")
    return no(f"Only officers of {owner} or of the partnership office may do this.")


def may_make_any(by) -> bool:
    """Whether a login may make a record here for some body or partnership."""
    reach = reach_of(by)
    return reach.is_register_officer() or bool(reach.bodies(EDIT_FOR))


def may_keep_dpia(by, dpia: Dpia) -> Verdict:
    """Whether somebody may change a DPIA: the office, or an officer of the body that keeps it."""
    return may_make(by, dpia.partnership, dpia.owner)


def may_keep_controller(by, row: DpiaController) -> Verdict:
    """Whether somebody may say how a DPIA stands with a controller: its keepers, or that body's officer."""
    if reach_of(by).edits_for(row.organisation_id):
        return YES
    verdict = may_keep_dpia(by, row.dpia)
    return verdict or no(
        f"Only officers of {row.organisation}, of {row.dpia.owner} or of the partnership office "
        "may do this."
    )


def may_advise(by, row: DpiaController) -> Verdict:
    """Whether somebody may record the data protection officer's advice: that body's adviser."""
    reach = reach_of(by)
    if reach.sees_everything or row.organisation_id in reach.bodies(ADVISE_FOR):
        return YES
    return no(f"Only the data protection officer or an adviser of {row.organisation} advises here.")


def may_decide(by, row: DpiaController, posts: dict[int, Post] | None = None) -> Verdict:
    """Whether somebody may record the controller's decision.

    The holder of the post of senior information risk owner or information asset owner of the body,
    or the body's officer, who records who decided. `posts` are those of `deciding_posts`, where a
    page asks for many rows.
    """
    reach = reach_of(by)
    if reach.sees_everything or reach.edits_for(row.organisation_id):
        return YES
    if row.organisation_id in (deciding_posts(by) if posts is None else posts):
        return YES
    return no(
        f"The senior information risk owner or an information asset owner of {row.organisation} "
        "decides; its officer may record the decision."
    )


def deciding_posts(by) -> dict[int, Post]:
    """The posts by which a login decides today, by body, in one statement."""
    person_id = reach_of(by).person_id
    if person_id is None:
        return {}
    held = Appointment.objects.current(today()).filter(person_id=person_id, post__kind__in=DECIDERS)
    rows = held.select_related("post").order_by("-pk")
    posts = [row.post for row in rows if row.post is not None]
    return {post.organisation_id: post for post in posts}


def may_keep_contract(by, contract: ProcessorContract) -> Verdict:
    """Whether somebody may change a contract: the office, or an officer of one of its controllers."""
    reach = reach_of(by)
    if reach.may_edit_all(contract.partnership_id):
        return YES
    bodies = contract.controllers.values_list("organisation_id", flat=True)
    if reach.bodies(EDIT_FOR).intersection(bodies):
        return YES
    return no("Only officers of its controllers or of the partnership office may change it.")


def may_link(by, record: Dpia | ProcessorContract, document: Document) -> Verdict:
    """Whether somebody may link a record to an entry: who may draft the entry and knows the record."""
    verdict = may_edit(by, document)
    if not verdict:
        return verdict
    if document.partnership_id != record.partnership_id:
        return no("The record belongs to another partnership.")
    if not type(record)._default_manager.visible_to(by).filter(pk=record.pk).exists():
        return no("There is no such record, or you may not know of it.")
    return YES


def may_unlink(by, record: Dpia | ProcessorContract, document: Document) -> Verdict:
    """Whether somebody may take a link away: who may draft the entry, or who keeps the record."""
    verdict = may_edit(by, document)
    if verdict:
        return verdict
    if isinstance(record, Dpia):
        return YES if may_keep_dpia(by, record) else verdict
    return YES if may_keep_contract(by, record) else verdict
