"""Telling a register of agreements from the other tables that an office keeps."""

from collections.abc import Mapping

from register.exchange.headings import (
    Columns,
    NotRecognised,
    example,
    field_of,
    heading_key,
    propose,
)
from register.exchange.tables import Table
from register.exchange.vocabulary import TELLING, WEAK_TITLES

_LOG_WORDS = "entry number|entry timestamp|item hash|timestamp|changed on|changed by|change|event"
_LOG = frozenset(f"{_LOG_WORDS}|action|old value|new value|modified by|date changed".split("|"))
_RECORD_WORDS = "business function|purpose of processing|data subjects|categories of recipients"
_RECORD = frozenset(
    f"{_RECORD_WORDS}|categories of individuals|categories of data subjects".split("|")
)
_PLACES = frozenset(("postcode", "website", "region", "gss code", "ods code", "town", "address1"))
_BODY_WORDS = ("organisation", "authority", "police", "fire", "college", "clinical", "trust", "la ")


def recognise(table: Table, overrides: Mapping[str, str] | None = None) -> Columns:
    """Say which column of a table holds what, once it is sure to be a register of agreements.

    Raises NotRecognised with what the table seems to be, and the `--map` that takes it all the same.
    """
    overrides = overrides or {}
    if not overrides and (seems := what_it_seems(table)):
        raise NotRecognised(seems)
    return propose(table.headings, overrides)


def what_it_seems(table: Table) -> str:
    """A sentence when the table is no register but a list, a log or a description; else ""."""
    keys = [heading_key(name) for name in table.headings if name]
    fields = {field_of(name) for name in table.headings} - {""}
    if len(_LOG.intersection(keys)) > 1 and "title" not in fields - _weak(keys):
        return _sentence(table, "a log of changes", "Send the register itself, as it stands now.")
    if "definition" in keys and {"field", "field name", "column"}.intersection(keys):
        return _sentence(
            table, "the description of a form's fields", "Send the register that was kept with it."
        )
    if len(_RECORD.intersection(keys)) > 1 and "title" not in fields:
        return _sentence(
            table, "a record of processing activities", "Send the register of agreements."
        )
    if _is_list(keys, fields):
        return _sentence(
            table,
            f"a reference list ({_list_of(keys)})",
            "Its names belong among the organisations or reference lists.",
        )
    return _flows(table, fields)


def _weak(keys: list[str]) -> set[str]:
    strong = [key for key in keys if key not in WEAK_TITLES and field_of(key) == "title"]
    return set() if strong else {"title"}


def _is_list(keys: list[str], fields: set[str]) -> bool:
    telling = fields & TELLING
    if telling == {"parties"} and _PLACES.intersection(keys) and _weak(keys):
        return True
    if telling:
        return False
    named = WEAK_TITLES.intersection(keys) and _weak(keys)
    paired = len(keys) <= 4 and any(key.endswith("name") for key in keys)
    return bool(named) or (paired and any(key.endswith((" code", " id")) for key in keys))


def _list_of(keys: list[str]) -> str:
    if any("power" in key for key in keys):
        return "people or bodies with their legal powers"
    words = any(word in f"{key} " for key in keys for word in _BODY_WORDS)
    if words or _PLACES.intersection(keys):
        return "organisations"
    return "codes and names"


def _flows(table: Table, fields: set[str]) -> str:
    """One row for each data set under an agreement: references repeat and nothing has a title."""
    if "title" in fields or "reference" not in fields:
        return ""
    at = next(at for at, name in enumerate(table.headings) if field_of(name) == "reference")
    references = {str(cells[at]).strip() for _number, cells in table.rows()}
    if table.height < 1.5 * len(references):
        return ""
    return _sentence(
        table,
        f"a list of data flows ({table.height:,} rows for {len(references):,} references)",
        "A sheet of flows needs a provider or a recipient, and what is shared.",
    )


def _sentence(table: Table, what: str, instead: str) -> str:
    names = [" ".join(name.split()) for name in table.headings]
    guess = {at: field_of(name) for at, name in enumerate(table.headings) if field_of(name)}
    columns = Columns(tuple(names), guess)
    seen = ", ".join(f"“{name[:60]}”" for name in names[:12] if name)
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return (
        f"This seems to be {what}, not a register of agreements. Columns seen: {seen}{more}."
        f" {instead} If it is a register all the same, say so: {example(columns)}."
    )
