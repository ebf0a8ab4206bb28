"""What a PDF is that somebody brought: one of four phrases, with why, and how its text stands today."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from register.core.dates import LONDON, now, words
from register.evidence.bounded import Busy, read_bounded
from register.evidence.certificates import marks_of, trusted
from register.evidence.found import Ours, Read
from register.evidence.models import Seal
from register.evidence.phrases import MEANINGS, Phrase
from register.evidence.public import Standing, standing_of

log = logging.getLogger(__name__)

APPENDED = "Something was added to it after it was sealed."
ALTERED = "Its bytes are not those that were sealed."
NOT_KNOWN = "Its seal is whole, but the register keeps no such file."
TAKEN_AWAY = (
    "The register no longer keeps this file, because text of it was redacted: "
    "do not pass this copy on."
)
DEMONSTRATION = "The key was made for a demonstration: its seal proves nothing."
NO_PDF = "It is not a PDF. The register seals PDFs only."
EMPTY = "The file is empty."


@dataclass(frozen=True)
class Answer:
    """A phrase about a file, the sentence that says why, the file's SHA-256, and how its text stands."""

    phrase: Phrase
    sentence: str
    sha256: str
    seal: Seal | None = None
    standing: Standing | None = None

    def as_answer(self) -> dict:
        """The same for programs; of what is not public no more than the page says."""
        told: dict[str, object] = {
            "verdict": str(self.phrase),
            "code": self.phrase.code,
            "sentence": self.sentence,
            "sha256": self.sha256,
        }
        if self.seal is not None:
            told["sealed_at"] = self.seal.sealed_at.isoformat()
            told["is_demonstration"] = self.seal.is_demonstration
        if self.standing is not None:
            told |= self.standing.facts | {"standing": self.standing.sentence}
        return told


def answer_about(chunks: Iterable[bytes], *, user=None) -> Answer:
    """What a file is, given as its bytes piece by piece. Raises Busy where too many are read at once."""
    folder = Path(settings.DATA_DIR) / "verify"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="file-", dir=folder) as place:
        path = Path(place) / "file.pdf"
        digest = _write(chunks, path)
        return _judge(path, digest, user)


def _write(chunks: Iterable[bytes], path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _judge(path: Path, sha256: str, user) -> Answer:
    seals = Seal.objects.select_related("version__document", "certificate")
    seal = seals.filter(file_id=sha256).first()
    if seal is not None:
        return _kept(path, seal, user)
    ours = trusted(now())
    content = path.read_bytes()
    is_marked = _has_mark(content, ours)
    if not is_marked and (why := _why_unsealed(content)):
        return Answer(Phrase.UNSEALED, why, sha256)
    del content
    return _read(path, ours, sha256, is_marked)


def _read(path: Path, ours: Ours, sha256: str, is_marked: bool) -> Answer:
    found = read_bounded(path, ours)
    if is_marked or any(each.is_ours for each in found.seals):
        return Answer(Phrase.CHANGED, _how_changed(found), sha256)
    if found.seals or found.problem:
        return Answer(Phrase.ANOTHER, MEANINGS[Phrase.ANOTHER], sha256)
    return Answer(Phrase.UNSEALED, MEANINGS[Phrase.UNSEALED], sha256)


def _kept(path: Path, seal: Seal, user) -> Answer:
    """Of bytes that the register knows: the seal itself must hold as well, as of the day it was made."""
    found = read_bounded(path, trusted(seal.sealed_at))
    if not found.is_untouched:
        log.error("The bytes of seal %s are known, but the seal was not found sound.", seal.pk)
        raise Busy
    said = [
        f"Sealed on {words(seal.sealed_at.astimezone(LONDON).date())}.",
        MEANINGS[Phrase.UNTOUCHED],
    ]
    if seal.is_demonstration:
        said.append(DEMONSTRATION)
    if seal.taken_away_at:
        said.append(TAKEN_AWAY)
    standing = standing_of(seal.version, user=user)
    return Answer(Phrase.UNTOUCHED, " ".join(said), seal.sha256, seal, standing)


def _why_unsealed(content: bytes) -> str:
    if not content:
        return EMPTY
    if b"%PDF-" not in content[:1024]:
        return NO_PDF
    # Every signature names the bytes that it covers, so that a file without one need not be read.
    return "" if b"/ByteRange" in content else MEANINGS[Phrase.UNSEALED]


def _has_mark(content: bytes, ours: Ours) -> bool:
    small = content.lower()
    return any(mark in small for mark in marks_of(ours))


def _how_changed(found: Read) -> str:
    own = [each for each in found.seals if each.is_ours]
    if any(each.is_sound for each in own) and len(found.seals) == 1:
        return NOT_KNOWN
    if any(each.is_intact and not each.is_whole_file for each in own):
        return APPENDED
    return ALTERED
