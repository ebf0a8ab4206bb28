"""A bundle of evidence for one version: everything that a stranger needs to check it without the register.

Sealed PDFs, the very bytes of the texts, the signatures, the part of the ledger that tells of them, a
small program that checks all of it, and instructions. No address of a machine, browser or mail is in it.
"""

from __future__ import annotations

import hashlib
import json
import ssl
from collections.abc import Iterable, Iterator
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from register.core.codes import short_code
from register.core.dates import now
from register.documents import files
from register.documents.models import Document, StoredFile, Version
from register.documents.permissions import readable_versions
from register.evidence.ledger_head import newest_digest
from register.evidence.ledger_part import KINDS, SEAL, SIGNATURE, VERSION, digest_lines, ledger_part
from register.evidence.models import CertificateRole, Seal, SealCertificate
from register.evidence.zipping import Part, zipped
from register.ledger.canonical import plain
from register.ledger.models import Entry
from register.ledger.redacted import VERB as REDACTED
from register.printing.layout import file_stem
from register.signing.models import Signature

FORMAT = 1
VERIFIER = Path(__file__).with_name("verifier")
OF_A_SIGNATURE = (
    "id", "kind", "person_name", "post_title", "body_name", "capacity", "on_behalf_of", "statement",
    "statement_sha256", "method", "strength", "signed_on", "recorded_at", "time_zone",
    "body_sha256", "reason_class", "reason",
)  # fmt: skip


