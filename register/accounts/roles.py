"""The roles, as code: what each lets somebody do, for a body or for the whole partnership.

Permissions for a body hang on its membership of a partnership; permissions for everything hang on
the partnership. Appointments give roles; `directory.grants` turns them into stored permissions.
"""

from dataclasses import dataclass

READ_FOR = "read_for"
EDIT_FOR = "edit_for"
SIGN_FOR = "sign_for"
ADVISE_FOR = "advise_for"
MAINTAIN = "maintain"
MEMBERSHIP_PERMISSIONS = {
    READ_FOR: "May read what the body may read",
    EDIT_FOR: "May draft and edit for the body",
    SIGN_FOR: "May sign for the body",
    ADVISE_FOR: "May advise for the body",
    MAINTAIN: "May keep the body's contacts, posts and identifiers",
}

READ_ALL = "read_all"
EDIT_ALL = "edit_all"
ADMINISTER = "administer"
AUDIT = "audit"
PARTNERSHIP_PERMISSIONS = {
    READ_ALL: "May read every entry of the partnership",
    EDIT_ALL: "May keep every entry and body of the partnership",
    ADMINISTER: "May invite, appoint, and change lists and settings",
    AUDIT: "May read the whole history and its proof",
}


@dataclass(frozen=True)
class Role:
    """What a person may be appointed to: a code, its name, its reach and its permissions."""

    code: str
    name: str
    reach: str  # "body" or "partnership"
    permissions: tuple[str, ...]
    means: str


ROLES = {
    role.code: role
    for role in (
        Role(
            "register_officer",
            "Register officer",
            "partnership",
            (READ_ALL, EDIT_ALL),
            "Keeps the whole register: every entry, body and signature on paper.",
        ),
        Role(
            "administrator",
            "Administrator",
            "partnership",
            (READ_ALL, ADMINISTER, AUDIT),
            "Invites people, appoints them, and keeps lists, settings and retention.",
        ),
        Role(
            "auditor",
            "Auditor",
            "partnership",
            (READ_ALL, AUDIT),
            "Reads every entry and the whole history, and changes nothing.",
        ),
        Role(
            "body_officer",
            "Body's own officer",
            "body",
            (READ_FOR, EDIT_FOR, MAINTAIN),
            "Drafts for the body and keeps its contacts, posts and identifiers.",
        ),
        Role(
            "manager",
            "Manager",
            "body",
            (READ_FOR,),
            "Reads and prints what the body is a party to.",
        ),
        Role(
            "adviser",
            "Adviser",
            "body",
            (READ_FOR, ADVISE_FOR),
            "Reads drafts of the body and advises before signature.",
        ),
        Role(
            "signatory",
            "Signatory",
            "body",
            (READ_FOR, SIGN_FOR),
            "Reads what the body is asked to sign and signs it while holding the post.",
        ),
    )
}

ROLE_CHOICES = [(role.code, role.name) for role in ROLES.values()]
PARTNERSHIP_ROLES = tuple(code for code, role in ROLES.items() if role.reach == "partnership")
BODY_ROLES = tuple(code for code, role in ROLES.items() if role.reach == "body")
