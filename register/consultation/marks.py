"""How a Word file says which document it is and which part each paragraph belongs to."""

from __future__ import annotations

import hashlib
import re

from register.documents.models import Version

NUMBER_STYLE = "Register number"  # the numbers and labels that are not part of any text
_SUBJECT = re.compile(r"(?P<reference>\S{1,30}) version (?P<number>\d{1,6})")


def bookmark_of(code: str) -> str:
    """The bookmark of a part: the same for as long as the part lives, within Word's 40 characters."""
    return f"part_{hashlib.sha256(code.encode()).hexdigest()[:32]}"


def subject_of(version: Version) -> str:
    """What a Word file says of itself: the reference and the number of the version."""
    return f"{version.document.reference} version {version.number}"


def read_subject(subject: str) -> tuple[str, int] | None:
    """The reference and the number that a Word file gives, or None where it gives none."""
    found = _SUBJECT.fullmatch(subject.strip())
    return (found["reference"], int(found["number"])) if found else None
