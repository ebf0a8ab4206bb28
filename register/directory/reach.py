"""How far a login reaches: which partnerships, memberships and person stand behind it.

Read once a request from the stored permissions (a few rows a person), never from documents, so that
a list of a hundred thousand documents costs the same few statements as a list of ten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from register.accounts.roles import (
    ADMINISTER,
    AUDIT,
    EDIT_ALL,
    EDIT_FOR,
    MAINTAIN,
    READ_ALL,
    READ_FOR,
)
from register.directory.models import (
    MembershipUserObjectPermission,
    Partnership,
    PartnershipUserObjectPermission,
)
from register.ledger.actors import Actor


@dataclass
class Reach:
    """The stored permissions of one login, by permission: sets of primary keys."""

    person_id: int | None = None
    by_partnership: dict[str, set[int]] = field(default_factory=dict)
    by_membership: dict[str, set[int]] = field(default_factory=dict)
    membership_bodies: dict[int, int] = field(default_factory=dict)
    membership_partnerships: dict[int, int] = field(default_factory=dict)
    # By body: the records that were merged into it, which whoever acts for it acts for too.
    merged: dict[int, set[int]] = field(default_factory=dict)
    sees_everything: bool = False

    @property
    def whole(self) -> set[int]:
        """Partnerships whose every entry may be read."""
        return self.by_partnership.get(READ_ALL, set())

    @property
    def memberships(self) -> set[int]:
        """Memberships for which the login may read."""
        return self.by_membership.get(READ_FOR, set())

    @cached_property
    def partnerships(self) -> set[int]:
        """Partnerships of which one of the login's bodies is a member."""
        return {self.membership_partnerships[pk] for pk in self.memberships}

    @cached_property
    def reads_every_partnership(self) -> bool:
        """Whether the login reads every entry there is: of all partnerships of the installation."""
        return self.sees_everything or (
            bool(self.whole) and not Partnership.objects.exclude(pk__in=self.whole).exists()
        )

    def as_reader(self) -> Q:
        """The condition by which a row of named readers means this login or one of its bodies."""
        mine = Q(membership_id__in=self.memberships)
        # Without a person the comparison would find every row that names no person.
        return mine | Q(person_id=self.person_id) if self.person_id is not None else mine

    def bodies(self, permission: str) -> set[int]:
        """The bodies for which the login holds a permission, with what was merged into them."""
        own = {self.membership_bodies[pk] for pk in self.by_membership.get(permission, set())}
        return own.union(*(self.merged.get(body, ()) for body in own))

    def may_edit_all(self, partnership_id: int) -> bool:
        """Whether the login keeps every entry of a partnership."""
        return self.sees_everything or partnership_id in self.by_partnership.get(EDIT_ALL, set())

    def may_administer(self, partnership_id: int | None = None) -> bool:
        """Whether the login administers a partnership, or any where none is named."""
        held = self.by_partnership.get(ADMINISTER, set())
        return self.sees_everything or (
            bool(held) if partnership_id is None else partnership_id in held
        )

    def may_audit(self) -> bool:
        """Whether the login reads the whole history."""
        return self.sees_everything or bool(self.by_partnership.get(AUDIT))

    def is_register_officer(self) -> bool:
        """Whether the login keeps every entry of some partnership."""
        return self.sees_everything or bool(self.by_partnership.get(EDIT_ALL))

    def edits_for(self, organisation_id: int | None) -> bool:
        """Whether the login drafts for a body."""
        return organisation_id in self.bodies(EDIT_FOR)

    def maintains(self, organisation_id: int | None) -> bool:
        """Whether the login keeps a body's contacts, posts and identifiers."""
        return organisation_id in self.bodies(MAINTAIN)


def reach_of(by) -> Reach:
    """The reach of a login, of a system job (everything), or of nobody (nothing).

    Kept on the login object, which lives as long as one request.
    """
    if isinstance(by, str) or (isinstance(by, Actor) and by.kind == "system"):
        return Reach(sees_everything=True)
    if not getattr(by, "is_authenticated", False) or not by.is_active:
        return Reach()
    if not hasattr(by, "_reach"):
        by._reach = _read(by)
    return by._reach


def _read(user) -> Reach:
    reach = Reach(person_id=getattr(getattr(user, "person", None), "pk", None))
    rows = PartnershipUserObjectPermission.objects.filter(user=user)
    for codename, pk in rows.values_list("permission__codename", "content_object_id"):
        reach.by_partnership.setdefault(codename, set()).add(pk)
    held = MembershipUserObjectPermission.objects.filter(user=user)
    merged = "content_object__organisation__merged_from"
    for codename, pk, body, partnership, *records in held.values_list(
        "permission__codename",
        "content_object_id",
        "content_object__organisation_id",
        "content_object__partnership_id",
        merged,
        f"{merged}__merged_from",
    ):
        reach.by_membership.setdefault(codename, set()).add(pk)
        reach.merged.setdefault(body, set()).update(filter(None, records))
        reach.membership_bodies[pk] = body
        reach.membership_partnerships[pk] = partnership
    return reach
