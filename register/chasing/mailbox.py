"""The mailbox of the demonstration: the files into which its messages go, read again."""

from __future__ import annotations

import email
import os
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from register.core.dates import LONDON

LONGEST_BYTES = 200_000


@dataclass(frozen=True)
class Mail:
    """A message as it arrived: when (in UTC), for whom, its subject and its plain text."""

    name: str
    at: datetime | None
    to: str
    subject: str
    text: str


def folder() -> Path:
    """Where the demonstration's messages lie."""
    return Path(settings.DATA_DIR) / "mail"


def count_of_mails() -> int:
    """How many messages there are."""
    return len(_names())


def newest_mails(first: int, count: int) -> list[Mail]:
    """Some messages, newest first, from the place `first` (0 is the newest) on."""
    names = _names()[first : first + count]
    return [mail for name in names if (mail := _read(folder() / name)) is not None]


def _names() -> list[str]:
    try:
        with os.scandir(folder()) as entries:
            names = [entry.name for entry in entries if entry.name.endswith(".eml")]
    except FileNotFoundError:
        return []
    return sorted(names, reverse=True)


def _read(path: Path) -> Mail | None:
    try:
        with path.open("rb") as file:
            message = email.message_from_bytes(file.read(LONGEST_BYTES), policy=policy.default)
    except FileNotFoundError:  # somebody has just emptied the folder
        return None
    return Mail(
        name=path.name,
        at=_when(path.name),
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        text=_text(message),
    )


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return part.get_content().strip() if part is not None else ""


def _when(name: str) -> datetime | None:
    try:
        return datetime.strptime(f"{name[:15]}+0000", "%Y%m%d-%H%M%S%z").astimezone(LONDON)
    except ValueError:
        return None
