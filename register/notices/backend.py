"""Where mail leaves: one address, EMAIL_URL, says how. The demonstration writes files, and mails nobody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as Console
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.mail.backends.smtp import EmailBackend as Smtp
from django.core.mail.message import EmailMessage

from register.core.dates import now
from register.notices.subjects import one_line

TIMEOUT_SECONDS = 10
SCHEMES = "smtp://, smtp+tls://, smtps://, console:, file:///folder or memory:"


class Backend(BaseEmailBackend):
    """Sends by the way that EMAIL_URL names; subjects are put on one line first."""

    def __init__(self, fail_silently: bool = False, **kwargs) -> None:
        super().__init__(fail_silently=fail_silently)
        self._way = way(settings.EMAIL_URL, fail_silently)

    def open(self) -> bool | None:
        return self._way.open()

    def close(self) -> None:
        self._way.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each message; how many went."""
        for message in email_messages:
            message.subject = one_line(str(message.subject))
        return self._way.send_messages(email_messages) or 0


class Folder(BaseEmailBackend):
    """Writes each message into a folder as a file that mail programs open."""

    def __init__(self, folder: Path, **kwargs) -> None:
        super().__init__(**kwargs)
        self.folder = folder

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message; how many were written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            name = f"{now():%Y%m%d-%H%M%S-%f}"
            for copy in range(1000):
                path = self.folder / f"{name}-{copy}.eml"
                try:
                    with path.open("xb") as file:
                        file.write(content)
                    break
                except FileExistsError:
                    continue
        return len(email_messages)


def way(url: str, fail_silently: bool = False) -> BaseEmailBackend:
    """How mail leaves by an address such as smtp+tls://user:word@mail.example.org:587.

    Raises ImproperlyConfigured with a sentence for an address that names no known way.
    """
    if settings.DEMONSTRATION:
        return Folder(Path(settings.DATA_DIR) / "mail", fail_silently=fail_silently)
    parts = urlsplit(url)
    if parts.scheme == "console":
        return Console(fail_silently=fail_silently)
    if parts.scheme == "memory":
        return Memory(fail_silently=fail_silently)
    if parts.scheme == "file" and parts.path.strip("/"):
        return Folder(Path(unquote(parts.path)), fail_silently=fail_silently)
    if parts.scheme in {"smtp", "smtp+tls", "smtps"} and parts.hostname:
        return _smtp(parts, fail_silently)
    raise ImproperlyConfigured(f"EMAIL_URL starts with none of {SCHEMES}.")


def _smtp(parts, fail_silently: bool) -> Smtp:
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    timeout = parse_qs(parts.query).get("timeout", [str(TIMEOUT_SECONDS)])[0]
    return Smtp(
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
        timeout=int(timeout) if timeout.isdigit() else TIMEOUT_SECONDS,
        fail_silently=fail_silently,
    )
