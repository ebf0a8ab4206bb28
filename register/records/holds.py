"""Legal holds: what each names, what it covers besides, and why a record is kept because of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agreements.flows.models import FlowParty, GroupMember
from register.core.dates import today
from register.directory.models import Organisation, Person
from register.directory.survivors import StandIns, records_naming, survivors, taken_over
from register.documents.models import Document, Party
from register.ledger.models import Hold
from register.ledger.retention import standing_holds
from register.signing.models import Signature, Slot

DOCUMENT, BODY, PERSON = "documents.document", "directory.organisation", "directory.person"
LOGIN = "accounts.user"
KINDS = {DOCUMENT: "Entry", BODY: "Body", PERSON: "Person"}
MODELS = {DOCUMENT: Document, BODY: Organisation, PERSON: Person}


@dataclass(frozen=True)
class HoldLine:
    """A legal hold as a page shows it: on what, by whom, why, since when, and how it ended."""

    hold: Hold
    kind: str
    subject: Document | Organisation | Person | None
    by: str
    ended_by: str
    ended_because: str

    @property
    def stands(self) -> bool:
        """Whether it holds today."""
        return self.hold.ends_on is None or self.hold.ends_on > today()


def covered(holds: dict[str, set[str]]) -> dict[str, set[str]]:
    """What holds on bodies and people cover besides: their entries, and the logins of the people."""
    bodies = {int(pk) for pk in holds.get(BODY, set())}
    people = {int(pk) for pk in holds.get(PERSON, set())}
    found: dict[str, set[str]] = {}
    if bodies or people:
        entries = documents_of(bodies, people)
        found[DOCUMENT] = {str(pk) for pk in entries.values_list("pk", flat=True)}
    if people:
        logins = Person.objects.filter(pk__in=people, user__isnull=False)
        found[LOGIN] = {str(pk) for pk in logins.values_list("user_id", flat=True)}
    return found


def documents_of(bodies: Iterable[int], people: Iterable[int]) -> QuerySet[Document]:
    """The entries that name bodies, or people as owner or signatory.

    A body is named as party, signatory, lead, member of a group or end of a flow, by whatever record
    stands for it or was merged into it.
    """
    bodies = records_naming(bodies)
    joined = GroupMember.objects.filter(organisation__in=bodies).values("document_id")
    ends = FlowParty.objects.filter(organisation__in=bodies).values("version__document_id")
    parties = Party.objects.filter(organisation__in=bodies).values("version__document_id")
    slots = Slot.objects.filter(organisation__in=bodies).values("version__document_id")
    signed = Signature.objects.filter(person__in=people).values("slot__version__document_id")
    return Document.objects.filter(
        Q(lead__in=bodies)
        | Q(owner__in=people)
        | Q(pk__in=parties)
        | Q(pk__in=slots)
        | Q(pk__in=joined)
        | Q(pk__in=ends)
        | Q(pk__in=signed)
    )


def holds_on(document: Document) -> list[Hold]:
    """The holds that stand on an entry: its own, and those on its bodies and people."""
    mine = Q(subject_model=DOCUMENT, subject_pk=str(document.pk))
    rows = standing_holds().filter(mine | Q(subject_model__in=[BODY, PERSON])).order_by("pk")
    found = list(rows)
    if all(row.subject_model == DOCUMENT for row in found):
        return found
    named = _named_by(document)
    merged = survivors()
    stand_ins = StandIns(merged, taken_over() if merged.split else {})
    return [row for row in found if _is_meant(row, named, stand_ins)]


def hold_words(document: Document) -> str:
    """Why an entry may not be disposed of or redacted now; nothing where no hold stands."""
    rows = holds_on(document)
    if not rows:
        return ""
    names = _subjects(rows)
    said = [_said(row, names.get((row.subject_model, row.subject_pk))) for row in rows]
    return " ".join(said)


def lines_of(rows: list[Hold]) -> list[HoldLine]:
    """Holds with what they are on, who set and who released them: constant statements."""
    subjects = _subjects(rows)
    history = Hold.history.filter(id__in=[row.pk for row in rows]).order_by("history_id")
    told: dict[int, list] = {}
    for past in history:
        told.setdefault(past.id, []).append(past)
    return [
        HoldLine(
            hold=row,
            kind=KINDS.get(row.subject_model, row.subject_model),
            subject=subjects.get((row.subject_model, row.subject_pk)),
            by=told[row.pk][0].actor_name,
            ended_by=told[row.pk][-1].actor_name if len(told[row.pk]) > 1 else "",
            ended_because=told[row.pk][-1].history_change_reason if len(told[row.pk]) > 1 else "",
        )
        for row in rows
    ]


def subject_of(row: Hold) -> Document | Organisation | Person | None:
    """What a hold is on."""
    return _subjects([row]).get((row.subject_model, row.subject_pk))


def subjects_of(rows: list[Hold]) -> dict[int, Document | Organisation | Person | None]:
    """What holds are on, by the key of each; at most three statements."""
    found = _subjects(rows)
    return {row.pk: found.get((row.subject_model, row.subject_pk)) for row in rows}


def _named_by(document: Document) -> dict[str, set[int | None]]:
    """The bodies and people that an entry names, in the same ways as `documents_of` asks."""
    parties = Party.objects.filter(version__document=document)
    slots = Slot.objects.filter(version__document=document)
    signed = Signature.objects.filter(slot__version__document=document)
    joined = GroupMember.objects.filter(document=document)
    ends = FlowParty.objects.filter(version__document=document, organisation__isnull=False)
    return {
        BODY: {
            document.lead_id,
            *parties.values_list("organisation_id", flat=True),
            *slots.values_list("organisation_id", flat=True),
            *joined.values_list("organisation_id", flat=True),
            *ends.values_list("organisation_id", flat=True),
        },
        PERSON: {document.owner_id, *signed.values_list("person_id", flat=True)},
    }


def _is_meant(row: Hold, named: dict[str, set[int | None]], stand_ins: StandIns) -> bool:
    """Whether a hold covers an entry that names such records: of a body any record counts."""
    if row.subject_model == DOCUMENT:
        return True
    key = int(row.subject_pk)
    records = stand_ins.records([key]) if row.subject_model == BODY else {key}
    return not named[row.subject_model].isdisjoint(records)


def _said(row: Hold, subject) -> str:
    where = "It" if row.subject_model == DOCUMENT else f"{subject}, which it names,"
    return (
        f"{where} is on legal hold since {row.starts_on.day} {row.starts_on:%B %Y}: "
        f"{row.reason.rstrip('.')}."
    )


def _subjects(rows: list[Hold]) -> dict:
    found = {}
    for label, model in MODELS.items():
        keys = [int(row.subject_pk) for row in rows if row.subject_model == label]
        if keys:
            for pk, thing in model._default_manager.in_bulk(keys).items():
                found[label, str(pk)] = thing
    return found
