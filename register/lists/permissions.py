"""Who may keep the reference lists."""

from register.accounts.roles import ADMINISTER
from register.core.verdicts import YES, Verdict, no
from register.ledger.actors import SYSTEM, Actor


def may_keep_lists(by) -> Verdict:
    """Whether somebody may change reference lists: administrators of any partnership."""
    if isinstance(by, str) or (isinstance(by, Actor) and by.kind == SYSTEM):
        return YES
    # The rows belong to the directory, a floor above; they hang on the login all the same.
    if getattr(by, "is_authenticated", False) and by.is_active:
        held = by.partnershipuserobjectpermission_set
        if held.filter(permission__codename=ADMINISTER).exists():
            return YES
    return no("Only administrators change reference lists.")
