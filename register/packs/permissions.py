"""Who may make a release copy; every no carries its reason."""

from __future__ import annotations

from register.core.verdicts import YES, Verdict, no
from register.documents.lifecycle import EDITABLE
from register.documents.models import Version
from register.documents.permissions import may_edit, readable_versions


def may_release(by, version: Version) -> Verdict:
    """Whether somebody may make a copy for release: who keeps the entry, of a text that was issued."""
    if not (verdict := may_edit(by, version.document)):
        return verdict
    if not readable_versions(by, version.document).filter(pk=version.pk).exists():
        return no("You may not read that version.")
    if version.state in EDITABLE and not version.is_admitted:
        return no(f"{version} is a draft: only a text that was issued is released.")
    return YES
