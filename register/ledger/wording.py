"""Replaces text by the mark of a redaction, in plain text and in the detail of an entry."""

import json
from collections.abc import Iterable

from register.ledger.canonical import canonical

MARK = "[redacted]"


def without(value: str | None, texts: Iterable[str]) -> str | None:
    """The value with each of the texts replaced by the mark; the longest first."""
    for text in sorted(texts, key=len, reverse=True):
        if value and text != MARK:
            value = value.replace(text, MARK)
    return value


def without_in_detail(detail: str, texts: Iterable[str]) -> str:
    """Canonical JSON with the texts replaced in every word of it."""
    if not detail:
        return detail
    return canonical(_walk(json.loads(detail), tuple(texts))).decode()


def _walk(value, texts: tuple[str, ...]):
    if isinstance(value, str):
        return without(value, texts)
    if isinstance(value, list):
        return [_walk(item, texts) for item in value]
    if isinstance(value, dict):
        return {key: _walk(item, texts) for key, item in value.items()}
    return value
