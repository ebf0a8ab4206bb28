"""Writing what a plan says through the services of documents and bodies: a few statements a chunk."""

from __future__ import annotations

import json
from collections.abc import Iterable

from register.core.names import normal_form
from register.directory.models import Organisation, Partnership
from register.directory.services.organisations import add_unconfirmed
from register.documents.models import Document, Party, Version
from register.documents.services import admitting, amending
from register.documents.services.admitting import Admission, AdmittedVersion
from register.exchange.bodies import Named
from register.exchange.kinds import Effects
from register.exchange.marking import mark_places, marked_places
from register.exchange.matching import Directory
from register.exchange.models import ImportedRow
from register.exchange.outcomes import ChunkPlan, EntryPlan, VersionPlan
from register.exchange.references import split_version
from register.exchange.stored import lane_key

SOURCES = {
    "digital-economy-act": "Digital Economy Act register",
    "nhs-release-register": "NHS data release register",
    "hdr-uk": "HDR UK",
}
ROLES = {"controllers": "separate_controller", "processors": "processor"}
LONGEST = 120  # characters of a reference
_OF_THE_ENTRY = ("review_on", "review_words")


def apply(
    *, by, partnership: Partnership, source: str, came_from: str, plan: ChunkPlan,
    directory: Directory,
) -> Effects:  # fmt: skip
    """Write a chunk's plan inside the act that is open; bodies that match none come in unconfirmed.

    Gives what was written, as `register.exchange.taking_back` reads it.
    """
    named = [named for version in _versions(plan.entries) for _role, named in version.new_bodies]
    bodies = make_bodies(by=by, came_from=came_from, named=named, directory=directory)
    made = [entry for entry in plan.entries if entry.is_new]
    return {
        "documents": _admit(by, partnership, source, made, directory),
        "versions": _admit_further(by, partnership, source, plan.entries, directory),
        "values": _correct(by, came_from, plan.entries),
        "parties": _name_parties(by, plan.entries, directory),
        "slots": mark_places(by, came_from, plan.entries, directory),
        "remembered": _remember(plan.entries),
        "bodies": bodies,
    }


def make_bodies(*, by, came_from: str, named: Iterable[Named], directory: Directory) -> list[int]:
    """Make a body, unconfirmed, for every name that means none; the directory takes them in.

    Gives the keys of those that were made.
    """
    wanted: dict[str, str] = {}
    for each in named:
        if directory.find(each) is None:
            wanted.setdefault(normal_form(each.text) or each.text, each.text)
    if not wanted:
        return []
    # Another import may have made them since the directory was read.
    held = Organisation.objects.filter(
        normal_name__in=wanted, is_confirmed=False, merged_into__isnull=True, ends_on__isnull=True
    )
    for body in held:
        directory.add([body])
        wanted.pop(body.normal_name, None)
    made = add_unconfirmed(by=by, names=wanted.values(), came_from=came_from) if wanted else []
    directory.add(made)
    return [body.pk for body in made]


def _admit(
    by, partnership: Partnership, source: str, entries: list[EntryPlan], directory: Directory
) -> list[int]:
    if not entries:
        return []
    admissions = [_admission(source, entry, directory) for entry in entries]
    documents = admitting.admit(by=by, partnership=partnership, admissions=admissions)
    pairs = zip(documents, entries, strict=True)
    labels = {
        (document.pk, place): (entry, version)
        for document, entry in pairs
        for place, version in enumerate(entry.versions, start=1)
    }
    rows = Version.objects.filter(document__in=documents).values_list("document_id", "number", "pk")
    ImportedRow.objects.bulk_create(
        _imported(partnership, source, *labels[document, number], document, pk)
        for document, number, pk in rows
    )
    return [document.pk for document in documents]


def _admit_further(
    by, partnership: Partnership, source: str, entries: list[EntryPlan], directory: Directory
) -> list[list]:
    found = [
        (entry, version, entry.document)
        for entry in entries
        if entry.document is not None
        for version in entry.versions
        if version.held is None
    ]
    if not found:
        return []
    admissions = [(document, _admitted(version, directory)) for _, version, document in found]
    made = amending.admit_versions(by=by, partnership=partnership, admissions=admissions)
    ImportedRow.objects.bulk_create(
        _imported(partnership, source, entry, version, document.pk, row.pk)
        for (entry, version, document), row in zip(found, made, strict=True)
    )
    return [[version.pk, version.document_id] for version in made]


def _correct(by, came_from: str, entries: list[EntryPlan]) -> list[list]:
    corrections: list[tuple[Document | Version, dict]] = []
    before: list[list] = []
    for entry in entries:
        if entry.document is None:
            continue
        for place, version in enumerate(entry.versions, start=1):
            if version.held and version.values:
                values = _values(version.values, version.held.document)
                corrections.append((version.held.version, values))
                before.append(_before(version.held.version, values, version.held.values))
            elif version.held is None and place == len(entry.versions):
                named = {n: v for n, v in version.facts.values.items()
                         if n in _OF_THE_ENTRY or n.startswith("extra.")}  # fmt: skip
                if named:
                    document = entry.document
                    corrections.append((document, _values(named, document)))
                    before.append(_before(document, corrections[-1][1], {}))
    if corrections:
        amending.correct(by=by, corrections=corrections, reason=f"Changed in {came_from}.")
    return before


