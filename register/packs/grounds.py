"""The exemptions under which a part of a text may be withheld from somebody who asks for it."""

from __future__ import annotations

from dataclasses import dataclass

ACT = "Freedom of Information Act 2000"


@dataclass(frozen=True)
class Ground:
    """An exemption: its words, where it stands in the law, and whether the public interest is weighed."""

    words: str
    source: str
    is_weighed: bool

    @property
    def printed(self) -> str:
        """How it stands on the copy: "Freedom of Information Act 2000, section 31 (law enforcement)"."""
        return f"{self.source} ({self.words[:1].lower()}{self.words[1:]})"


def _section(number: str, words: str, *, is_weighed: bool) -> Ground:
    return Ground(words, f"{ACT}, section {number}", is_weighed)


# Part II of the Act; section 2(3) lists those in which the public interest is not weighed.
GROUNDS = {
    "s21": _section("21", "Can be had by other means", is_weighed=False),
    "s22": _section("22", "Meant for publication later", is_weighed=True),
    "s23": _section("23", "Security bodies", is_weighed=False),
    "s24": _section("24", "National security", is_weighed=True),
    "s30": _section("30", "Investigations and proceedings", is_weighed=True),
    "s31": _section("31", "Law enforcement", is_weighed=True),
    "s36": _section("36", "Conduct of public affairs", is_weighed=True),
    "s38": _section("38", "Health and safety", is_weighed=True),
    "s40": _section("40", "Personal information", is_weighed=False),
    "s41": _section("41", "Given in confidence", is_weighed=False),
    "s42": _section("42", "Legal professional privilege", is_weighed=True),
    "s43": _section("43", "Commercial interests", is_weighed=True),
    "s44": _section("44", "Another law forbids it", is_weighed=False),
}
