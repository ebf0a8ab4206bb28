"""Groups of parties: bodies join by their joining form and leave, without a new version."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError

from agreements.flows.models import GroupMember, PartyGroup
from register.core.conflicts import expect
from register.core.dates import today, words
from register.core.verdicts import require
from register.directory.models import Organisation
from register.documents import files
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_document
from register.ledger.acts import act


def join_group(
    *, by, document: Document, group: UUID, organisation: Organisation, form_signatory: str,
    starts_on: date | None = None, form_post: str = "", content: bytes = b"", name: str = "",
) -> GroupMember:  # fmt: skip
    """Record that a body joined a group of an agreement by its joining form, from a day (today).

    `content` are the bytes of the scanned form. Raises ValidationError where the body belongs to
    the group already or cannot be bound.
    """
    with act(by=by, verb="group.joined", subject=document):
        document = lock_document(document)
        require(may_edit(by, document))
        body = organisation.surviving
        _check_joining(document, group, body, form_signatory)
        _check_apart(document, group, body, starts_on or today())
        member = GroupMember(
            document=document,
            group=group,
            organisation=body,
            form_signatory=" ".join(form_signatory.split()),
            form_post=form_post,
            starts_on=starts_on or today(),
        )
        if content:
            member.form, member.form_name = files.store(content, name), files.safe_name(name)
        member.full_clean()
        member.save()
        keep_up([document.pk])
    return member


def leave_group(*, by, member: GroupMember, row_version: int, on: date, reason: str) -> GroupMember:
    """Record a body's last day in a group, with the reason; its joining form stays."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why the body leaves the group."})
    with act(by=by, verb="group.left", subject=member.document, reason=reason):
        document = lock_document(member.document)
        require(may_edit(by, document))
        row = GroupMember.objects.select_for_update().get(pk=member.pk)
        expect(row, row_version)
        row.ends_on = on
        row.row_version += 1
        row.full_clean()
        row.save()
        keep_up([document.pk])
    return row


def _check_joining(
    document: Document, group: UUID, body: Organisation, form_signatory: str
) -> None:
    known = PartyGroup.objects.filter(version__document=document, lineage=group)
    if not known.exists():
        raise ValidationError({"group": "The agreement has no such group."})
    if not body.may_hold_slot:
        raise ValidationError(
            {"organisation": f"{body} is no legal person: name the body that it belongs to."}
        )
    if not form_signatory.strip():
        raise ValidationError({"form_signatory": "Enter who signed the joining form."})


def _check_apart(document: Document, group: UUID, body: Organisation, starts_on: date) -> None:
    rows = GroupMember.objects.filter(document=document, group=group, organisation=body)
    held = rows.filter(ends_on__gte=starts_on).order_by("-ends_on").first()
    if held is not None:
        last = words(held.ends_on)
        raise ValidationError(
            {"starts_on": f"{body} belongs to the group until {last}. Enter a later day."}
        )