def _before(given: Document | Version, values: dict, held: dict) -> list:
    """What stood where values are written: version or None, document, and the values by name."""
    document = given.document if isinstance(given, Version) else given
    here = {"review_on": document.review_on, "review_words": document.review_words, **held}
    found = {
        name: (json.loads(document.extras) if document.extras else {})
        if name == "extras"
        else here.get(name, here.get(f"text.{name}"))
        for name in values
    }
    return [given.pk if isinstance(given, Version) else None, document.pk, found]


def _name_parties(by, entries: list[EntryPlan], directory: Directory) -> list[int]:
    parties = [
        (version.held.version, _parties(version.new_bodies, directory))
        for version in _versions(entries)
        if version.held and version.new_bodies
    ]
    if not parties:
        return []
    held = Party.objects.filter(version__in=[version for version, _ in parties])
    known = set(held.values_list("pk", flat=True))
    amending.name_parties(by=by, parties=parties)
    return [pk for pk in held.order_by("pk").values_list("pk", flat=True) if pk not in known]


def _remember(entries: list[EntryPlan]) -> list[list]:
    changed, before = [], []
    for version in _versions(entries):
        if version.held is None:
            continue
        row, said = version.held.row, _text(version.said)
        if (row.digest, row.said_text) != (version.plan.row.digest, said):
            before.append([row.pk, row.digest, row.said_text])
            row.digest, row.said_text = version.plan.row.digest, said
            changed.append(row)
    if changed:
        ImportedRow.objects.bulk_update(changed, ["digest", "said_text"], batch_size=500)
    return before


def _admission(source: str, entry: EntryPlan, directory: Directory) -> Admission:
    newest = entry.versions[-1]
    values = newest.facts.values
    lead = next((directory.find(n) for role, n in newest.bodies if role == "lead"), None)
    return Admission(
        source=source,
        source_key=lane_key(entry.key, entry.lane),
        versions=[_admitted(version, directory) for version in entry.versions],
        tier=newest.plan.row.tier,
        references=_references(source, entry),
        lead=lead,
        review_on=values.get("review_on"),
        review_words=values.get("review_words", ""),
        extras=_extras(entry.versions),
    )


def _admitted(version: VersionPlan, directory: Directory) -> AdmittedVersion:
    facts, values = version.facts, version.facts.values
    parties = _parties(version.bodies, directory)
    signed = []
    if facts.signed and parties:
        signed = [(parties[0][0], *facts.signed)]
    signed += marked_places(facts.places, directory)
    return AdmittedVersion(
        title=str(values["title"]),
        label=version.label,
        kind=facts.kind,
        state=version.state,
        in_force_on=values.get("in_force_on"),
        ends_on=values.get("ends_on"),
        ended_on=facts.ended_on,
        parties=parties,
        texts={n[5:]: str(text) for n, text in values.items() if n.startswith("text.")},
        signed=signed,
    )


def _parties(bodies: list[tuple[str, Named]], directory: Directory) -> list:
    found: dict[int, tuple[Organisation, str]] = {}
    for role, named in sorted(bodies, key=lambda pair: pair[0] != "lead"):
        body = directory.find(named)
        if body is None:  # all were made before
            raise LookupError(named.text)
        held = found.get(body.pk)
        if held is None or not held[1]:
            found[body.pk] = (body, ROLES.get(role, ""))
    return list(found.values())


def _references(source: str, entry: EntryPlan) -> list[tuple[str, str]]:
    whose = SOURCES.get(source, source)[:200]
    found: dict[str, str] = {}
    for version in entry.versions:
        row = version.plan.row
        # As the office writes it, version and all.
        full = [c for c in row.cells if row.version and len(c) <= LONGEST
                and split_version(" ".join(c.split())) == (row.reference, row.version)]  # fmt: skip
        written = (row.reference, *full)
        found |= {value[:LONGEST]: whose for value in written if value}
    return list(found.items())


def _extras(versions: list[VersionPlan]) -> dict[str, str]:
    """The columns without a home; what an older version says otherwise is kept under its number."""
    found = {n[6:]: str(v) for n, v in versions[-1].facts.values.items() if n.startswith("extra.")}
    for version in versions[:-1]:
        for name, text in version.facts.values.items():
            if name.startswith("extra.") and found.get(name[6:]) != text:
                found[f"{name[6:]} (version {version.label or 'without number'})"] = str(text)
    return found


def _values(values: dict, document: Document) -> dict:
    found = {n.removeprefix("text."): v for n, v in values.items() if not n.startswith("extra.")}
    extras = {name[6:]: v for name, v in values.items() if name.startswith("extra.")}
    if extras:
        held = json.loads(document.extras) if document.extras else {}
        found["extras"] = held | extras
    return found


def _imported(
    partnership: Partnership, source: str, entry: EntryPlan, version: VersionPlan, document: int,
    pk: int,
) -> ImportedRow:  # fmt: skip
    return ImportedRow(
        partnership=partnership,
        source=source,
        key=entry.key,
        lane=entry.lane,
        label=version.label,
        document_id=document,
        version_id=pk,
        digest=version.plan.row.digest,
        said_text=_text(version.said),
    )


def _versions(entries: Iterable[EntryPlan]) -> list[VersionPlan]:
    return [version for entry in entries for version in entry.versions]


def _text(said: dict) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
