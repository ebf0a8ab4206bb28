"""The security level that the answers about storage, transit, access and processing require.

Each answer weighs from 0 to 3. A level asks for controls, by the codes of the list "control".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STANDARD, RAISED, HIGH = "standard", "raised", "high"
WORDS = {STANDARD: "Standard", RAISED: "Raised", HIGH: "High"}


@dataclass(frozen=True)
class Choice:
    """One answer to a question: what it weighs, and how a reason names it."""

    code: str
    label: str
    weight: int
    says: str = ""


@dataclass(frozen=True)
class Question:
    """A question about how information is held and moved."""

    code: str
    label: str
    offered: tuple[Choice, ...]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Codes with words, as form fields take them."""
        return [(choice.code, choice.label) for choice in self.offered]

    def chosen(self, code: str) -> Choice | None:
        """The answer of a code; None for one that is not offered."""
        return next((choice for choice in self.offered if choice.code == code), None)


QUESTIONS = (
    Question("storage", "Where is it kept by those who receive it?", (
        Choice("uk_system", "In a managed system hosted in the United Kingdom", 0),
        Choice("shared_files", "In shared folders or mailboxes of the office", 1),
        Choice("paper", "On paper", 1),
        Choice("outside_uk", "In a system hosted outside the United Kingdom", 2,
               "it is kept outside the United Kingdom"),
        Choice("portable", "On laptops, telephones or removable media", 2,
               "it is kept on portable devices"),
    )),
    Question("transit", "How does it move?", (
        Choice("stays", "It does not move: it is looked at where it is", 0),
        Choice("secure", "Through an encrypted channel between known addresses", 0),
        Choice("spoken", "By word of mouth, at meetings or by telephone", 1),
        Choice("carried", "On paper, by post or by hand", 1),
        Choice("open", "By ordinary e-mail, text message or fax", 2, "it moves unprotected"),
        Choice("media", "On removable media", 2, "it moves on removable media"),
    )),
    Question("access", "Who has access to it?", (
        Choice("named", "Named people who need it for the case", 0),
        Choice("team", "A whole team or service", 1),
        Choice("bodies", "Staff of several bodies", 2, "staff of several bodies have access"),
        Choice("beyond", "Suppliers or volunteers as well", 2,
               "people outside the bodies have access"),
    )),
    Question("processing", "What is done with it?", (
        Choice("case", "It is used to help one person at a time", 0),
        Choice("counted", "It is counted: only figures are used", 0),
        Choice("recorded", "It is copied into the recipient's own records", 1),
        Choice("matched", "It is matched or combined with other information", 2,
               "it is matched with other information"),
        Choice("scored", "People are scored or sorted by it, or a machine decides", 3,
               "people are scored or sorted by it"),
    )),
    Question("amount", "About how many people is it at a time?", (
        Choice("few", "Up to 100", 0),
        Choice("hundreds", "101 to 10,000", 1),
        Choice("thousands", "More than 10,000", 2, "it is about more than 10,000 people at a time"),
    )),
    Question("sensitivity", "How much could it harm somebody if it were lost or seen?", (
        Choice("none", "It is about nobody: no personal data", 0),
        Choice("personal", "Little: ordinary personal data", 1),
        Choice("special", "Much: special category data, or given in confidence", 2,
               "it holds special category or confidential information"),
        Choice("offence", "Much: offences, allegations or intelligence", 2,
               "it holds information on offences"),
        Choice("danger", "Somebody could be in danger, such as a victim whose address is secret", 3,
               "somebody could be in danger if it were lost"),
    )),
)  # fmt: skip
QUESTION = {question.code: question for question in QUESTIONS}

_REQUIRED = {
    STANDARD: ("role_access", "encrypted_transit", "identity_checked"),
    RAISED: ("encrypted_rest", "mfa", "audit_log"),
    HIGH: ("vetting", "penetration_tested"),
}
# Where nothing electronic moves or is kept, other controls do the same work.
_NOT_ELECTRONIC = {"stays", "spoken", "carried"}
_INSTEAD = {
    ("storage", "paper"): ("locked_storage", "clear_desk"),
    ("storage", "portable"): ("encrypted_rest",),
    ("storage", "outside_uk"): ("encrypted_rest",),
    ("transit", "open"): ("password_separate",),
    ("transit", "media"): ("encrypted_rest", "password_separate"),
}


@dataclass(frozen=True)
class Level:
    """The level that answers require, empty while a question is open, and the sentence that says why."""

    code: str
    says: str

    @property
    def word(self) -> str:
        """The level in a word."""
        return WORDS.get(self.code, "Not known yet")


def level_of(answers: Mapping[str, str]) -> Level:
    """The security level that answers require, by question code."""
    chosen = [question.chosen(answers.get(question.code, "")) for question in QUESTIONS]
    known = [choice for choice in chosen if choice is not None]
    if len(known) < len(QUESTIONS):
        open_ = len(QUESTIONS) - len(known)
        words = "one question is" if open_ == 1 else f"{open_} questions are"
        return Level("", f"The required security level is not known yet: {words} open.")
    code = _code(known)
    reasons = [choice.says for choice in known if choice.weight >= 2]
    because = f", because {_joined(reasons)}" if reasons and code != STANDARD else ""
    return Level(code, f"Required security level: {WORDS[code].lower()}{because}.")


def required_controls(level: str, answers: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The control codes that a level requires, fitted to how information is kept and moved."""
    answers = answers or {}
    order = (STANDARD, RAISED, HIGH)
    if level not in order:
        return ()
    wanted = [code for each in order[: order.index(level) + 1] for code in _REQUIRED[each]]
    for (question, answer), codes in _INSTEAD.items():
        if answers.get(question) == answer:
            wanted += codes
    without = set()
    if answers.get("transit") in _NOT_ELECTRONIC:
        without.add("encrypted_transit")
    if answers.get("storage") == "paper":
        without |= {"encrypted_rest", "mfa", "audit_log", "penetration_tested"}
    return tuple(code for code in dict.fromkeys(wanted) if code not in without)


def missing_controls(
    level: str, controls: Iterable[str], answers: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The control codes that a level requires and that are not in place."""
    held = set(controls)
    return tuple(code for code in required_controls(level, answers) if code not in held)


def _code(known: list[Choice]) -> str:
    by_weight = [choice.weight for choice in known]
    harm = by_weight[-1]
    if known[-1].code == "none":
        return STANDARD
    heavy = sum(weight >= 2 for weight in by_weight[:-1])
    if harm >= 3 or (harm == 2 and heavy >= 2) or sum(by_weight) >= 9:
        return HIGH
    if harm == 2 or heavy or sum(by_weight) >= 5:
        return RAISED
    return STANDARD


def _joined(reasons: list[str]) -> str:
    return reasons[0] if len(reasons) == 1 else f"{', '.join(reasons[:-1])} and {reasons[-1]}"
