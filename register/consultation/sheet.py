"""The comments on a draft as a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from register.consultation.models import Comment
from register.core import dates
from register.core.sheets_out import Value
from register.documents.models import Version

HEADER = (
    "Number", "About", "Words quoted", "Comment", "Suggested words", "Who", "Body", "Written",
    "Came in by", "State", "Answer", "Answered by", "Answered", "Suggestion taken over",
)  # fmt: skip


def rows_of(version: Version) -> Iterator[tuple[Value, ...]]:
    """A row for each comment, by part."""
    for row in Comment.objects.filter(version=version).order_by("place", "part", "pk").iterator():
        yield (
            row.pk,
            row.part_label,
            row.quoted,
            row.text,
            row.suggestion,
            row.writer_name,
            row.organisation_name,
            _day(row.written_at),
            row.get_source_display(),
            row.get_state_display(),
            row.answer,
            row.answered_by_name,
            _day(row.answered_at),
            _day(row.taken_over_at),
        )


def _day(at) -> Value:
    return dates.time_words(at) if at else None
