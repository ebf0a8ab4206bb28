"""Signed files of an old register: taken in, matched, chosen by hand, and attached once each."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from register.core.dates import now
from register.core.verdicts import require
from register.directory.models import Partnership
from register.documents import files as accepted
from register.documents.files import DOC, DOCX, ODT, PDF, safe_name
from register.documents.models import Attachment, Document
from register.documents.services.attachments import attach
from register.exchange.files.matching import Match, Shelf, read_shelf
from register.exchange.files.unpacking import Member, count_of, members_of
from register.exchange.limits import Refused
from register.exchange.models import Bundle, BundledFile, BundleState, FileState, Found
from register.exchange.permissions import may_import

SIGNED_COPY = "signed_copy"
SYSTEM = "system:import"
AT_ONCE_FILES = 40  # more are read by the worker
CHUNK_BYTES = 1024 * 1024
MOVED_ON = "These files were confirmed or left out before."
_TEXTS = (PDF, DOCX, DOC, ODT)


def take_in(*, by, partnership: Partnership, path: Path, name: str) -> Bundle:
    """Take a ZIP of signed files, and say to which entry each belongs; many are read by the worker.

    Raises ValidationError with a sentence for a ZIP that is locked, damaged or too large.
    """
    require(may_import(by, partnership))
    try:
        count = count_of(path)
    except Refused as refused:
        raise ValidationError({"file": str(refused)}) from refused
    bundle = _new(by, partnership, safe_name(name))
    bundle.sha256 = _digest(path)
    if not default_storage.exists(bundle.path):
        with path.open("rb") as file:
            default_storage.save(bundle.path, File(file))
    # A short one is read here: no worker takes it up meanwhile.
    bundle.claimed_at = now() if count <= AT_ONCE_FILES else None
    bundle.save()
    if count <= AT_ONCE_FILES:
        read(bundle)
    return bundle


def take_folder(*, by, partnership: Partnership, path: Path) -> Bundle:
    """Take a folder of signed files, or a ZIP, as the command does: read at once, wherever it lies."""
    require(may_import(by, partnership))
    bundle = _new(by, partnership, path.name or str(path))
    try:
        with transaction.atomic():
            bundle.save()
            _read(bundle, path)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused
    return bundle


def read(bundle: Bundle) -> None:
    """Read the files of a ZIP that came in, and match them; done again it begins anew.

    Nothing is kept of one that was read by somebody else, or left out, meanwhile.
    """
    try:
        with tempfile.NamedTemporaryFile(prefix="bundle-") as copy:
            with default_storage.open(bundle.path) as file:
                shutil.copyfileobj(file, copy)
            copy.flush()
            with transaction.atomic():
                _read(bundle, Path(copy.name))
    except Refused as refused:
        Bundle.objects.filter(pk=bundle.pk, state=BundleState.UPLOADED).update(
            state=BundleState.FAILED, failure=str(refused), ended_at=now()
        )
    bundle.refresh_from_db()


def choose(*, by, bundle: Bundle, references: Mapping[int, str], left_out: set[int]) -> int:
    """Say by hand to which entry files belong, by the key of each file; or leave files out.

    What was not matched may still be given its entry when the others are attached. Raises ValidationError by `file-<key>` for a reference that no entry of the partnership has.
    """
    require(may_import(by, bundle.partnership))
    entries = Document.objects.visible_to(by).filter(partnership=bundle.partnership)
    wanted = {reference.strip().upper() for reference in references.values()}
    known = {entry.reference.upper(): entry for entry in entries.filter(reference__in=wanted)}
    wrong = {
        f"file-{pk}": f"There is no entry {reference.strip()}. Enter its reference as the register has it."
        for pk, reference in references.items()
        if reference.strip().upper() not in known
    }
    if wrong:
        raise ValidationError(wrong)
    with transaction.atomic():
        locked = Bundle.objects.select_for_update().get(pk=bundle.pk)
        if not locked.is_open:
            raise ValidationError(MOVED_ON)
        for file in locked.files.filter(pk__in={*references, *left_out}):
            if not file.may_change:
                continue
            if file.pk in left_out:
                file.document, file.found, file.state = None, Found.NOT, FileState.LEFT_OUT
            else:
                file.document = known[references[file.pk].strip().upper()]
                file.found = Found.CHOSEN
                file.state = _state_of(file.document.pk, file.sha256)
            file.save()
    return len({*references, *left_out})


def confirm(*, by, bundle: Bundle, seen: str = "") -> None:
    """Let the matched files be attached; the worker does it. Twice does no more than once.

    `seen` is the mark of the list that the person read. Raises ValidationError where it changed since.
    """
    require(may_import(by, bundle.partnership))
    waits = bundle.files.filter(state=FileState.WAITING).exists()
    if bundle.files_went_on:
        raise ValidationError("The files were deleted: send those that are left in anew.")
    states = [BundleState.FOUND, BundleState.DONE] if waits else [BundleState.FOUND]
    with transaction.atomic():
        # Whoever chooses entries takes turns with whoever confirms.
        locked = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
        if seen and locked.state in states and locked.list_mark != seen:
            raise ValidationError("The list changed since you read it. Read it, and confirm again.")
        _move_on(bundle, BundleState.CONFIRMED, states, requested_by=_user(by), ended_at=None)


def discard(*, by, bundle: Bundle) -> None:
    """Attach none of the files."""
    require(may_import(by, bundle.partnership))
    open_states = [BundleState.UPLOADED, BundleState.FOUND]
    _move_on(bundle, BundleState.DISCARDED, open_states, ended_at=now())


def attach_all(bundle: Bundle) -> int:
    """Attach what was confirmed, from where it stopped; returns how many files were attached now.

    Each file is an act of its own. One that its entry has already is not attached again.
    """
    by, done = bundle.requested_by or SYSTEM, 0
    waiting = bundle.files.filter(state=FileState.WAITING).select_related("document")
    for file in waiting.order_by("pk"):
        done += _attach(by, bundle, file)
        Bundle.objects.filter(pk=bundle.pk).update(claimed_at=now())
    bundle.state, bundle.ended_at = BundleState.DONE, now()
    bundle.save()
    return done


def _new(by, partnership: Partnership, name: str) -> Bundle:
    return Bundle(
        partnership=partnership,
        name=name[-200:],
        requested_by=_user(by),
        requested_at=now(),
    )


def _user(by):
    return by if hasattr(by, "person") else None


def _move_on(bundle: Bundle, state: str, before: Sequence[str], **more) -> None:
    waiting = Bundle.objects.filter(pk=bundle.pk, state__in=before)
    if not waiting.update(state=state, claimed_at=None, **more):
        raise ValidationError(MOVED_ON)
    bundle.refresh_from_db()


def _read(bundle: Bundle, path: Path) -> None:
    rows = [_kept(bundle, member) for member in members_of(path)]
    locked = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if locked.state != BundleState.UPLOADED:
        return
    locked.files.all().delete()
    shelf = read_shelf(bundle.partnership, {row.sha256 for row in rows})
    seen: dict[str, str] = {}
    for row in rows:
        if row.state == FileState.REFUSED:
            continue
        if row.sha256 in seen:
            row.state = FileState.LEFT_OUT
            row.problem = f"The same bytes as {seen[row.sha256]}."[:300]
            continue
        seen[row.sha256] = row.name
        _place(row, shelf.match(row.name, row.sha256), shelf)
    BundledFile.objects.bulk_create(rows, batch_size=500)
    locked.state, locked.claimed_at = BundleState.FOUND, None
    locked.save()
    bundle.state, bundle.claimed_at = locked.state, None


def _kept(bundle: Bundle, member: Member) -> BundledFile:
    """A file of the bundle, its bytes in storage if they are of a kind that entries take."""
    row = BundledFile(bundle=bundle, name=_shown(member.name), state=FileState.REFUSED)
    if member.content is None:
        row.problem = member.problem
        return row
    row.size = len(member.content)
    try:
        if accepted.examine(member.content, member.name) not in _TEXTS:
            raise ValidationError("This is a picture. Signed copies come in as PDF or Word files.")
    except ValidationError as refused:
        row.problem = " ".join(refused.messages)[:300]
        return row
    row.sha256, row.state = hashlib.sha256(member.content).hexdigest(), FileState.UNMATCHED
    if not default_storage.exists(row.path):
        default_storage.save(row.path, ContentFile(member.content))
    return row


def _place(row: BundledFile, match: Match, shelf: Shelf) -> None:
    row.document_id, row.found = match.document, match.found
    row.likely_text = json.dumps(match.likely) if match.likely else ""
    if match.document is not None:
        is_known = shelf.attached.get(row.sha256) == match.document
        row.state = FileState.KNOWN if is_known else FileState.WAITING


def _state_of(document: int, sha256: str) -> str:
    return FileState.KNOWN if _is_attached(document, sha256) else FileState.WAITING


def _is_attached(document: int, sha256: str) -> bool:
    """Whether an entry has the file, or had it until somebody took it off its page."""
    return Attachment.objects.filter(document_id=document, file_id=sha256).exists()


def _attach(by, bundle: Bundle, file: BundledFile) -> bool:
    with transaction.atomic():
        row = BundledFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if row.state != FileState.WAITING or row.document_id is None:
            return False
        # Two bundles with one file take turns at its entry.
        Document.objects.select_for_update(of=("self",)).get(pk=row.document_id)
        if _is_attached(row.document_id, row.sha256):
            row.state = FileState.KNOWN
        else:
            try:
                _attach_one(by, bundle, row)
            except (ValidationError, PermissionDenied) as refused:
                row.state = FileState.REFUSED
                row.problem = " ".join(getattr(refused, "messages", [str(refused)]))[:300]
        row.save()
    return row.state == FileState.ATTACHED


def _attach_one(by, bundle: Bundle, row: BundledFile) -> None:
    with default_storage.open(row.path) as file:
        content = file.read()
    note = f"From the old register, unverified: {row.name}, in {bundle.name}."
    attach(by=by, document=row.document, content=content, name=row.name, kind=SIGNED_COPY,
           note=note[:500])  # fmt: skip
    row.state = FileState.ATTACHED


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(CHUNK_BYTES):
            digest.update(part)
    return digest.hexdigest()


def _shown(name: str) -> str:
    """A name with its folders as it is shown: without controls, and not longer than is kept."""
    folders = [safe_name(part) for part in name.replace("\\", "/").split("/") if part.strip(". ")]
    return "/".join(folders)[-300:] or "file"
