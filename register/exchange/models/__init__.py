"""Imports: what came in, how it was read, what it said, and what it wrote."""

from register.exchange.models.imports import (
    FILES_KEPT_FOR,
    MOVING,
    OVER,
    UNFINISHED,
    Import,
    ImportState,
)
from register.exchange.models.lists import (
    Bundle,
    BundledFile,
    BundleState,
    FileState,
    Found,
    ImportedBody,
)
from register.exchange.models.memory import ImportedFlow, ImportedRow
from register.exchange.models.wizard import AppliedChunk, Mapping, Mend, ReportedRow, TakenBack

__all__ = [
    "FILES_KEPT_FOR",
    "MOVING",
    "OVER",
    "UNFINISHED",
    "AppliedChunk",
    "Bundle",
    "BundleState",
    "BundledFile",
    "FileState",
    "Found",
    "Import",
    "ImportState",
    "ImportedBody",
    "ImportedFlow",
    "ImportedRow",
    "Mapping",
    "Mend",
    "ReportedRow",
    "TakenBack",
]
