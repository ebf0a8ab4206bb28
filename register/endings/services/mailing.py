"""The messages that ask for a proof; the address in them is made when they are sent."""

from __future__ import annotations

from django.template.loader import render_to_string

from register.directory.contact_points import ContactPoint
from register.directory.models import Person
from register.endings.models import Proof
from register.endings.services.links import KIND
from register.notices.models import Notice
from register.notices.secrets import MARK
from register.notices.services import write


def ask(proof: Proof, point: ContactPoint, *, key: str, is_reminder: bool) -> Notice | None:
    """Ask a party what became of the information that it held; None where the key was used before."""
    words = {
        "proof": proof,
        "name": point.name,
        "body": proof.organisation,
        "version": proof.ending.version,
        "document": proof.ending.document,
        "is_reminder": is_reminder,
        "address": MARK,
        **_asker(proof),
    }
    return write(
        to=point.email,
        subject=render_to_string("emails/proof_asked.subject.txt", words),
        text=render_to_string("emails/proof_asked.txt", words),
        html=render_to_string("emails/proof_asked.html", words),
        key=key,
        about=proof.ending.document.reference,
        secret_kind=KIND,
        secret_for=proof.pk,
        reply_to=words["asker_email"],
    )


def was_asked(proof: Proof) -> bool:
    """Whether any message about a proof was written: not of an entry that was held back until now."""
    return Notice.objects.filter(key__startswith=f"proof:{proof.pk}:").exists()


def _asker(proof: Proof) -> dict:
    document = proof.ending.document
    place, owner = document.partnership, document.owner
    asker: Person | None = owner
    contact = getattr(asker, "contact", None)
    return {
        "lead": document.lead,
        "asker": asker.name if asker else place.office_name or "The partnership office",
        "asker_email": (contact.email if contact else "") or place.office_email,
        "asker_phone": (contact.phone if contact else "") or place.office_phone,
    }
