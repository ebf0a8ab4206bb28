"""Putting an earlier wording back: a new change of the draft, with the reason."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.documents.models import Clause
from register.documents.services import content
from register.ledger.acts import act
from register.past.moments import Moment
from register.past.restoring import Wording


def put_back(*, by, piece: Wording, moment: Moment, row_version: int, reason: str):
    """Write an earlier wording of a clause or a section into the draft of today.

    Raises Conflict when somebody changed it since the form was opened, and ValidationError without
    a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why the earlier wording is put back."})
    version = piece.row.version
    detail = {"as_at": moment.code, "what": piece.name}
    with act(by=by, verb="wording.put_back", subject=version, reason=reason.strip(), detail=detail):
        if isinstance(piece.row, Clause):
            return content.change_item(by=by, row=piece.row, row_version=row_version, **piece.then)
        return content.save_text(
            by=by, version=version, model=type(piece.row), row_version=row_version, **piece.then
        )
