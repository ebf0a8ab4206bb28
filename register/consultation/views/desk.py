"""Somebody's place at a draft: which version they read, as whom, and under which addresses."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from register.consultation.models import Consultee
from register.consultation.permissions import consultee_of, guest, may_read
from register.core.verdicts import require
from register.documents.lifecycle import EDITABLE
from register.documents.models import Document, Version
from register.documents.permissions import may_read_drafts


class Closed(Exception):
    """What a reader was asked about is closed to them now."""


@dataclass(frozen=True)
class Desk:
    """A version, who reads it, the row by which they were asked (None for drafters), their addresses."""

    version: Version
    by: object
    consultee: Consultee | None
    token: str = ""

    def url(self, page: str, *more: str) -> str:
        """The address of a page: read, comment, respond, word or file."""
        if self.token:
            name = "guest" if page == "read" else f"guest_{page}"
            return reverse(f"consultation:{name}", args=[self.token, *more])
        return reverse(f"consultation:{page}", args=[self.version.document.reference, *more])


def desk_of(request: HttpRequest, ref: str) -> Desk:
    """The place of somebody signed in at the draft of an entry.

    404 where they may not know of a draft, 403 where they were not asked; raises Closed for
    somebody who was asked about a draft that is not open to them any more.
    """
    user = request.user
    document = Document.objects.visible_to(user).filter(reference=ref)
    found = document.select_related("partnership", "lead").first()
    if found is not None and may_read_drafts(user, found):
        version = found.versions.filter(state__in=EDITABLE, frozen_at__isnull=True).first()
        if version is not None:
            version.document = found
            require(may_read(user, version))
            return Desk(version, user, consultee_of(user, version))
    person = getattr(user, "person", None)
    asked = Consultee.objects.standing().filter(version__document__reference=ref, person=person)
    if person is not None and asked.exists():
        raise Closed
    raise Http404("There is no draft that you may read.")


def guests_desk(consultee: Consultee, token: str) -> Desk:
    """The place of somebody without an account, by a link that was checked."""
    return Desk(consultee.version, guest(consultee), consultee, token)
