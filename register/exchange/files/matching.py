"""To which entry a file belongs, told from its name: its reference, a reference elsewhere, its title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from rapidfuzz import fuzz, process

from register.directory.models import Partnership
from register.documents.models import Attachment, Document, ExternalReference, Version
from register.exchange.models import Found

SURE, APART, LIKELY, OFFERED = 90, 4, 55, 5
SHORTEST = 3  # characters of a reference elsewhere that are looked for in a name
_NOISE = re.compile(
    r"\b(?:signed|final|copy|scan(?:ned)?|executed|version|v\d+(?: \d+)*|draft|pdf|docx?|agreement"
    r"|isa|dsa|dspa|the|of|and|for)\b"
)


@dataclass(frozen=True)
class Match:
    """The entry of a file and how it was found; without one those that it may belong to."""

    document: int | None
    found: str = Found.NOT
    likely: tuple[int, ...] = ()


@dataclass
class Shelf:
    """The entries of a partnership by what a file name may say of them."""

    own: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    elsewhere: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[int, str] = field(default_factory=dict)
    # Documents to which bytes are, or were, attached already, by digest.
    attached: dict[str, int] = field(default_factory=dict)

    def match(self, name: str, sha256: str = "") -> Match:
        """The entry to which a file belongs; where several do, or none surely, all that may."""
        if sha256 and (known := self.attached.get(sha256)):
            return Match(known, Found.BYTES)
        stem = str(PurePosixPath(name.replace("\\", "/")).with_suffix(""))
        for index, how in ((self.own, Found.REFERENCE), (self.elsewhere, Found.EXTERNAL)):
            held = _named(stem, index)
            if len(held) == 1:
                return Match(next(iter(held)), how)
            if held:
                ranked = [pk for pk in self._by_title(stem) if pk in held]
                return Match(
                    None, Found.NOT, tuple([*ranked, *sorted(held - set(ranked))][:OFFERED])
                )
        return self._of_title(stem)

    def _of_title(self, stem: str) -> Match:
        name = _bare(PurePosixPath(stem).name)
        same = [pk for pk, title in self.titles.items() if name and title == name]
        if len(same) == 1:
            return Match(same[0], Found.TITLE)
        ranked = self._by_title(stem)
        first, second = [*ranked.values(), 0.0, 0.0][:2]
        likely = tuple(pk for pk, score in ranked.items() if score >= LIKELY)[:OFFERED]
        if first >= SURE and first - second >= APART:
            return Match(next(iter(ranked)), Found.TITLE)
        return Match(None, Found.NOT, likely)

    def _by_title(self, stem: str) -> dict[int, float]:
        name = _bare(PurePosixPath(stem).name)
        if not name:
            return {}
        found = process.extract(name, self.titles, scorer=fuzz.token_sort_ratio, limit=OFFERED + 1)
        return {pk: score for _title, score, pk in found}


def read_shelf(partnership: Partnership, digests: Iterable[str] = ()) -> Shelf:
    """Read the entries of a partnership, but for archived ones; four statements."""
    shelf = Shelf()
    documents = Document.objects.filter(partnership=partnership, archived_on__isnull=True)
    for pk, reference in documents.values_list("pk", "reference"):
        shelf.own[_key(reference)].add(pk)
    ours = ExternalReference.objects.filter(document__in=documents)
    for pk, value in ours.values_list("document_id", "value"):
        if len(value) >= SHORTEST:
            shelf.elsewhere[_key(value)].add(pk)
    versions = Version.objects.filter(document__in=documents).order_by("document_id", "number")
    for pk, title in versions.values_list("document_id", "title"):
        shelf.titles[pk] = _bare(title)
    held = Attachment.objects.filter(document__in=documents, file__in=list(digests))
    for sha256, pk in held.order_by("pk").values_list("file_id", "document_id"):
        shelf.attached[sha256] = pk
    return shelf


def _named(stem: str, index: dict[str, set[int]]) -> set[int]:
    """The entries whose reference stands in a name as whole words, the longest such reference first."""
    words = f" {_key(stem)} "
    held = [key for key in index if key and f" {key} " in words]
    if not held:
        # “WYA0001” is “WY-A-0001”.
        single = set(words.split())
        held = [key for key in index if " " in key and key.replace(" ", "") in single]
    longest = max(map(len, held), default=0)
    return {pk for key in held if len(key) == longest for pk in index[key]}


def _key(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _bare(text: str) -> str:
    key = _key(text)
    return " ".join(_NOISE.sub(" ", key).split()) or key
