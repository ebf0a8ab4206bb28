"""The document, its versions and what hangs on them, one noun a module."""

from register.documents.models.checking import BrokenRule, Check, PartnershipRule
from register.documents.models.content import Clause, Content, ParentLink, Part, Party
from register.documents.models.documents import (
    Document,
    DocumentTag,
    ExternalReference,
    Provenance,
    Reader,
    ReferenceCounter,
    Suspension,
    Visibility,
)
from register.documents.models.files import Attachment, StoredFile
from register.documents.models.notes import Note
from register.documents.models.versions import (
    Commencement,
    TextKind,
    Transition,
    Unsaved,
    Version,
    VersionBody,
)

__all__ = [
    "Attachment",
    "BrokenRule",
    "Check",
    "Clause",
    "Commencement",
    "Content",
    "Document",
    "DocumentTag",
    "ExternalReference",
    "Note",
    "ParentLink",
    "Part",
    "PartnershipRule",
    "Party",
    "Provenance",
    "Reader",
    "ReferenceCounter",
    "StoredFile",
    "Suspension",
    "TextKind",
    "Transition",
    "Unsaved",
    "Version",
    "VersionBody",
    "Visibility",
]
