"""What anybody may learn of a text from its code: whether it still holds, and no more of what is not public."""

from __future__ import annotations

from dataclasses import dataclass, field

from register.core.codes import hashes_of
from register.core.dates import today, words
from register.documents.lifecycle import GOVERNING, State
from register.documents.models import Document, Version
from register.documents.models.documents import Visibility
from register.documents.permissions import readable_versions

UNKNOWN = (
    "The register knows no text with this code. Check the ten letters and digits; if they are right, "
    "ask whoever gave you the copy."
)


@dataclass(frozen=True)
class Standing:
    """How a text stands: a machine word, a sentence, and facts by name (dates as ISO 8601).

    `version` is given for readers who may open it; `changes` is what the next version changed.
    """

    state: str
    sentence: str
    facts: dict = field(default_factory=dict)
    changes: str = ""
    version: Version | None = None

    @property
    def is_current(self) -> bool:
        """Whether the text holds today."""
        return self.state == "current"


def versions_with(code: str) -> list[Version]:
    """The frozen versions whose text has a short code, as somebody typed it."""
    bounds = hashes_of(code)
    if bounds is None:
        return []
    found = Version.objects.filter(body_sha256__range=bounds)
    return list(found.select_related("document").order_by("pk")[:3])


def standing_of(version: Version, *, user=None) -> Standing:
    """How a version stands, as far as somebody may know: everybody, or a login that may read it.

    Of an entry that is not public only the state and the day since which it is so are told.
    """
    may_open = _may_open(user, version)
    is_open = may_open or _is_public(version)
    state, day = _state_of(version)
    later = _later(version) if state == "superseded" else None
    facts: dict = {"state": state}
    if day and (is_open or state != "current"):
        facts["since"] = day.isoformat()
    if is_open:
        facts |= _open_facts(version, later)
    sentence = _sentence(state, day, later, is_open)
    if facts.get("is_suspended"):
        sentence += " Sharing under it is suspended at present."
    return Standing(
        state=state,
        sentence=sentence,
        facts=facts,
        changes=later.changes if later and is_open else "",
        version=version if may_open else None,
    )


def _is_public(version: Version) -> bool:
    """Whether everybody may know which entry it is: it is public, and this text has governed."""
    document = version.document
    is_public = document.visibility == Visibility.PUBLIC and not document.is_restricted
    return is_public and version.in_force_on is not None


def _may_open(user, version: Version) -> bool:
    if user is None or not user.is_authenticated:
        return False
    known = Document.objects.visible_to(user).filter(pk=version.document_id).exists()
    return known and readable_versions(user, version.document).filter(pk=version.pk).exists()


def _state_of(version: Version):
    if version.state in GOVERNING:
        return "current", version.in_force_on
    if version.state == State.SIGNING:
        return "out_for_signature", None
    if version.in_force_on is None:
        return "never_in_force", version.ended_on
    return ("superseded" if version.state == State.SUPERSEDED else "ended"), version.ended_on


def _later(version: Version) -> Version | None:
    later = version.document.versions.filter(
        number__gt=version.number, in_force_on__isnull=False
    ).order_by("number")
    return later.first()


def _open_facts(version: Version, later: Version | None) -> dict:
    return {
        "reference": version.document.reference,
        "version": version.number,
        "title": version.title,
        "in_force_on": version.in_force_on.isoformat() if version.in_force_on else None,
        "is_suspended": version.is_governing and _is_suspended(version),
        "superseded_by": later.number if later else None,
        "changes": later.changes if later else "",
    }


def _is_suspended(version: Version) -> bool:
    stopped = version.document.suspensions.current(today()).filter(party__isnull=True)
    return stopped.exists()


def _sentence(state: str, day, later: Version | None, is_open: bool) -> str:
    on = f" on {words(day)}" if day else ""
    if state == "current":
        since = f" It has been in force since {words(day)}." if day and is_open else ""
        return f"This text is current: it is in force today.{since}"
    if state == "superseded":
        by = f" by version {later.number}" if later and is_open else " by a later version"
        return f"This text is out of date. It was superseded{by}{on}."
    return {
        "ended": f"This text no longer holds. It ended{on}.",
        "out_for_signature": "This text is out for signature. It is not in force.",
        "never_in_force": f"This text never came into force. It was given up{on}.",
    }[state]
