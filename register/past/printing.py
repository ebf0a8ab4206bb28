"""The PDF of an entry as at a moment."""

from __future__ import annotations

from register.core.dates import now
from register.documents.body import canonical
from register.documents.models import Document, Version
from register.documents.permissions import drafts_read
from register.past.moments import Moment
from register.past.reading import as_at
from register.past.then import body_then, standing_then
from register.printing.bounded import render_version
from register.printing.framing import frame_of
from register.printing.layout import file_stem


def pdf_then(
    user, document: Document, moment: Moment, number: int | None = None
) -> tuple[bytes, str] | None:
    """The PDF of an entry as it stood and its file name; None where it was not in the register yet.

    Raises PrintFailed with a sentence where it cannot be laid out.
    """
    drafts = document.pk in drafts_read(user, [document.pk])
    by = getattr(getattr(user, "person", None), "name", user.email)
    with as_at(moment.instant):
        standing = standing_then(document.pk, drafts)
        if standing is None:
            return None
        version = standing.shown if number is None else _version(standing.versions, number)
        if version is None:
            return None
        body = body_then(version)
        content = bytes(version.body.content) if version.frozen_at else canonical(body)[0]
        frame = frame_of(version, printed_by=by)
    frame |= {"printed_at": now().isoformat(), "as_at": moment.words}
    state = version.state.replace("_", "-")
    return render_version(content, frame), f"{file_stem(body)}-{state}-as-at-{moment.code}.pdf"


def _version(versions: list[Version], number: int) -> Version | None:
    return next((version for version in versions if version.number == number), None)
