"""Checks everything that is stored as evidence, and names each thing that does not agree.

Texts against their hashes, signatures against the texts and statements that they are for, every stored
file against its name, every sealed PDF by its bytes and its seal, and the whole ledger. It reads a few
rows at a time, however much is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from django.core.files.storage import default_storage

from register.core.dates import LONDON, words
from register.documents.models import StoredFile, Version, VersionBody
from register.evidence.certificates import trusted
from register.evidence.models import Seal
from register.evidence.reading import read
from register.ledger import redacted
from register.ledger.models import Entry, Redaction
from register.ledger.rows import Tampered
from register.ledger.verify import verify
from register.signing.models import Signature

Progress = Callable[[str], None]
BODIES, ROWS, TELL_EVERY = 20, 500, 1_000


@dataclass
class Checked:
    """What was counted, what does not agree, and what was passed because it was redacted."""

    texts: int = 0
    signatures: int = 0
    files: int = 0
    seals: int = 0
    ledger: str = ""
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = (
            (self.texts, "text"),
            (self.signatures, "signature"),
            (self.files, "stored file"),
            (self.seals, "sealed PDF"),
        )
        said = [f"{count:,} {what}{'' if count == 1 else 's'}" for count, what in counts]
        return f"Checked: {', '.join(said)}. {self.ledger}".strip()


def verify_evidence(*, head: str = "", progress: Progress | None = None) -> Checked:
    """Check all that is stored; every disagreement is in `wrong`, as a sentence.

    `head` is a digest of the ledger noted earlier, which the chain must still contain.
    """
    tell = progress or (lambda line: None)
    checked = Checked()
    _texts(checked, tell)
    _signatures(checked, tell)
    _files(checked, tell)
    _seals(checked, tell)
    _ledger(checked, head, tell)
    return checked


def _texts(checked: Checked, tell: Progress) -> None:
    rows = VersionBody.objects.select_related("version__document").order_by("pk")
    for row in rows.iterator(BODIES):
        checked.texts += 1
        _told(tell, checked.texts, "texts")
        checked.wrong += _wrong_with_text(row)
        if row.redacted_sha256 and (note := _redaction_note(row)):
            checked.notes.append(note)
    bare = Version.objects.filter(frozen_at__isnull=False, body__isnull=True)
    for version in bare.select_related("document").iterator(ROWS):
        checked.wrong.append(f"The stored text of {version} is gone.")


def _wrong_with_text(row: VersionBody) -> Iterator[str]:
    found = hashlib.sha256(bytes(row.content)).hexdigest()
    if found != (row.redacted_sha256 or row.sha256):
        yield f"The stored text of {row.version} was altered: its SHA-256 is {found}."
    if row.sha256 != row.version.body_sha256:
        yield f"The stored text of {row.version} is not the one whose hash was signed."
    if row.redacted_sha256 and not _redaction_note(row):
        yield f"The stored text of {row.version} was altered, and by no redaction."


def _redaction_note(row: VersionBody) -> str:
    """ "The text of … was redacted on … because …"; nothing where no act of redaction tells of it."""
    acts = Entry.objects.filter(verb=redacted.VERB, detail__contains=row.redacted_sha256)
    act = acts.order_by("number").first()
    if act is None:
        return ""
    day = words(act.at.astimezone(LONDON).date())
    return f"The text of {row.version} was redacted on {day} because {act.reason}"


def _signatures(checked: Checked, tell: Progress) -> None:
    rows = Signature.objects.select_related("slot__version__document").order_by("pk")
    for row in rows.iterator(ROWS):
        checked.signatures += 1
        _told(tell, checked.signatures, "signatures")
        named = f"Signature {row.pk}, {row}, in {row.slot.version},"
        if row.body_sha256 != row.slot.version.body_sha256 and not _is_before_freezing(row):
            checked.wrong.append(f"{named} is for another text than that of its version.")
        if row.statement_sha256 and row.statement_sha256 != _digest(row.statement.encode()):
            if note := _redacted_row(row):
                checked.notes.append(f"{named} {note}")
            else:
                checked.wrong.append(f"{named} has a statement that does not match its hash.")


def _is_before_freezing(row: Signature) -> bool:
    # What came in by import may be signed before its first revision freezes it.
    return not row.body_sha256 and row.slot.version.is_admitted


def _redacted_row(row: Signature) -> str:
    found = Redaction.objects.filter(model=row._meta.label_lower, row_pk=str(row.pk)).first()
    if found is None:
        return ""
    day = words(found.at.astimezone(LONDON).date())
    return f"was redacted on {day} because {found.reason}"


def _files(checked: Checked, tell: Progress) -> None:
    for file in StoredFile.objects.order_by("pk").iterator(ROWS):
        checked.files += 1
        _told(tell, checked.files, "stored files")
        if not default_storage.exists(file.path):
            notes = [_taken_away(seal) for seal in _gone(file)] or _disposed_of(file)
            checked.notes += notes
            if not notes:
                checked.wrong.append(f"The bytes of {_named(file)} are gone.")
            continue
        if (found := _sha256_of(file)) != file.sha256:
            checked.wrong.append(f"The bytes of {_named(file)} were altered: SHA-256 {found}.")


def _gone(file: StoredFile) -> list[Seal]:
    seals = file.seals.filter(taken_away_at__isnull=False)
    return list(seals.select_related("version__document"))


def _disposed_of(file: StoredFile) -> list[str]:
    """ "The stored file … was disposed of with … because …", where an act of disposal tells of it."""
    acts = Entry.objects.filter(verb=redacted.VERB, detail__contains=file.sha256)
    return [
        f"The stored file {file.sha256} was disposed of with {act.subject_label} on "
        f"{words(act.at.astimezone(LONDON).date())} because {act.reason}"
        for act in acts.order_by("number")[:1]
    ]


def _taken_away(seal: Seal) -> str:
    day = words(seal.taken_away_at.astimezone(LONDON).date()) if seal.taken_away_at else ""
    return f"The sealed PDF of {seal.version} was taken away on {day}: {seal.taken_away_because}"


def _named(file: StoredFile) -> str:
    """The file with what it is for, as far as anything names it."""
    for seal in file.seals.select_related("version__document"):
        return f"the sealed PDF of {seal.version}"
    for version in file.governs.select_related("document"):
        return f"the governing file of {version}, {version.governing_file_name}"
    for attachment in file.attachments.all():
        return f"the attached file {attachment.name}"
    for row in file.scans.select_related("slot__version__document"):
        return f"the scan {row.scan_name} of a signature in {row.slot.version}"
    return f"the stored file {file.sha256}"


def _sha256_of(file: StoredFile) -> str:
    digest = hashlib.sha256()
    with default_storage.open(file.path) as opened:
        for piece in opened.chunks():
            digest.update(piece)
    return digest.hexdigest()


def _seals(checked: Checked, tell: Progress) -> None:
    rows = Seal.objects.filter(taken_away_at__isnull=True).order_by("pk")
    rows = rows.select_related("file", "version__document", "version__body")
    for seal in rows.iterator(BODIES):
        checked.seals += 1
        _told(tell, checked.seals, "sealed PDFs")
        body = getattr(seal.version, "body", None)
        # A text that is gone has been named already.
        if body and seal.body_sha256 != (body.redacted_sha256 or body.sha256):
            checked.wrong.append(f"The sealed PDF of {seal.version} was made from another text.")
        # Altered bytes have been named as a stored file, and are nothing for a PDF library.
        if default_storage.exists(seal.file.path) and _sha256_of(seal.file) == seal.sha256:
            checked.wrong += _wrong_with_seal(seal)


def _wrong_with_seal(seal: Seal) -> Iterator[str]:
    with default_storage.open(seal.file.path) as opened:
        found = read(BytesIO(opened.read()), trusted(seal.sealed_at))
    if not found.is_untouched:
        yield f"The seal in the sealed PDF of {seal.version} does not hold."


def _ledger(checked: Checked, head: str, tell: Progress) -> None:
    tell("the ledger")
    try:
        report = verify(head=head, progress=tell)
    except Tampered as found:
        checked.wrong.append(f"The ledger: {found}")
    else:
        checked.ledger = f"The ledger: {report}"
        checked.notes += report.notes


def _told(tell: Progress, count: int, what: str) -> None:
    if count % TELL_EVERY == 0:
        tell(f"{count} {what}")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
