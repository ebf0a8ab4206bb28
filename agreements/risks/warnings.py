"""What is worth a look on a processor contract or an impact assessment, in sentences."""

from __future__ import annotations

from datetime import date

from agreements.risks.models import Dpia, ProcessorContract
from register.core import dates

SOON_DAYS = 90


def contract_warnings(
    contract: ProcessorContract, missing: tuple[str, ...], day: date
) -> list[str]:
    """What is worth a look: that it ends soon or has ended, and what its checklist lacks."""
    said = []
    if sentence := ending(contract, day):
        said.append(sentence)
    if missing:
        points = "1 point" if len(missing) == 1 else f"{len(missing)} points"
        said.append(f"Article 28(3) checklist: {points} missing.")
    if not contract.link and not contract.file_name:
        said.append("No file and no link: nobody can read the contract from here.")
    return said


def ending(contract: ProcessorContract, day: date) -> str:
    """The sentence on its end where that is near or past, seen from a day."""
    if contract.ends_on is None or (contract.ends_on - day).days > SOON_DAYS:
        return ""
    days = (contract.ends_on - day).days
    if days < 0:
        return f"It ended on {dates.words(contract.ends_on)}."
    if days == 0:
        return "It ends today."
    return (
        f"It ends in {days} {'day' if days == 1 else 'days'}, on {dates.words(contract.ends_on)}."
    )


def dpia_warnings(dpia: Dpia, day: date) -> list[str]:
    """What is worth a look: a review that is due or not planned, and nothing to read."""
    said = []
    if dpia.review_on is None:
        said.append("No review date is set.")
    elif dpia.review_on < day:
        said.append(f"Its review was due {dates.relative(dpia.review_on)}.")
    if not dpia.link and not dpia.file_name:
        said.append("No file and no link: nobody can read the assessment from here.")
    return said
