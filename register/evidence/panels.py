"""What the page of a version says of its sealed PDF: where it is, or why there is none yet."""

from __future__ import annotations

from django.urls import reverse

from register.core.codes import short_code
from register.documents.models import Version
from register.documents.panels import Panel
from register.evidence.keys import why_nothing_is_sealed
from register.evidence.models import Seal, Sealing


def seal_panel(user, version: Version) -> Panel | None:
    """The sealed PDF of a version that came into force; nothing for others, and for imported ones."""
    if version.frozen_at is None or version.in_force_on is None:
        return None
    seal = Seal.objects.select_related("certificate", "version__document").filter(version=version)
    found = seal.first()
    code = short_code(version.body_sha256)
    context = {
        "seal": found,
        "code": code,
        "check": reverse("evidence:code", args=[code]),
        "bundle": reverse("evidence:bundle", args=[version.document.reference, version.number]),
        "why": "" if found else _why_not(version),
    }
    return Panel("Sealed PDF", "evidence/_seal.html", context)


def _why_not(version: Version) -> str:
    if why := why_nothing_is_sealed():
        return why
    work = Sealing.objects.filter(version=version).first()
    if work is None or not work.failure:
        return "It is being made. Look again in a few minutes."
    tries = "once" if work.tries == 1 else f"{work.tries} times"
    return f"It could not be made yet (tried {tries}). {work.failure}"
