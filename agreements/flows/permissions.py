"""Who may keep information assets; every no carries its reason."""

from __future__ import annotations

from register.core.verdicts import Verdict
from register.directory.models import Organisation
from register.directory.permissions import may_maintain


def may_keep_assets(by, organisation: Organisation) -> Verdict:
    """Whether somebody may keep the assets of a body: its own officer, or the partnership office."""
    return may_maintain(by, organisation)
