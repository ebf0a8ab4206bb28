"""Versions that offices write into references, taken apart only where they are surely versions."""

import re

LONGEST = 200  # no reference is longer
# "-v5.2", "_V5", " v5", "(v2)", " version 2.0", ", ver 3", " issue 3", " rev B" is none.
_WRITTEN = re.compile(
    r"(?P<base>.*?[^\s\-_/.,(])"
    r"(?:[\s\-_/.,]*\(\s*|[\s\-_/.,]+)"
    r"(?:v|ver|vers|version|issue|iss|rev|revision)\.?\s*(?P<version>\d{1,3}(?:\.\d{1,3}){0,2})\s*\)?",
    re.IGNORECASE | re.DOTALL,
)
# Amendment and renewal marks: "DSA-0123/A3", "ODR1718_316/R9".
_MARKED = re.compile(r"(?P<base>.*\d.*)/(?P<version>[AR]\d{1,2})", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(
    r"(?:.*?\b)?(?:v|ver|vers|version|issue|iss|rev|revision)?\.?\s*"
    r"(?P<version>\d{1,3}(?:\.\d{1,3}){0,2})\s*(?:\((?:final|draft)\)|final|draft)?",
    re.IGNORECASE | re.DOTALL,
)


def split_version(reference: str) -> tuple[str, str]:
    """Split "DARS-NIC-108067-P1C4R-v2.2" into the reference and "2.2"; no version gives "".

    "/A3" and "/R9" count only after a reference with a number in it: "WCC/A3" may well be the
    third agreement of a council, and "ISA/2019/003" has no version.
    """
    reference = reference.strip()
    if len(reference) > LONGEST:
        return reference, ""
    found = _WRITTEN.fullmatch(reference)
    if found and len(re.sub(r"\W", "", found["base"])) > 1:
        return found["base"].rstrip(" -_/.,("), found["version"]
    if found := _MARKED.fullmatch(reference):
        return found["base"].rstrip(), found["version"].upper()
    return reference, ""


def version_number(label: str) -> str:
    """The number in what a version column holds ("Version 1", "Final - V3", "8.3"), or ""."""
    found = _LABEL.fullmatch(label.strip()[:LONGEST])
    return found["version"] if found else ""


def version_order(version: str) -> tuple[int, ...]:
    """What versions are sorted by, so that 5.10 comes after 5.9 and A3 after the first issue."""
    return tuple(int(part) for part in re.findall(r"\d+", version))
