"""Who may share, change and remove a saved view."""

from __future__ import annotations

from register.accounts.roles import EDIT_FOR
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Partnership
from register.directory.reach import reach_of
from register.saved.models import SavedView


def may_share(by, partnership: Partnership | None) -> Verdict:
    """Whether somebody may share a view with a partnership: those who keep entries in it."""
    reach = reach_of(by)
    if partnership is None:
        return no("You belong to no partnership with which a view could be shared.")
    held = {reach.membership_partnerships[pk] for pk in reach.by_membership.get(EDIT_FOR, set())}
    if reach.may_edit_all(partnership.pk) or partnership.pk in held:
        return YES
    return no("Only those who keep entries share views with the partnership.")


def may_change(by, view: SavedView) -> Verdict:
    """Whether somebody may change a view: its owner."""
    return YES if view.owner_id == by.pk else no("Only who saved the view changes it.")


def may_remove(by, view: SavedView) -> Verdict:
    """Whether somebody may remove a view: its owner; of a shared one the partnership office too."""
    if view.owner_id == by.pk:
        return YES
    if view.partnership_id and reach_of(by).may_edit_all(view.partnership_id):
        return YES
    return no("Only who saved the view, or the partnership office, removes it.")
