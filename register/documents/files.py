"""Files that people attach: checked by what they hold, stored once under the digest of their bytes."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile

import pikepdf
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from register.documents.models.files import StoredFile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
ACCEPTED = {
    PDF: "PDF",
    DOCX: "Word document",
    DOC: "Word document",
    ODT: "OpenDocument text",
    "image/png": "PNG image",
    "image/jpeg": "JPEG image",
}
WORDS = "Choose a PDF, a Word or OpenDocument text, or a PNG or JPEG image."
UNPACKED_LIMIT = 200 * 1024 * 1024


def examine(content: bytes, name: str) -> str:
    """The media type of a file by what it holds, whatever its name says.

    Raises ValidationError with a sentence for anything that is not a sound PDF, text or image.
    """
    if not content:
        raise ValidationError("The file is empty. Choose the file again.")
    if len(content) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise ValidationError(f"The file is larger than {limit} MB. Make it smaller.")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return _examine_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _examine_zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0") and name.lower().endswith(".doc"):
        return _examine_old_word(content)
    return _examine_image(content)


def store(content: bytes, name: str) -> StoredFile:
    """Keep bytes that somebody sent, if they are sound, in storage under their SHA-256."""
    return keep(content, examine(content, name))


def keep(content: bytes, media_type: str) -> StoredFile:
    """Keep bytes in storage under their SHA-256; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    found = StoredFile.objects.filter(pk=digest).first()
    file = found or StoredFile(sha256=digest, size=len(content), media_type=media_type)
    if not _is_there(file):
        default_storage.save(file.path, ContentFile(content))
    if found is None:
        # Somebody else may keep the same bytes at this moment.
        StoredFile.objects.bulk_create([file], ignore_conflicts=True)
    return file


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file; raises ValidationError when they no longer match their digest."""
    with default_storage.open(file.path) as opened:
        content = opened.read()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ValidationError("The stored file does not match its hash. Tell the administrator.")
    return content


def safe_name(name: str) -> str:
    """A file name that is safe to keep and to serve: no folders, controls, direction marks; 150 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    name = re.sub(r'[<>:"|?*\r\n\t]+', " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem[: 150 - len(ending[:10])] or "file"
    return f"{stem}.{ending[:10]}" if ending else stem


def _is_there(file: StoredFile) -> bool:
    """Whether the bytes stand in storage; a piece of them, left by a fault, is cleared away."""
    if not default_storage.exists(file.path):
        return False
    if default_storage.size(file.path) == file.size:
        return True
    default_storage.delete(file.path)
    return False


def _examine_pdf(content: bytes) -> str:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise ValidationError("The PDF is protected by a password. Save it without one.")
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise ValidationError("The PDF is protected by a password. Save it without one.") from error
    except pikepdf.PdfError as error:
        raise ValidationError("The PDF cannot be read: it is damaged or cut off.") from error
    if not pages:
        raise ValidationError("The PDF has no pages.")
    return PDF


def _examine_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            size = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as error:
        raise ValidationError("The file cannot be read: it is damaged or cut off.") from error
    if size > UNPACKED_LIMIT or len(names) > 10_000:
        raise ValidationError("The file unpacks to more than it should. Save it again as PDF.")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise ValidationError("The file holds macros. Save it without macros, or as PDF.")
    if "word/document.xml" in names:
        return DOCX
    if "content.xml" in names and "mimetype" in names:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if parts.read("mimetype").decode("ascii", "replace").strip() == ODT:
                return ODT
    raise ValidationError(WORDS)


def _examine_old_word(content: bytes) -> str:
    if "VBA".encode("utf-16-le") in content or "Macros".encode("utf-16-le") in content:
        raise ValidationError("The file holds macros. Save it without macros, or as PDF.")
    if "WordDocument".encode("utf-16-le") not in content:
        raise ValidationError(WORDS)
    return DOC


def _examine_image(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            kind = image.format
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(WORDS) from error
    return f"image/{str(kind).lower()}"
