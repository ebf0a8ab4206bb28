"""A mail server on 127.0.0.1 that stores what it gets: real SMTP, for tests of messages as they arrive."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage


@dataclass
class Arrived:
    """A message that the server took: from whom and to whom, and its bytes."""

    sender: str
    to: list[str]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, read as a mail program reads it."""
        return email.message_from_bytes(self.raw, policy=policy.default)

    def part(self, kind: str) -> str:
        """The text of its plain or HTML part."""
        text = self.message.get_body(preferencelist=(kind,)).get_content()
        return text.replace("\r\n", "\n")


@dataclass
class MailServer:
    """Starts and stops like a server that is up or down; one port for its whole life."""

    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    # Called when a message has been taken and before the sender is told so; True hangs up instead.
    on_taken: Callable[[Arrived], bool] = lambda arrived: False
    port: int = 0
    _server: socketserver.ThreadingTCPServer | None = None

    def start(self) -> MailServer:
        """Listen, on the port of the first time."""
        server = _Server(("127.0.0.1", self.port), _Session)
        server.mail = self
        self.port = server.server_address[1]
        self._server = server
        threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def stop(self) -> None:
        """Be away: nobody listens on the port."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self) -> str:
        """What EMAIL_URL says to send here."""
        return f"smtp://127.0.0.1:{self.port}?timeout=5"

    def to(self, address: str) -> list[Arrived]:
        """What arrived for one address."""
        return [each for each in self.arrived if address in each.to]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    mail: MailServer


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say(220, "ready")
        sender, to = "", []
        while line := self.rfile.readline():
            word = line.decode("ascii", "replace").strip()
            command = word[:4].upper()
            if command in ("EHLO", "HELO"):
                self._say(250, "hello")
            elif command == "MAIL":
                sender, to = _address(word), []
                self._say(250, "ok")
            elif command == "RCPT":
                self._recipient(_address(word), to)
            elif command == "DATA":
                if not self._take(sender, to):
                    return
            elif command == "QUIT":
                self._say(221, "bye")
                return
            else:
                self._say(250, "ok")

    def _recipient(self, address: str, to: list[str]) -> None:
        if (refusal := self.server.mail.refused.get(address)) is not None:
            self._say(*refusal)
            return
        to.append(address)
        self._say(250, "ok")

    def _take(self, sender: str, to: list[str]) -> bool:
        self._say(354, "go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        arrived = Arrived(sender, list(to), b"".join(lines))
        self.server.mail.arrived.append(arrived)
        if self.server.mail.on_taken(arrived):
            return False
        self._say(250, "taken")
        return True

    def _say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
