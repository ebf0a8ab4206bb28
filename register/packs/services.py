"""Making a release copy: the one act that says what is withheld from it, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from django.core.exceptions import ValidationError

from register.core.dates import now
from register.core.verdicts import require
from register.documents.models import Version
from register.documents.services.locks import lock_version
from register.ledger.acts import act
from register.packs.grounds import GROUNDS
from register.packs.models import Release, WithheldPart
from register.packs.permissions import may_release
from register.packs.withholding import parts_of
from register.printing.framing import content_of


def release(
    *, by, version: Version, withheld: Mapping[str, tuple[str, str]],
    named_posts: tuple[str, ...] = (), requested_as: str = "",
) -> Release:  # fmt: skip
    """Decide what a release copy of a version leaves out; the copy itself is printed from this.

    `withheld` gives for the code of each withheld part its exemption (a key of GROUNDS) and why it
    applies here. Raises ValidationError naming the part that lacks one of the two.
    """
    with act(by=by, verb="release.made") as this:
        version = lock_version(version)
        require(may_release(by, version))
        content = content_of(version)
        parts = [part for part in parts_of(json.loads(content)) if part.code in withheld]
        if len(parts) != len(withheld):
            raise ValidationError("The text was changed meanwhile. Open the page again.")
        made = Release(
            version=version,
            requested_as=requested_as.strip(),
            named_posts=named_posts,
            text_sha256=hashlib.sha256(content).hexdigest(),
            decided_at=now(),
            decided_by=this.actor.name,
        )
        made.full_clean()
        made.save()
        this.subject = made
        for position, part in enumerate(parts):
            ground, because = withheld[part.code]
            _withhold(made, part.code, part.heading, ground, because, position)
    return made


def _withhold(release, code: str, heading: str, ground: str, because: str, position: int) -> None:
    if ground not in GROUNDS:
        raise ValidationError(f"Choose the exemption under which “{heading}” is withheld.")
    if not because.strip():
        raise ValidationError(f"Say why “{heading}” is withheld.")
    WithheldPart(
        release=release, code=code, heading=heading, ground=ground, because=because.strip(),
        position=position,
    ).save()  # fmt: skip
