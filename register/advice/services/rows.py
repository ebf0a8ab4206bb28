"""What every act on a question does: lock it after its document and version, and close it."""

from __future__ import annotations

from register.advice.models import ReviewRequest
from register.core.dates import now
from register.documents.services.locks import lock_version


def lock_request(request: ReviewRequest) -> ReviewRequest:
    """The question read again under a lock, its document and version locked first."""
    version = lock_version(request.version)
    rows = ReviewRequest.objects.select_for_update(of=("self",))
    locked = rows.select_related("organisation", "post", "person", "asked_by").get(pk=request.pk)
    locked.version = version
    return locked


def close(request: ReviewRequest, closed_as: str, reason: str = "") -> None:
    """Close a locked question; call it inside an act."""
    request.closed_at, request.closed_as, request.closed_reason = now(), closed_as, reason
    request.row_version += 1
    request.save()