class Bundle:
    """The bundle of a frozen version with the earlier ones, as far as a login may read them."""

    def __init__(self, version: Version, *, user) -> None:
        self.at, self.head = now(), newest_digest()
        self.version, document = version, version.document
        readable = list(readable_versions(user, document).select_related("body", "governing_file"))
        frozen = [one for one in readable if one.frozen_at and one.number <= version.number]
        self.versions = sorted(frozen, key=lambda one: one.number)
        signatures = Signature.objects.filter(slot__version__in=self.versions)
        signatures = signatures.select_related("slot").order_by("pk")
        seals = Seal.objects.filter(version__in=self.versions).select_related("file")
        keys = {
            VERSION: [one.pk for one in self.versions],
            SIGNATURE: [one.pk for one in signatures],
            SEAL: [one.pk for one in seals],
        }
        self.part = ledger_part(document, keys, {one.pk for one in readable}, self.head)
        # What was written after the newest entry was looked up is not in this bundle.
        told = {kind: self.part.keys(kind) for kind in KINDS}
        self.signatures = [one for one in signatures if one.pk in told[SIGNATURE]]
        self.seals = {one.version_id: one for one in seals if one.pk in told[SEAL]}
        self.stem = f"{_stem(document, version)}-bundle"
        self.sums: dict[str, str] = {}

    def pieces(self) -> Iterator[bytes]:
        """The ZIP, piece by piece."""
        return zipped(self._parts(), self.at)

    def _parts(self) -> Iterator[Part]:
        yield self._part("README.txt", [self._readme()])
        yield self._part("verify.py", [(VERIFIER / "verify.py").read_bytes()])
        yield self._part("versions.json", [_json({"versions": self._versions()})])
        for version in self.versions:
            yield self._part(_body(version), [bytes(version.body.content)])
            if path := self._governing(version):
                yield self._stored(path, version.governing_file)
            if seal := self._seal(version):
                yield self._stored(seal["path"], self.seals[version.pk].file)
        if certificates := self._certificates():
            yield self._part("sealed/certificates.pem", [certificates])
        yield self._part("signatures.json", [_json({"signatures": self._signatures()})])
        yield self._part("ledger/entries.json", [_json({"entries": self.part.entries})])
        yield self._part("ledger/rows.json", [_json({"rows": self.part.rows})])
        yield self._part("ledger/digests.txt", digest_lines(self.part.first, self.head.number))
        # Last, and not in itself: it names the hash of every other file.
        yield Part(f"{self.stem}/manifest.json", self._manifest())

    def _part(self, path: str, pieces: Iterable[bytes]) -> Part:
        return Part(f"{self.stem}/{path}", self._summed(path, pieces))

    def _stored(self, path: str, file: StoredFile) -> Part:
        return Part(f"{self.stem}/{path}", self._summed(path, _chunks(file)), is_packed=True)

    def _summed(self, path: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            yield piece
        self.sums[path] = digest.hexdigest()

    def _manifest(self) -> Iterator[bytes]:
        yield _json(
            {
                "format": FORMAT,
                "register": settings.BASE_URL,
                "made_at": self.at.astimezone(UTC).isoformat(),
                "reference": self.version.document.reference,
                "version": self.version.number,
                "ledger_head": self.head.as_answer(),
                "files": self.sums,
            }
        )

    def _readme(self) -> bytes:
        words = (VERIFIER / "README.txt").read_text(encoding="utf-8")
        for name, value in {
            "{document}": f"{self.version.document.reference} version {self.version.number}",
            "{title}": self.version.title,
            "{made}": f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
            "{register}": settings.BASE_URL,
            "{entry}": str(self.head.number),
        }.items():
            words = words.replace(name, value)
        return words.encode()

    def _versions(self) -> list[dict]:
        return [
            {
                "id": version.pk,
                "number": version.number,
                "title": version.title,
                "state": version.state,
                "frozen_at": plain(version.frozen_at),
                "in_force_on": plain(version.in_force_on),
                "ended_on": plain(version.ended_on),
                "text_sha256": version.body_sha256,
                "code": short_code(version.body_sha256),
                "body": _body(version),
                "redacted_sha256": version.body.redacted_sha256,
                "redacted_on": _redacted_on(version),
                "governing_file": self._governing(version),
                "seal": self._seal(version),
            }
            for version in self.versions
        ]

    def _governing(self, version: Version) -> str:
        file = version.governing_file
        if file is None or not default_storage.exists(file.path):
            return ""
        return f"governing/v{version.number}-{files.safe_name(version.governing_file_name)}"

    def _seal(self, version: Version) -> dict | None:
        """What is told of the sealed PDF; None where there is none, or it was taken away."""
        seal = self.seals.get(version.pk)
        if seal is None or seal.taken_away_at or not default_storage.exists(seal.file.path):
            return None
        return {
            "id": seal.pk,
            "path": f"sealed/{files.safe_name(seal.name)}",
            "sha256": seal.sha256,
            "sealed_at": plain(seal.sealed_at),
            "kind": seal.kind,
        }

    def _certificates(self) -> bytes:
        if not any(self._seal(version) for version in self.versions):
            return b""
        used = {seal.certificate_id for seal in self.seals.values()}
        rows = SealCertificate.objects.exclude(role=CertificateRole.SEAL)
        rows = rows | SealCertificate.objects.filter(pk__in=used)
        return "".join(ssl.DER_cert_to_PEM_cert(bytes(row.der)) for row in rows).encode()

    def _signatures(self) -> list[dict]:
        numbers = {version.pk: version.number for version in self.versions}
        return [
            {
                "version": numbers[row.slot.version_id],
                **{name: plain(getattr(row, name)) for name in OF_A_SIGNATURE},
            }
            for row in self.signatures
        ]


def _body(version: Version) -> str:
    return f"texts/v{version.number}.json"


def _stem(document: Document, version: Version) -> str:
    return file_stem({"reference": document.reference, "version": version.number})


def _redacted_on(version: Version) -> str:
    digest = version.body.redacted_sha256
    if not digest:
        return ""
    acts = Entry.objects.filter(verb=REDACTED, detail__contains=digest).order_by("number")
    found = acts.values_list("at", flat=True).first()
    return found.date().isoformat() if found else ""


def _chunks(file: StoredFile) -> Iterator[bytes]:
    with default_storage.open(file.path) as opened:
        yield from opened.chunks()


def _json(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
