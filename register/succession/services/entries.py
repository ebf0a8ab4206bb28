"""What a succession means in one entry: signatures carry over or are asked afresh, a lead, a group."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max

from agreements.flows.models import GroupMember
from register.core import ripple
from register.core.dates import now, today, words
from register.core.ripple import Cause
from register.directory.models import Organisation
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Provenance, Version
from register.documents.ripples import touches_of
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_document, lock_version
from register.documents.services.moving import commence_if_met
from register.ledger.acts import act
from register.reviews.events import Event
from register.reviews.services import open_review
from register.signing import emails
from register.signing.causes import signature_ends
from register.signing.models import COUNTS_AS_SIGNED, Method, Signature, SignatureKind, Slot
from register.signing.services.asking import ask_due
from register.signing.services.closing import close_requests
from register.signing.services.rows import goes_first_to_officer, request_for
from register.succession.models import Outcome, Succession, Takeover
from register.succession.naming import LIVING, records_under
from register.succession.services.bodies import SYSTEM
from register.succession.services.drafts import post_of, rewrite, void

# Of several things that came of a body's part in one entry, the first of these is said of it.
FIRST = (Outcome.ASKED, Outcome.CARRIED, Outcome.ITSELF, Outcome.NAMED, Outcome.NOTHING)


def follow(pk: int) -> bool:
    """Let one entry follow a succession, in one act; what was followed already is left alone."""
    takeover = Takeover.objects.select_related("succession", "document").get(pk=pk)
    succession = takeover.succession
    closes = takeover.successor_id is None
    verb = "document.party_closed" if closes else "document.succeeded"
    with act(by=SYSTEM, verb=verb, subject=takeover.document, reason=succession.by_law) as this:
        document = lock_document(takeover.document)
        takeover = _locked(takeover)
        if takeover.done_at:
            this.quiet = True
            return False
        this.detail |= {"body": takeover.body.legal_name, "from": words(succession.on)}
        versions = _versions(document)
        if takeover.successor is None:
            outcome = _close(succession, takeover.body, document, versions)
        else:
            this.detail["successor"] = takeover.successor.legal_name
            outcome = _succeed(takeover, document, versions)
        takeover.outcome, takeover.done_at = outcome, now()
        takeover.row_version += 1
        takeover.save()
        keep_up([document.pk])
        for version in versions:
            commence_if_met(version, by=SYSTEM)
    return True


def _succeed(takeover: Takeover, document: Document, versions: list[Version]) -> Outcome:
    succession, successor = takeover.succession, takeover.successor.surviving
    records = records_under(takeover.body_id)
    if successor.pk == takeover.body_id:
        return Outcome.NOTHING
    found = {Outcome.NOTHING}
    for version in versions:
        if version.is_editable and not version.is_admitted:
            found |= {Outcome.NAMED} if rewrite(version, records, successor) else set()
        else:
            found |= _follow_slots(succession, version, records, successor)
    _groups(succession, document, records, successor)
    if document.lead_id in records:
        document.lead = successor
        document.row_version += 1
        document.save()
        found.add(Outcome.NAMED)
    outcome = next(each for each in FIRST if each in found)
    if outcome == Outcome.ASKED:
        _tell_unasked(succession, document, versions, successor)
    return outcome


def _follow_slots(
    succession: Succession, version: Version, records: set[int], successor: Organisation
) -> set[Outcome]:
    standing = version.slots.standing().with_last().select_related("organisation", "post")
    mine = list(standing.filter(organisation_id__in=records))
    has_own = standing.filter(organisation=successor).exists()
    found: set[Outcome] = set()
    for slot in mine:
        void(slot, f"{successor} takes the place of {slot.organisation} by {succession.by_law}.")
        close_requests(slot.requests.open(), "cancelled", slot.void_reason)
        if has_own:
            found.add(Outcome.ITSELF)
            continue
        found.add(_place(succession, version, slot, successor))
    ask_due(version)
    if mine:
        return found
    return (
        {Outcome.NAMED} if version.party_rows.filter(organisation__in=records).exists() else set()
    )


def _place(succession: Succession, version: Version, old: Slot, successor: Organisation) -> Outcome:
    """A place to sign for the successor, signed where the order carries the signature over."""
    last = version.slots.aggregate(last=Max("position"))["last"] or 0
    post = post_of(successor, old)
    if version.slots.standing().filter(organisation=successor, post=post).exists():
        post = None
    carries = succession.by_transfer_order
    new = Slot(
        version=version,
        organisation=successor,
        post=post,
        post_words="" if post else old.post_called[:200],
        is_required=old.is_required,
        step=old.step,
        is_accession=version.state in GOVERNING,
        old_register_words=old.old_register_words if carries else "",
        old_register_on=old.old_register_on if carries else None,
        position=last + 1,
    )
    new.save()
    if carries and getattr(old, "last_kind", None) in COUNTS_AS_SIGNED:
        _carry(succession, new, old)
        return Outcome.CARRIED
    if carries and old.old_register_words:
        return Outcome.CARRIED
    _ask(new)
    return Outcome.ASKED


def _carry(succession: Succession, new: Slot, old: Slot) -> None:
    """The signature of the body before stands for the successor, by the order."""
    signed = old.newest_row
    with act(by=SYSTEM, verb="version.signature_carried_over", subject=new):
        Signature(
            slot=new, kind=SignatureKind.CARRIED_OVER, person=signed.person,
            person_name=signed.person_name, post_title=signed.post_title,
            body_name=new.organisation.legal_name, capacity=signed.capacity,
            on_behalf_of=signed.body_name[:200], method=Method.CARRIED,
            strength=f"signature of {signed.body_name}"[:80], signed_on=signed.signed_on,
            recorded_at=now(), body_sha256=new.version.body_sha256,
            reason=f"By {succession.by_law}, from {words(succession.on)}.",
        ).save()  # fmt: skip


def _ask(slot: Slot) -> None:
    """Ask whoever holds the successor's post today, where the text can be signed online."""
    version = slot.version
    document = version.document
    unreleased = document.provenance == Provenance.IMPORTED and document.released_at is None
    if version.frozen_at is None or unreleased or slot.post is None:
        return
    for row in slot.post.holders(today())[:1]:
        request = request_for(slot, row.person, goes_first_to_officer(slot))
        request.save()
        if request.held_for_body:
            emails.to_release(request)


