"""A yes, or a no with the reason: what pages show beside a missing button is what services refuse with."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """Whether something may be done; a no carries a sentence that a person can act on."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal with its reason."""
    return Verdict(False, reason)


def require(verdict: Verdict) -> None:
    """Go on only after a yes; a no raises PermissionDenied with its reason."""
    if not verdict:
        raise PermissionDenied(verdict.reason)
