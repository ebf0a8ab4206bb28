"""What this register trusts when it reads a PDF, and what it found in one: plain words between two processes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

PARTS = ("seals", "issuers", "timestamps")


@dataclass(frozen=True)
class Ours:
    """The certificates that this register trusts, by their DER bytes, and the instant that is asked about."""

    seals: list[bytes]
    issuers: list[bytes]
    timestamps: list[bytes]
    at: datetime

    def as_job(self) -> dict:
        """What the child process is told."""
        named = {name: [one.hex() for one in getattr(self, name)] for name in PARTS}
        return {**named, "at": self.at.isoformat()}

    @classmethod
    def from_job(cls, job: dict) -> Ours:
        """The same again in the child process."""
        named = {name: [bytes.fromhex(one) for one in job[name]] for name in PARTS}
        return cls(**named, at=datetime.fromisoformat(job["at"]))


@dataclass(frozen=True)
class SealFound:
    """One signature in a PDF: whose, whether its bytes still agree, whether it covers all of the file.

    It is sound when pyHanko's bottom line says so and no byte of the file lies outside it.
    """

    subject: str
    is_ours: bool
    is_intact: bool = False
    is_whole_file: bool = False
    is_sound: bool = False


@dataclass
class Read:
    """What was found in a PDF; `problem` says why it could not be read to its end."""

    seals: list[SealFound] = field(default_factory=list)
    problem: str = ""

    def as_answer(self) -> dict:
        """What the child process answers."""
        return {"seals": [asdict(one) for one in self.seals], "problem": self.problem}

    @classmethod
    def from_answer(cls, answer: dict) -> Read:
        """The same again in the process that asked."""
        return cls([SealFound(**one) for one in answer["seals"]], answer["problem"])

    @property
    def is_untouched(self) -> bool:
        """Whether one sound seal of ours covers every byte of the file, and no other stands in it."""
        return not self.problem and len(self.seals) == 1 and self.seals[0].is_sound
