"""The digests of the chain, made once for writing and for verifying."""

import hashlib
import secrets

from register.ledger.canonical import flat, plain, sha256
from register.ledger.models import Change, Columns, Entry

CHAINED = (
    "number",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "verb",
    "subject_model",
    "subject_pk",
    "request_id",
    "words_sha256",
    "changes_count",
    "changes_sha256",
    "previous_sha256",
)
WORDS = ("subject_label", "reason", "detail")


def new_salt() -> str:
    """Sixteen random bytes, in hexadecimal."""
    return secrets.token_hex(16)


def words_sha256(entry: Entry) -> str:
    """The digest of what an entry says in words, with its salt."""
    words = {name: getattr(entry, name) for name in WORDS}
    return sha256(entry.words_salt.encode() + flat(words))


def entry_sha256(entry: Entry) -> str:
    """The digest that the next entry rests on; of the words it holds the digest only."""
    return sha256(flat({name: plain(getattr(entry, name)) for name in CHAINED}))


class ChangesDigest:
    """Counts and digests the changes of one entry, in their order; the salts stay outside."""

    def __init__(self):
        self.count = 0
        self._digest = hashlib.sha256()

    def add(self, change: Change, columns: Columns) -> None:
        """Add the next change, over the given columns."""
        self.count += 1
        row = {
            "row_model": change.row_model,
            "row_pk": change.row_pk,
            "history_id": change.history_id,
            "columns": columns.sha256,
            "sha256": change.sha256,
            "about_model": change.about_model,
            "about_pk": change.about_pk,
        }
        self._digest.update(flat(row) + b"\n")

    @property
    def sha256(self) -> str:
        """The digest so far, in hexadecimal."""
        return self._digest.hexdigest()
