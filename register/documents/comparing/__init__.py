"""Two versions of a document compared: what differs, how much it matters, and to whom.

`differences` is pure, over two canonical bodies; `compare` reads them. See docs/decisions/0007.
"""

from register.documents.comparing.again import (
    SIGNED_UNDER,
    Again,
    must_sign_again,
    only_told,
    signed_under,
    who_signs_again,
)
from register.documents.comparing.changes import FieldChange
from register.documents.comparing.compared import GROUP_MEMBERS, compare, differences
from register.documents.comparing.difference import Difference

__all__ = [
    "GROUP_MEMBERS",
    "SIGNED_UNDER",
    "Again",
    "Difference",
    "FieldChange",
    "compare",
    "differences",
    "must_sign_again",
    "only_told",
    "signed_under",
    "who_signs_again",
]
