"""The right to write in a draft, given to a named person of another body and taken back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import reverse

from register.consultation.choosing import others_for
from register.consultation.models import Editor
from register.consultation.permissions import may_consult
from register.consultation.services import links, mailing
from register.core.dates import now
from register.core.verdicts import require
from register.documents.models import Version
from register.documents.permissions import may_edit
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import lock_version
from register.ledger.acts import act


def give(*, by, version: Version, person: int) -> Editor:
    """Let a named person of another body that the draft names write in it.

    `person` is the key of somebody who is appointed there and can sign in. Raises ValidationError.
    """
    with act(by=by, verb="editor.given", subject=version):
        version = lock_version(version)
        require(may_consult(by, version))
        offered = {choice.person_id: choice for choice in others_for(version)}
        if (choice := offered.get(person)) is None:
            raise ValidationError({"person": "Choose somebody from the list."})
        editor = Editor(
            version=version, person_id=person, organisation_id=choice.organisation_id,
            organisation_name=choice.organisation_name, given_at=now(),
        )  # fmt: skip
        if editor.person.user_id is None:
            raise ValidationError(
                {"person": f"{choice.name} has no account. An administrator invites them first."}
            )
        editor.validate_constraints()
        editor.save()
        address = reverse("documents:draft", args=[version.document.reference])
        mailing.made_editor(editor, by=by, address=links.address_of(address))
        keep_up([version.document_id])
    return editor


def revoke(*, by, editor: Editor) -> Editor:
    """Take the right to write back; what was written stays."""
    with act(by=by, verb="editor.revoked", subject=editor):
        version = lock_version(editor.version)
        require(may_edit(by, version.document))
        editor = Editor.objects.select_for_update(of=("self",)).get(pk=editor.pk)
        editor.version = version
        if editor.revoked_at is None:
            editor.revoked_at = now()
            editor.row_version += 1
            editor.save()
            keep_up([version.document_id])
    return editor
