"""How far the worker has come with an import: looking at its rows, bringing them in, taking them back."""

from __future__ import annotations

from dataclasses import dataclass

from register.exchange.models import Import, ImportState


@dataclass(frozen=True)
class Progress:
    """So many of so many, and what was done with them in words."""

    done: int
    of: int
    words: str

    @property
    def percent(self) -> int:
        """The share that is done, in hundredths, never more than all."""
        return min(100, 100 * self.done // self.of) if self.of else 0


def progress_of(row: Import) -> Progress | None:
    """How far an import is; None where the worker is not at it, or has only just begun."""
    if row.state == ImportState.UPLOADED and row.claimed_at:
        return Progress(row.reported_rows.count(), row.rows, "rows are looked at")
    if row.state == ImportState.WORKING:
        return Progress(row.rows_done, row.rows, "rows are dealt with")
    if row.state == ImportState.UNDOING and row.claimed_at:
        parts = list(row.chunks.values_list("is_taken_back", flat=True))
        return Progress(sum(parts), len(parts), "parts are taken back")
    return None
