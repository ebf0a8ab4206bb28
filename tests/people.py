"""The cast of a test: one partnership, two bodies, and somebody of every role."""

from __future__ import annotations

from dataclasses import dataclass

from register.accounts.models import User
from register.directory.models import Membership, Partnership, Post
from tests import make


@dataclass
class Cast:
    """Who plays: `off_a` and `sig_a` are of the council, `off_b` and `sig_b` of the police."""

    partnership: Partnership
    council: Membership
    police: Membership
    council_post: Post
    police_post: Post
    admin: User
    office: User
    auditor: User
    off_a: User
    off_b: User
    sig_a: User
    sig_b: User
    mgr_a: User
    adv_a: User
    outsider: User
    nobody: User

    @property
    def everybody(self) -> dict[str, User]:
        """Every login by its name in the cast."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def cast() -> Cast:
    """A partnership of a council and a police force; the outsider is an officer of another one."""
    place = make.partnership("Wyrefordshire Partnership", office_email="office@test.example")
    council = make.member(place, "Wyrefordshire County Council")
    police = make.member(place, "Wyrefordshire Police")
    elsewhere = make.partnership("Northmere Partnership")
    posts = [make.post(row.organisation) for row in (council, police)]
    signers = [make.officer("signatory", row) for row in (council, police)]
    for post, user in zip(posts, signers, strict=True):
        make.appoint(post, user.person)
    return Cast(
        partnership=place,
        council=council,
        police=police,
        council_post=posts[0],
        police_post=posts[1],
        admin=make.officer("administrator", place),
        office=make.officer("register_officer", place),
        auditor=make.officer("auditor", place),
        off_a=make.officer("body_officer", council),
        off_b=make.officer("body_officer", police),
        sig_a=signers[0],
        sig_b=signers[1],
        mgr_a=make.officer("manager", council),
        adv_a=make.officer("adviser", council),
        outsider=make.officer("body_officer", make.member(elsewhere, "Northmere Council")),
        nobody=make.nobody(),
    )
