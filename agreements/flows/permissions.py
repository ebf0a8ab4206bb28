"""Who may keep information assets; every no carries its reason."""

from __future__ import annotations

from register.core.verdicts import YES, Verdict, no
from register.directory.models import Organisation
from register.directory.permissions import may_add_body, may_maintain
from register.directory.reach import reach_of


def may_keep_assets(by, organisation: Organisation) -> Verdict:
    """Whether somebody may keep the assets of a body: its own officer, or the partnership office."""
    return may_maintain(by, organisation)


def may_add_assets(by) -> Verdict:
    """Whether somebody may record assets of some body: a body's own officer, or an office."""
    if reach_of(by).by_membership.get("maintain") or may_add_body(by):
        return YES
    return no("Only a body's own officer or the partnership office may add assets.")
