"""Migrations that may do what `lint_migrations` calls unsafe, each with the reason.

What landed never changes, so it can only be allowed. A new migration stands here when its author knows why
it is safe all the same: the reason says so, such as the number of rows that its table can have.
"""

_SMALL = "its table has some hundred rows in the largest installation: the lock lasts milliseconds"
_STOPPED = (
    "it landed before web servers were upgraded one after the other: a release up to the fifth is "
    "upgraded with web server and worker stopped, in seconds at 100,000 entries"
)

ALLOWED: dict[str, str] = {
    "documents.0003_version_hash": _STOPPED,
    "documents.0004_moves_by_day": _STOPPED,
    "documents.0005_copied_from": _STOPPED,
    "exchange.0002_flows": _SMALL,
    "exchange.0003_wizard": _SMALL,
    "jobs.0002_failed_items": _SMALL,
    "ledger.0002_entry_at": _STOPPED,
    "lists.0002_facts": _SMALL,
    "notices.0002_secrets_at_sending": _STOPPED,
    "notices.0003_answers": _STOPPED,
    "printing.0002_papers": _SMALL,
    "search.0002_full_text": "it makes an index of text on a table that its own release begins to fill",
    "search.0003_row_lead": "its table has one short row an entry: the index of 100,000 is built within a second",
    "signing.0002_online": _STOPPED,
    "signing.0003_signatures_by_day": _STOPPED,
}
