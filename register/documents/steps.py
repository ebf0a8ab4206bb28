"""Where rooms above hang on to the life of a version: signing makes and voids slots here.

Each list holds plain functions, called in order inside the act that moves the version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from register.core.ripple import Cause
from register.documents.models import Reader, Version

if TYPE_CHECKING:
    from register.documents.material import Material

# Called with the new version and the one it was copied from.
ON_REVISED: list[Callable[..., None]] = []
# Called with a version about to be frozen; may raise ValidationError.
BEFORE_ISSUE: list[Callable[[Version], None]] = []
# Answers why a version may not come into force yet: an empty sentence means that it may.
COMMENCEMENT: list[Callable[[Version], str]] = []
# Called with a version that comes into force, the one that governed before (or None), and the actor.
ON_IN_FORCE: list[Callable[..., None]] = []
# Answers what a version of a draft would mean to others by coming into force.
WOULD_CHANGE: list[Callable[[Version], list[Cause]]] = []
# Called with a version that has ended or was superseded, and the actor.
ON_CLOSED: list[Callable[..., None]] = []
# Called with versions of an old register that were taken out again, as if they had never come, and the
# actor; nobody is told of it, and nothing is asked for.
ON_TAKEN_OUT: list[Callable[..., None]] = []
# Adds to the canonical body of a version: name of the part, and the function that builds it.
BODY_PARTS: dict[str, Callable[[Version], object]] = {}
# Adds sections after those of the tier: each is a dict of code, heading and fields, and each field a
# dict of code, label, kind and value. Kinds: "html" (markup), "text", "items" (list of number, heading,
# text, note), "table" (dict of columns and rows, every cell a text). A section of tables only is
# printed as a schedule. It answers an empty list for a version that has nothing of it.
MORE_SECTIONS: list[Callable[[Version], list[dict]]] = []
# Answers for many versions how many slots they have and how many are signed.
SIGNED_COUNTS: list[Callable[[list[int]], dict[int, tuple[int, int]]]] = []
# Called with the material of documents (at most 500) whose derived rows were just written anew.
KEPT_UP: list[Callable[[Material], None]] = []
# By tier: answers for versions which bodies they bind besides their parties, such as members of a group.
MORE_BODIES: dict[int, list[Callable[[list[int]], dict[int, set[int]]]]] = {1: [], 2: [], 3: []}
# By tier: answers for versions what else a search should find in them, as plain texts.
MORE_WORDS: dict[int, list[Callable[[list[int]], dict[int, list[str]]]]] = {1: [], 2: [], 3: []}
# Called with pairs of an admitted version and what the old register says of who signed it.
ON_ADMITTED: list[Callable[[list], None]] = []
# Called with a version that went from a state (a word of `lifecycle.State`) to its next, and the actor.
ON_MOVED: list[Callable[..., None]] = []
# Called with the keys of at most 500 documents and the people who are named as their readers, as rows;
# brings them into line with who else reads the drafts for now, and answers the rows as they stand then.
PEOPLE_WHO_READ: list[Callable[[list[int], list[Reader]], list[Reader]]] = []
# Called with the key of a document that was disposed of: forgets what rooms above have copied of it. It
# may be called again.
ON_DISPOSED: list[Callable[[int], None]] = []
# Answers for a document which people read it for now only: they are not among its named readers.
READ_FOR_NOW: list[Callable[[int], set[int]]] = []