def _tell_unasked(
    succession: Succession, document: Document, versions: list[Version], successor: Organisation
) -> None:
    """Open a task where a fresh signature is needed and nobody could be asked for it."""
    waiting = [
        slot
        for version in versions
        for slot in version.slots.open().filter(organisation=successor)
        if not slot.requests.open().exists()
    ]
    if not waiting or not document.is_confirmed:
        return
    says = f"{successor} takes the place of another body by {succession.by_law}."
    cause = Cause("succession", f"succession:{succession.pk}", says, successor.pk, document.pk)
    why = (
        f"Nobody could be asked to sign for {successor} yet: appoint somebody to its post and ask "
        "them, record its signature on paper, or revise the entry."
    )
    ripple.happened(
        cause, by=SYSTEM, touches=touches_of(Document.objects.filter(pk=document.pk), why)
    )


def _groups(
    succession: Succession, document: Document, records: set[int], successor: Organisation | None
) -> None:
    """Members of groups: by a transfer order the joining form holds on, else the time in it ends."""
    rows = GroupMember.objects.select_for_update(of=("self",)).filter(document=document)
    open_ = [row for row in rows if row.ends_on is None or row.ends_on >= succession.on]
    inside = {row.group for row in open_ if successor and row.organisation_id == successor.pk}
    for row in open_:
        if row.organisation_id not in records:
            continue
        row.ends_on = max(succession.on - timedelta(days=1), row.starts_on or date.min)
        row.row_version += 1
        row.save()
        if successor and succession.by_transfer_order and row.group not in inside:
            inside.add(row.group)
            GroupMember(
                document=document, group=row.group, organisation=successor,
                form_signatory=row.form_signatory, form_post=row.form_post, form=row.form,
                form_name=row.form_name, starts_on=max(succession.on, row.ends_on + timedelta(days=1)),
            ).save()  # fmt: skip


def _close(
    succession: Succession, body: Organisation, document: Document, versions: list[Version]
) -> Outcome:
    records = records_under(body.pk)
    _groups(succession, document, records, None)
    why = f"{body} closed on {words(succession.on - timedelta(days=1))}."
    for version in versions:
        if version.state == State.SIGNING:
            for slot in version.slots.open().filter(organisation_id__in=records):
                void(slot, why)
                close_requests(slot.requests.open(), "cancelled", why)
        for slot in version.slots.signed().standing().filter(organisation_id__in=records):
            slot.version = version
            for cause in signature_ends(slot):
                ripple.happened(cause, by=SYSTEM)
    governing = next((version for version in versions if version.is_governing), None)
    if governing is None or not document.is_confirmed:
        return Outcome.NOTHING
    open_review(
        by=SYSTEM, document=document, because=why, event=Event.PARTY_LEFT,
        cause_key=f"succession:{succession.pk}:{body.pk}",
    )  # fmt: skip
    return Outcome.REVIEW


def _versions(document: Document) -> list[Version]:
    rows = Version.objects.filter(document=document, state__in=LIVING).order_by("number")
    versions = []
    for row in rows:
        row.document = document
        versions.append(lock_version(row))
    return versions


def _locked(takeover: Takeover) -> Takeover:
    rows = Takeover.objects.select_for_update(of=("self",))
    return rows.select_related("succession", "body", "successor").get(pk=takeover.pk)
