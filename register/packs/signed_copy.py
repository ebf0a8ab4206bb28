"""The signed copy of an entry that governs today: its sealed PDF, or the file that is its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.urls import reverse

from register.core.dates import words
from register.documents.models import Document, StoredFile, TextKind, Version
from register.evidence.models import Seal

PDF = "application/pdf"


@dataclass(frozen=True)
class SignedCopy:
    """The stored bytes of a signed copy: the file, its name, since when, and its own fixed address."""

    version: Version
    file: StoredFile
    name: str
    since: datetime
    address: str


def signed_copy(document: Document) -> SignedCopy | None:
    """The signed copy of the version in force or under review; None where there is none to give."""
    version = document.versions.governing().select_related("governing_file").first()
    if version is None:
        return None
    version.document = document
    seal = Seal.objects.filter(version=version).select_related("file").first()
    if seal is not None:
        return None if _is_away(seal) else _sealed(version, seal)
    file = version.governing_file
    if version.text_kind == TextKind.FILE and file is not None and file.media_type == PDF:
        name = name_of_copy(version, "text")
        address = reverse("documents:governing_file", args=[document.reference, version.number])
        return SignedCopy(version, file, name, file.stored_at, address)
    return None


def name_of_copy(version: Version, kind: str = "signed") -> str:
    """ "WY-A-0003-v2-in-force-signed-2026-11-21.pdf": with the day from which it is in force.

    "signed" keeps it apart from a print of the same version that was made on that day.
    """
    day = f"-{version.in_force_on.isoformat()}" if version.in_force_on else ""
    state = version.state.replace("_", "-")
    return f"{version.document.reference}-v{version.number}-{state}-{kind}{day}.pdf"


def why_none(document: Document) -> str:
    """Why an entry has no signed copy to give today, in a sentence."""
    governing = document.versions.governing().first()
    if governing is None:
        return _not_in_force(document)
    seal = Seal.objects.filter(version=governing).first()
    if seal is not None and seal.taken_away_at is None:
        return (
            f"The stored file of the signed copy of {document.reference} was not found. Tell the "
            "administrator; the text can be printed from the page of the entry."
        )
    if seal is not None:
        return f"The signed copy of {document.reference} was taken away, because text of it was redacted."
    if governing.frozen_at is None:
        return (
            f"{document.reference} was taken over from an earlier register, and no signed file is its "
            "text. What was attached to the entry stands on its page."
        )
    return (
        f"The signed copy of {document.reference} is not made yet. Look again in a few minutes, or "
        "print the entry from its page."
    )


def _not_in_force(document: Document) -> str:
    ended = (
        document.versions.not_drafts().filter(ended_on__isnull=False).order_by("-number").first()
    )
    if ended is not None:
        return f"{document.reference} has no version in force: it ended on {words(ended.ended_on)}."
    return f"{document.reference} has no version in force yet, so it has no signed copy."


def _is_away(seal: Seal) -> bool:
    return seal.taken_away_at is not None or not default_storage.exists(seal.file.path)


def _sealed(version: Version, seal: Seal) -> SignedCopy:
    address = reverse("evidence:sealed", args=[version.document.reference, version.number])
    return SignedCopy(version, seal.file, name_of_copy(version), seal.sealed_at, address)
