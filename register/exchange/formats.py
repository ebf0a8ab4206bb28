"""What a file is, told from its first bytes and not from its name."""

import re
from pathlib import PurePath

from register.exchange.limits import Refused

SAVE_AS = "Open it in the program that made it and save it as XLSX, ODS or CSV."

ENDINGS = {
    ".xlsx": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".csv": "text",
    ".tsv": "text",
    ".tab": "text",
    ".txt": "text",
}
NAMES = {
    "xlsx": "an Excel workbook (.xlsx)",
    "xls": "an old Excel workbook (.xls)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "text": "plain text (.csv)",
}
MACRO_ENDINGS = (".xlsm", ".xltm", ".xlam")

_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a word-processor document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"\x1f\x8b", "a packed archive"),
    (b"BZh", "a packed archive"),
    (b"SQLite format", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|head|table|meta|workbook)", re.IGNORECASE)
_JSON = re.compile(rb"\s*[\[{]\s*[\"\[{\]}]")


def kind_of(head: bytes, ole_names: bytes = b"") -> str:
    """Say "zip", "xls" or "text" for a file that begins with `head`, or refuse with a sentence.

    `ole_names` is the whole of an old Office file, in which its streams are looked for.
    """
    if not head:
        raise Refused("The file is empty. Check that it was saved before it was sent.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office(ole_names)
    for mark, what in _OTHERS:
        if head.startswith(mark):
            raise Refused(f"This is {what}, not a spreadsheet. Send an XLSX, ODS or CSV file.")
    _refuse_markup(head)
    return "text"


def check_name(name: str, kind: str) -> None:
    """Refuse a file whose name promises another kind than it holds."""
    ending = PurePath(name).suffix.lower()
    if ending in MACRO_ENDINGS:
        raise Refused("Workbooks that carry macros are not taken. Save it as XLSX without macros.")
    promised = ENDINGS.get(ending)
    if promised and promised != kind:
        raise Refused(
            f"The name ends in {ending}, but the file is {NAMES[kind]}. {SAVE_AS}"
            if kind in NAMES
            else f"The name ends in {ending}, but the file is something else. {SAVE_AS}"
        )


def _old_office(whole: bytes) -> str:
    if _utf16("EncryptedPackage") in whole:
        raise Refused("The workbook is locked with a password. Save a copy without the password.")
    if _utf16("_VBA_PROJECT") in whole:
        raise Refused("Workbooks that carry macros are not taken. Save it as XLSX without macros.")
    if _utf16("Workbook") in whole or _utf16("Book") in whole:
        return "xls"
    raise Refused(f"This is an old Office file, but not a spreadsheet. {SAVE_AS}")


def _refuse_markup(head: bytes) -> None:
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise Refused(f"This is a web page or XML, whatever its name says. {SAVE_AS}")
    if not _JSON.match(head.removeprefix(b"\xef\xbb\xbf")):
        return
    if b"entry-timestamp" in head or b"append-only" in head.lower():
        raise Refused(
            "This is a JSON file that seems to be a log of changes to a register, not the register."
            " Send the register itself, as it stands now, as XLSX, ODS or CSV."
        )
    raise Refused("This is a JSON file, not a table. Send the register as XLSX, ODS or CSV.")


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
