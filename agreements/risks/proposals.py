"""Risks proposed from what an agreement says of itself, each with numbers to start from.

The questions here know nothing of the database: they are asked of `Sharing`, and an officer picks
which risks to take over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LARGE_VOLUMES = {"1001_10000", "over_10000"}
MANY = 5
ACCESS_CONTROLS = {"role_access", "mfa"}
MEDIA = {"media_courier", "media_staff"}
PAPER = {"post_standard", "by_hand"}
SHARED = {"shared_system_view", "shared_system_edit"}


@dataclass(frozen=True)
class Movement:
    """What is known of one flow: its name, how it moves, what protects it, and what it carries."""

    name: str
    modes: frozenset[str] = frozenset()
    is_weak: bool = False
    controls: frozenset[str] = frozenset()
    is_special: bool = False
    is_offence: bool = False
    volume: str = ""
    leaves_uk: bool = False
    recipients: int = 0


@dataclass(frozen=True)
class Sharing:
    """What an agreement says that risks follow from: its answers, its controls, its flows."""

    answers: Mapping[str, str] = field(default_factory=dict)
    controls: frozenset[str] = frozenset()
    movements: tuple[Movement, ...] = ()

    def says(self, question: str, *codes: str) -> bool:
        """Whether a question is answered by one of some codes."""
        return self.answers.get(question) in codes

    def where(self, holds: Callable[[Movement], bool]) -> list[str]:
        """The names of the flows for which something holds."""
        return [movement.name for movement in self.movements if holds(movement)]


@dataclass(frozen=True)
class Proposal:
    """A risk that follows from an answer or a flow, with what it follows from."""

    code: str
    title: str
    cause: str
    consequence: str
    likelihood: int
    impact: int
    treatment_text: str
    because: str


@dataclass(frozen=True)
class _Template:
    code: str
    title: str
    cause: str
    consequence: str
    likelihood: int
    impact: int
    treatment_text: str
    answered: Callable[[Sharing], str]
    moving: Callable[[Movement], bool]


def proposals(sharing: Sharing) -> list[Proposal]:
    """The risks that follow from what an agreement says, in a fixed order, each once.

    Special category or offence data, or somebody in danger, raise the impact by one, to 5 at most.
    """
    found = []
    for template in TEMPLATES:
        reasons = [template.answered(sharing)] if template.answered(sharing) else []
        reasons += _of_flows(sharing.where(template.moving))
        if reasons:
            found.append(_proposed(template, sharing, "; ".join(reasons)))
    return found


def _proposed(template: _Template, sharing: Sharing, because: str) -> Proposal:
    grave = sharing.says("sensitivity", "special", "offence", "danger") or any(
        movement.is_special or movement.is_offence for movement in sharing.movements
    )
    return Proposal(
        code=template.code,
        title=template.title,
        cause=template.cause,
        consequence=template.consequence,
        likelihood=template.likelihood,
        impact=min(5, template.impact + grave),
        treatment_text=template.treatment_text,
        because=because,
    )


def _of_flows(names: list[str]) -> list[str]:
    if not names:
        return []
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return [f"flow {shown}" if len(names) == 1 else f"flows {shown}"]


def _never(movement: Movement) -> bool:
    return False


def _when(question: str, *codes: str, says: str) -> Callable[[Sharing], str]:
    return lambda sharing: says if sharing.says(question, *codes) else ""


def _without_access_control(sharing: Sharing) -> str:
    wide = sharing.says("access", "team", "bodies", "beyond")
    return "wide access without access by role" if wide and not (
        sharing.controls & ACCESS_CONTROLS
    ) else ""  # fmt: skip


TEMPLATES = (
    _Template(
        "intercepted", "Information is read on its way by somebody it was not meant for",
        "It moves by a way that is not protected.",
        "People's private matters become known; trust in the services is lost.", 3, 3,
        "Use an encrypted channel between checked addresses instead.",
        _when("transit", "open", says="it moves by ordinary e-mail, text message or fax"),
        lambda m: m.is_weak and "encrypted_transit" not in m.controls,
    ),
    _Template(
        "media_lost", "A disc, stick or laptop with the information is lost or stolen",
        "It moves or is kept on portable devices.",
        "Everything on the device may be read by whoever finds it.", 3, 4,
        "Encrypt the device, log who carries it, and move to a transfer without media.",
        lambda s: "it moves or is kept on portable devices"
        if s.says("transit", "media") or s.says("storage", "portable") else "",
        lambda m: bool(m.modes & MEDIA),
    ),
    _Template(
        "paper_lost", "Papers are left behind, misdirected or seen by others",
        "It is carried or kept on paper.", "Somebody's private matters become known.", 3, 3,
        "Track the post, lock papers away, and clear desks.",
        lambda s: "it is carried or kept on paper"
        if s.says("transit", "carried") or s.says("storage", "paper") else "",
        lambda m: bool(m.modes & PAPER),
    ),
    _Template(
        "overseen", "Staff look at information that they do not need",
        "More people have access than the purpose needs.",
        "People's private matters become known to those who have no business with them.", 3, 3,
        "Give access by role, log who looks, and check the log.",
        _without_access_control,
        lambda m: bool(m.modes & SHARED)
        and not m.controls & ACCESS_CONTROLS,
    ),
    _Template(
        "sensitive_misused", "Sensitive information is used against somebody",
        "Special category or confidential information reaches people beyond those who need it.",
        "Discrimination, shame, or loss of a service.", 2, 4,
        "Share only the items named, with named people, and train them.",
        _when("sensitivity", "special", says="special category or confidential information"),
        lambda m: m.is_special,
    ),
    _Template(
        "offence_misused", "An allegation is taken for a fact",
        "Information on offences or intelligence is shared.",
        "Somebody is refused help, work or a home for what they did not do.", 2, 4,
        "Mark fact and opinion apart, grade intelligence, and correct what proves wrong.",
        _when("sensitivity", "offence", says="information on offences"),
        lambda m: m.is_offence,
    ),
    _Template(
        "traced", "Somebody in danger is found through the information",
        "An address or a whereabouts is shared that must stay secret.",
        "Injury or death.", 2, 5,
        "Leave whereabouts out, mark the record, and tell recipients how to handle it.",
        _when("sensitivity", "danger", says="somebody could be in danger"),
        _never,
    ),
    _Template(
        "bulk_breach", "A single breach exposes very many people",
        "Much is moved or kept in one go.", "Many people are harmed at once.", 2, 4,
        "Send less at a time, leave out who is not needed, and delete what has served.",
        _when("amount", "thousands", says="more than 10,000 people at a time"),
        lambda m: m.volume in LARGE_VOLUMES,
    ),
    _Template(
        "outside_uk", "Information outside the United Kingdom is not protected as it is here",
        "It is kept or sent abroad.", "People cannot use their rights, or others get access.", 2, 4,
        "Name the transfer mechanism, and do the transfer risk assessment.",
        _when("storage", "outside_uk", says="it is kept outside the United Kingdom"),
        lambda m: m.leaves_uk,
    ),
    _Template(
        "passed_on", "Information is passed on further than was agreed",
        "Many bodies receive it, or people outside them have access.",
        "Nobody knows any more who holds what, and mistakes cannot be put right.", 3, 3,
        "Name the recipients, forbid passing on, and keep a list of who received what.",
        _when("access", "bodies", "beyond", says="several bodies or people outside have access"),
        lambda m: m.recipients >= MANY,
    ),
    _Template(
        "wrong_match", "The wrong person is matched, or a score is wrong",
        "Information is combined or people are scored.",
        "Somebody is refused help, or suspected, by mistake.", 3, 4,
        "Have a person check each match before anything is done, and measure the mistakes.",
        _when("processing", "matched", "scored", says="it is matched, or people are scored"),
        _never,
    ),
)  # fmt: skip
