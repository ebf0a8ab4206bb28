"""Everything that succession writes."""

from register.succession.services.applying import apply_due
from register.succession.services.planning import (
    choose_successors,
    confirm_succession,
    prepare_succession,
    undo_succession,
)

__all__ = [
    "apply_due",
    "choose_successors",
    "confirm_succession",
    "prepare_succession",
    "undo_succession",
]
