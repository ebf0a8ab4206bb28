"""Log lines: one a record, as JSON or as text, whatever a stranger typed; nothing of people, nothing secret.

A line says what happened by `facts`, given as `extra={"facts": {"event": "request", ...}}`. Whatever is
said in words loses e-mail addresses, addresses of machines, query strings and whatever lets somebody in.
Of an error it keeps the kind and the places in the program; its words only where the program alone
chose them, because a database or a form repeats what people typed.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from register.ledger.open_acts import request_id

# Of these kinds of errors the words are the system's own. Others may repeat what somebody typed.
SYSTEM_ERRORS = (
    "OperationalError", "InterfaceError", "ProgrammingError", "ImproperlyConfigured", "ImportError",
    "ModuleNotFoundError", "AttributeError", "TypeError", "NameError", "MemoryError", "OSError",
    "ConnectionRefusedError", "TimeoutError", "BrokenPipeError", "TemplateDoesNotExist", "ActRequired",
)  # fmt: skip
_MASKS = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"), "[address]"),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)"), "[ip]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{1,4}:{1,2}){3,7}[0-9a-fA-F]{1,4}(?![\w:])"), "[ip]"),
    (re.compile(r"\?[\w%.~*+-]+=[^\s\"'<>]*"), "?…"),
    # Links and tokens: long words of letters and digits that are no digest in hexadecimal.
    (re.compile(r"(?<![\w-])(?![0-9a-f]+(?![\w-]))(?=[\w-]*\d)[\w-]{40,}(?![\w-])"), "[secret]"),
    (re.compile(r"(?<=/)[\w-]{43}(?![\w-])"), "[secret]"),
)


LINES = logging.getLogger("register.lines")


def write_line(level: int = logging.INFO, **facts: object) -> None:
    """Write one line of facts; the first, `event`, says of what: "request", "job"."""
    LINES.log(level, "%s", facts.get("event", ""), extra={"facts": facts})


class JsonLine(logging.Formatter):
    """Each record as one JSON object: time (UTC), level, event, request, and what its facts say."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": "message",
            # Django tells of an answer when the request has been left already.
            "request_id": request_id.get() or getattr(_request(record), "id", ""),
            **_facts(record),
        }
        if "facts" not in record.__dict__:
            line |= {"logger": record.name, "message": masked(_said(record))}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = told(record.exc_info[1])
        return json.dumps(line, default=str)


class OneLine(logging.Formatter):
    """Time, level, logger and message on one line; line breaks and control characters are shown, not obeyed."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The record as one printable line; the places of an error follow, indented."""
        words = " ".join(str(part) for part in _facts(record).values()) or masked(_said(record))
        plain = {**record.__dict__, "exc_info": None, "exc_text": None, "msg": words, "args": ()}
        line = super().format(logging.makeLogRecord(plain))
        line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)
        if record.exc_info and record.exc_info[1] is not None:
            said = told(record.exc_info[1])
            parts = [*said["where"], f"{said['kind']}: {said['words']}"]
            line += "".join(f"\n    {part}" for part in parts)
        return line


def masked(text: str) -> str:
    """A text without addresses of people and machines, query strings, and what lets somebody in."""
    for pattern, mark in _MASKS:
        text = pattern.sub(mark, text)
    return text


def told(error: BaseException) -> dict:
    """An error as a log tells it: its kind, its words where they are the system's, and the places."""
    kind = type(error).__name__
    words = str(error).partition("\n")[0][:500] if kind in SYSTEM_ERRORS else ""
    frames = traceback.extract_tb(error.__traceback__)
    cause = error.__cause__ or error.__context__
    return {
        "kind": kind,
        "words": masked(words),
        "where": [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames],
        **({"because_of": type(cause).__name__} if cause else {}),
    }


def places_in(text: str) -> str:
    """Of a traceback that another process wrote: its places and the kind of its error."""
    lines = [line.strip() for line in text.splitlines()]
    found = [line for line in lines if line.startswith('File "')]
    kind = lines[-1].partition(":")[0][:80] if lines else ""
    return "; ".join([*found[-12:], kind])


def _facts(record: logging.LogRecord) -> dict:
    return getattr(record, "facts", {})


def _request(record: logging.LogRecord) -> object:
    return getattr(record, "request", None)


def _said(record: logging.LogRecord) -> str:
    if record.name.startswith("django.security"):
        # Its words repeat what a stranger sent.
        return f"A request was refused: {record.name.rpartition('.')[2]}"
    # Django says the path of a request: it may carry a link, or what a stranger typed.
    path = getattr(_request(record), "path", None)
    if path and isinstance(record.args, tuple):
        args = tuple("[path]" if arg == path else arg for arg in record.args)
        return str(record.msg) % args
    return record.getMessage()
