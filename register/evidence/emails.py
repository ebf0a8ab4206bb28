"""The weekly message to auditors: the newest digest of the ledger, to be kept outside the register."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from register.directory.models import Partnership, Person
from register.evidence.ledger_head import NewestDigest
from register.notices.models import Notice
from register.notices.services import write


def digest_mail(
    person: Person, to: str, partnership: Partnership | None, digest: NewestDigest, *, key: str
) -> Notice | None:
    """Write the newest digest to an auditor of a partnership; None where it was said before."""
    words = {
        "person": person,
        "partnership": partnership,
        "digest": digest,
        "address": f"{settings.BASE_URL}/verify/",
    }
    return write(
        to=to,
        subject=render_to_string("emails/ledger_digest.subject.txt", words),
        text=render_to_string("emails/ledger_digest.txt", words),
        html=render_to_string("emails/ledger_digest.html", words),
        key=key,
    )
