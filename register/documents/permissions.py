"""Who may read, draft and keep a document; every no carries its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from register.accounts.roles import EDIT_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Membership
from register.directory.reach import reach_of
from register.documents.lifecycle import EDITABLE, State
from register.documents.models import Document, Reader, Version

# Rooms above say of people of other bodies whether they write in a draft: yes, no longer (with the
# reason), or nothing (None) of somebody who was never asked to.
EDITORS: list[Callable[[object, Document], Verdict | None]] = []


def may_start(by, partnership, lead=None) -> Verdict:
    """Whether somebody may start a document in a partnership, for a lead body or for the office."""
    reach = reach_of(by)
    if reach.may_edit_all(partnership.pk):
        return YES
    if lead is not None and reach.edits_for(lead.pk):
        return YES
    if lead is not None:
        return no(f"You do not draft for {lead}.")
    return no("Only the partnership office may start a document that no body leads.")


def may_copy(by, version: Version) -> Verdict:
    """Whether somebody may start an entry as a copy of a version: they read it, and draft beside it.

    For whom the copy may be started is asked of `may_start`, with the lead body of the copy.
    """
    document = version.document
    if not Document.objects.visible_to(by).filter(pk=document.pk).exists():
        return no("You may not read that entry.")
    if not readable_versions(by, document).filter(pk=version.pk).exists():
        return no("You may not read that version.")
    return may_start_any(by, document.partnership)


def may_start_any(by, partnership) -> Verdict:
    """Whether somebody may start documents in a partnership at all: for the office, or for a body."""
    reach = reach_of(by)
    held = reach.by_membership.get(EDIT_FOR, set())
    if reach.may_edit_all(partnership.pk) or any(
        reach.membership_partnerships[pk] == partnership.pk for pk in held
    ):
        return YES
    return no(
        f"You draft for no body of {partnership} and not for its office: "
        "ask one of them to start the entry."
    )


def may_edit(by, document: Document) -> Verdict:
    """Whether somebody may draft a document and keep its facts: the office, or its lead body's officer."""
    reach = reach_of(by)
    if reach.may_edit_all(document.partnership_id) or reach.edits_for(document.lead_id):
        return YES
    if document.lead_id:
        return no(f"Only officers of {document.lead} or of the partnership office may change it.")
    return no("Only officers of the partnership office may change it.")


def may_draft(by, document: Document) -> Verdict:
    """Whether somebody may write in the draft of a document: who may keep it, and its named editors.

    An editor writes; sending it, ending it and its living facts stay with those who keep it.
    """
    verdict = may_edit(by, document)
    if verdict or (said := as_editor(by, document)) is None:
        return verdict
    return said


def as_editor(by, document: Document) -> Verdict | None:
    """What stands of somebody as a named editor of a draft; None of somebody who never was one."""
    said = [verdict for ask in EDITORS if (verdict := ask(by, document)) is not None]
    return next((verdict for verdict in said if verdict), said[0] if said else None)


def may_set_rules(by, partnership) -> Verdict:
    """Whether somebody may say which warnings bar sending in a partnership: its administrators."""
    if reach_of(by).may_administer(partnership.pk):
        return YES
    return no(f"Only administrators of {partnership} say which rules bar sending.")


def may_place(by, document: Document) -> Verdict:
    """Whether somebody may change where a document stands; not while a version is being signed."""
    verdict = may_edit(by, document)
    if verdict and (preparing := document.in_preparation) and preparing.frozen_at:
        return no(f"{preparing} is out for signature: return it for changes first.")
    return verdict


def may_hand_over(by, document: Document, lead) -> Verdict:
    """Whether somebody may make another body the lead: the office, or an officer of both bodies."""
    reach = reach_of(by)
    if reach.may_edit_all(document.partnership_id) or (lead and reach.edits_for(lead.pk)):
        return YES
    return no("Only the partnership office may give it to another lead body.")


def may_edit_version(by, version: Version) -> Verdict:
    """Whether somebody may change the content of a version now."""
    verdict = may_draft(by, version.document)
    if not verdict:
        return verdict
    if version.frozen_at:
        return no(
            f"{version} was issued for signature and is frozen. Start a revision to change its text."
        )
    if not version.is_editable:
        return no(f"{version} is {version.get_state_display().lower()}: its text cannot change.")
    return YES


def may_revise(by, document: Document) -> Verdict:
    """Whether somebody may start a revision: there is a governing version and nothing in preparation."""
    verdict = may_edit(by, document)
    if not verdict:
        return verdict
    if preparing := document.in_preparation:
        return no(f"{preparing} is in preparation. Finish or discard it first.")
    if document.versions.filter(state__in=[State.IN_FORCE, State.UNDER_REVIEW]).exists():
        return YES
    newest = document.newest
    if newest is None or newest.state in EDITABLE:
        return no("It has no version to revise.")
    return YES


def may_confirm(by, document: Document) -> Verdict:
    """Whether somebody may confirm an imported entry."""
    verdict = may_edit(by, document)
    if not verdict:
        return verdict
    if document.is_confirmed:
        return no("It is confirmed already.")
    return YES


def may_read_drafts(by, document: Document) -> bool:
    """Whether somebody may read the drafts of a document: the office, the lead, parties consulted."""
    reach = reach_of(by)
    if reach.sees_everything or document.partnership_id in reach.whole:
        return True
    drafts = Reader.objects.filter(document=document, reads_drafts=True)
    return drafts.filter(reach.as_reader()).exists()


def may_read_notes(by, *, document: Document | None = None, organisation=None) -> Verdict:
    """Whether somebody may read the notes on an entry or a body: those who write them, and the office."""
    reach = reach_of(by)
    if reach.sees_everything or (document is not None and document.partnership_id in reach.whole):
        return YES
    if document is not None:
        return may_edit(by, document)
    if reach.whole or reach.maintains(organisation.pk):
        return YES
    return no(f"Only officers of {organisation} or of the partnership office read notes here.")


def readable_versions(by, document: Document):
    """The versions of a visible document that somebody may read, newest first."""
    versions = document.versions.order_by("-number")
    return versions if may_read_drafts(by, document) else versions.not_drafts()


def drafts_read(by, document_ids: Iterable[int]) -> set[int]:
    """Of some documents, those whose drafts somebody reads; as many statements for fifty as for one."""
    ids, reach = list(document_ids), reach_of(by)
    if reach.sees_everything:
        return set(ids)
    whole = Document.objects.filter(pk__in=ids, partnership_id__in=reach.whole)
    drafts = Reader.objects.filter(reach.as_reader(), document_id__in=ids, reads_drafts=True)
    return {*whole.values_list("pk", flat=True), *drafts.values_list("document_id", flat=True)}


def readable_of(by, document_ids: Iterable[int]) -> dict[int, list[Version]]:
    """The versions that somebody may read of several visible documents, each one's newest first."""
    ids = list(document_ids)
    drafts = drafts_read(by, ids)
    found: dict[int, list[Version]] = {pk: [] for pk in ids}
    rows = Version.objects.filter(document_id__in=ids)
    issued = rows.not_drafts().exclude(document_id__in=drafts)
    for version in rows.filter(document_id__in=drafts).order_by("-number"):
        found[version.document_id].append(version)
    for version in issued.order_by("-number"):
        found[version.document_id].append(version)
    return found


def memberships_of(partnership_id: int, organisation_ids, day):
    """The current memberships of bodies in a partnership on a day (a date)."""
    return Membership.objects.current(day).filter(
        partnership_id=partnership_id, organisation_id__in=organisation_ids
    )
