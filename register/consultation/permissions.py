"""Who reads, comments, answers and asks in a consultation; every no carries its reason."""

from __future__ import annotations

from register.consultation.models import Consultee, Editor
from register.core.verdicts import YES, Verdict, no
from register.directory.reach import reach_of
from register.documents.lifecycle import EDITABLE, State
from register.documents.models import Document, Version
from register.documents.permissions import may_draft, may_edit
from register.ledger.actors import LINK, Actor

GUEST = "consultee-"


def guest(consultee: Consultee) -> Actor:
    """Somebody who acts by a link, as the ledger names them; make one only for a link that was checked."""
    return Actor(LINK, f"{GUEST}{consultee.pk}", consultee.name)


def consultee_of(by, version: Version) -> Consultee | None:
    """The row by which somebody is asked about a version, closed or not; None where they are not."""
    rows = Consultee.objects.standing().still_there().filter(version=version)
    if isinstance(by, Actor) and by.kind == LINK and by.id.startswith(GUEST):
        found = rows.filter(pk=int(by.id.removeprefix(GUEST))).first()
    elif (person := reach_of(by).person_id) is not None:
        found = rows.filter(person_id=person).first()
    else:
        found = None
    if found is not None:
        found.version = version
    return found


def may_read(by, version: Version) -> Verdict:
    """Whether somebody may read a draft with its comments: drafters, those consulted, the office."""
    if may_draft(by, version.document) or version.document.partnership_id in reach_of(by).whole:
        return YES
    consultee = consultee_of(by, version)
    if consultee is None:
        return no("You were not asked to comment on this draft.")
    return YES if consultee.is_open else no("This consultation is closed.")


def may_comment(by, version: Version) -> Verdict:
    """Whether somebody may comment on a draft now: those consulted while it is open, and drafters."""
    if not version.is_editable:
        return no(f"{version} is {version.get_state_display().lower()}: nobody comments on it now.")
    if may_draft(by, version.document):
        return YES
    return may_respond(by, version)


def may_respond(by, version: Version) -> Verdict:
    """Whether somebody may say what they think of the whole draft: those consulted, while it is open."""
    consultee = consultee_of(by, version)
    if consultee is None:
        return no("You were not asked to comment on this draft.")
    return YES if consultee.is_open else no("This consultation is closed.")


def may_settle(by, version: Version) -> Verdict:
    """Whether somebody may answer and close comments: who may write in the draft, while it is one."""
    verdict = may_draft(by, version.document)
    if verdict and not version.is_editable:
        return no(
            f"{version} is {version.get_state_display().lower()}: its comments stay as they are."
        )
    return verdict


def may_consult(by, version: Version) -> Verdict:
    """Whether somebody may say who is consulted, and who of another body writes: who keeps the entry."""
    verdict = may_edit(by, version.document)
    if verdict and not version.is_editable:
        return no(f"{version} is {version.get_state_display().lower()}: it is not a draft.")
    return verdict


def may_remind(by, version: Version) -> Verdict:
    """Whether somebody may ask again those who have not responded: only while it is open."""
    verdict = may_consult(by, version)
    if verdict and version.state != State.CONSULTATION:
        return no("The draft is not open for consultation.")
    return verdict


def as_editor(by, document: Document) -> Verdict | None:
    """What stands of somebody as a named editor of a document's draft; None of who never was one."""
    person = reach_of(by).person_id
    if person is None:
        return None
    rows_of = Editor.objects.filter(version__document=document, person_id=person)
    rows = list(rows_of.select_related("version").order_by("-pk"))
    if not rows:
        return None
    if any(row.revoked_at is None and _is_draft(row.version) for row in rows):
        if rows_of.open().still_there().exists():
            return YES
        return no(
            f"You write in this draft for {rows[0].organisation_name}, and hold no post there now."
        )
    if rows[0].revoked_at:
        return no("Your right to write in this draft was taken back. Ask its lead body.")
    return no("The draft that you helped to write is no draft any more.")


def _is_draft(version: Version) -> bool:
    return version.frozen_at is None and version.state in EDITABLE
