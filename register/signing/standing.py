"""How each body stands to each document that it signed, should sign or only observes.

Read for hundreds of documents at once in a number of statements that does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from register.core.dates import today
from register.directory.survivors import StandIns, survivors, taken_over
from register.ledger.entries import in_batches
from register.signing.standing_reading import Reading
from register.signing.standing_words import NEVER_ASKED, OBSERVER, WORDS, Standing

__all__ = ["NEVER_ASKED", "OBSERVER", "WORDS", "Standing", "standing_of"]

BATCH = 5_000


def standing_of(
    asked: Iterable[int] | Iterable[tuple[int, int]],
    day: date | None = None,
    *,
    of: Iterable[int] | None = None,
) -> dict[tuple[int, int], Standing]:
    """How bodies stand to documents on a day (today where none is given).

    `asked` are keys of documents (then every body named in them is answered for, under the record
    that stands for it), or pairs of document and body (then exactly those). `of` leaves all bodies
    out but these. A body has signed when all its required places in the version that governs are
    signed; where nothing governs, those of the version out for signature count. Merged records count
    as one body. What was imported and is not confirmed never counts as signed. Seven statements for
    every 5,000 documents, and one more.
    """
    given: list = list(asked)
    pairs: list[tuple[int, int]] = [each for each in given if isinstance(each, tuple)]
    ids = sorted({each[0] if isinstance(each, tuple) else each for each in given})
    found: dict[tuple[int, int], Standing] = {}
    merged = survivors()
    bodies = set(of) if of is not None else {body for _, body in pairs} if pairs else None
    stands = StandIns(merged, taken_over(ids, day) if merged.split else {})
    records = None if bodies is None else stands.records(bodies)
    wanted = {(document, merged.get(body, body)) for document, body in pairs}
    for some in in_batches(ids, BATCH):
        found |= Reading(some, day or today(), merged, stands, records).standings(wanted)
    if not pairs:
        return found
    return {pair: found.get((pair[0], merged.get(pair[1], pair[1])), Standing()) for pair in pairs}
