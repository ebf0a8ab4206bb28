"""Prints a release copy from what was decided: the text without its withheld parts and junior names."""

from __future__ import annotations

import hashlib
import json

from register.packs.grounds import GROUNDS
from register.packs.models import Release
from register.packs.naming import mailboxes_of, posts_by_name
from register.packs.withholding import Names, release_frame, without
from register.printing.bounded import render_version
from register.printing.framing import content_of, frame_of
from register.printing.models import PrintRequest
from register.printing.refusals import PrintFailed
from register.printing.services import name_of

GONE = "The release copy was not found any more. Make it again."
CHANGED = "The text was corrected or redacted since this was decided. Make a new release copy."


def make_release(request: PrintRequest) -> tuple[bytes, str]:
    """The PDF of a release copy and its name; PrintFailed where the text is not the same any more."""
    release = Release.objects.filter(pk=request.about or 0).first()
    if release is None:
        raise PrintFailed(GONE)
    content, frame, _ = released(release)
    return render_version(content, frame), name_of((content, frame), "release-copy")


def released(release: Release) -> tuple[bytes, dict, dict[str, int]]:
    """The body and the frame of a release copy, and how often each name was replaced in them."""
    version = release.version
    content = content_of(version)
    if hashlib.sha256(content).hexdigest() != release.text_sha256:
        raise PrintFailed(CHANGED)
    withheld = {row.code: GROUNDS[row.ground].printed for row in release.withheld.all()}
    frame = release_frame(frame_of(version, printed_by=""))
    body, frame = without(json.loads(content), frame, withheld)
    names = Names(posts_by_name(version, release.named_posts), mailboxes_of(version))
    body, frame = names.out_of(body), names.out_of(frame)
    return json.dumps(body, ensure_ascii=False).encode(), frame, names.found
