"""What falls due for disposal in a partnership, and why some of it is kept all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from agreements.models import Agreement, FurtherProtocol
from register.accounts.models import User
from register.concerns.models import Concern
from register.core.dates import add_months, today, words
from register.directory.models import Appointment, Contact, Partnership, Person
from register.documents.disposal import last_done, unused_drafts
from register.documents.lifecycle import EDITABLE, GOVERNING, PAST, PREPARING
from register.documents.models import Document, ParentLink, Version
from register.ledger.retention import (
    AGREEMENTS,
    CONCERNS,
    CONTACTS,
    MESSAGES,
    TRACES,
    UNUSED_DRAFTS,
    held,
    held_records,
    old_access,
    old_traces,
    rule_for,
)
from register.notices.models import Notice
from register.records.holds import DOCUMENT, LOGIN, PERSON, hold_words
from register.records.models import DisposalItem, ItemOutcome

KINDS = (AGREEMENTS, UNUSED_DRAFTS, CONTACTS)
ON_HOLD = "It is on legal hold."


@dataclass(frozen=True)
class Due:
    """A record that no rule keeps any longer: what it is, until when it was kept, why it stays."""

    kind: str
    label: str
    due_on: date
    document: Document | None = None
    version: Version | None = None
    person_id: int | None = None
    why_kept: str = ""


def due_in(partnership: Partnership, limit: int) -> list[Due]:
    """At most so many records of a partnership that fall due today, those that are kept included."""
    found: list[Due] = []
    for of_kind in (_agreements, _drafts, _contacts):
        for row in of_kind(partnership):
            if len(found) == limit:
                return found
            found.append(row)
    return found


def count_due(kind: str, partnerships: set[int], months: int) -> int:
    """How many records of a kind would fall due in partnerships, were they kept for so many months."""
    before = add_months(today(), -months)
    if kind == UNUSED_DRAFTS:
        return sum(1 for _ in unused_drafts(before, partnerships))
    if kind in (AGREEMENTS, CONTACTS):
        of_kind = _ended if kind == AGREEMENTS else _left
        places = Partnership.objects.filter(pk__in=partnerships)
        return sum(of_kind(place, before).count() for place in places)
    if kind == CONCERNS:
        ended = [
            _ended(place, _before(AGREEMENTS)).values("pk")
            for place in Partnership.objects.filter(pk__in=partnerships)
        ]
        rows = Concern.objects.filter(closed_on__lt=before)
        return sum(rows.filter(document__in=over).count() for over in ended)
    if kind == MESSAGES:
        return old_messages(before).count()
    return (old_traces if kind == TRACES else old_access)(before).count()


def old_messages(before: date) -> QuerySet[Notice]:
    """Messages that went or were given up before a day, still have their words, and are on no hold.

    A hold on an entry covers the messages about it, one on a person those that went to them.
    """
    over = Q(sent_at__date__lt=before) | Q(given_up_at__date__lt=before)
    rows = Notice.objects.filter(over).exclude(to="")
    kept = held_records()
    if entries := kept.get(DOCUMENT):
        rows = rows.exclude(about__in=Document.objects.filter(pk__in=entries).values("reference"))
    if people := kept.get(PERSON):
        rows = rows.exclude(
            to__in=Contact.objects.filter(person_id__in=map(int, people)).values("email")
        )
    if logins := kept.get(LOGIN):
        rows = rows.exclude(to__in=User.objects.filter(pk__in=logins).values("email"))
    return rows


def is_still_due(item: DisposalItem) -> str:
    """Why a record that was due is not disposed of now; nothing where it still is to be."""
    if item.kind == CONTACTS:
        return _contact_is_kept(item.run.partnership, item.the_person)
    if item.kind == UNUSED_DRAFTS:
        return _draft_is_kept(item.the_document, item.version_number)
    return _entry_is_kept(item.run.partnership, item.the_document)


def kept_because(documents: list[Document]) -> dict[int, str]:
    """Why entries are kept though they are due: on hold, alive, needed by another, a breach on record."""
    ids = [document.pk for document in documents]
    said: dict[int, list[str]] = {}
    kept = held(Document)
    for document in documents:
        if str(document.pk) in kept:
            said.setdefault(document.pk, []).append(hold_words(document) or ON_HOLD)
    for pk, state in _alive(ids):
        said.setdefault(pk, []).append(_alive_words(state))
    for pk, reference in _needed_by(ids):
        said.setdefault(pk, []).append(f"{reference} needs it.")
    for pk, reference in (
        Concern.objects.open().filter(document__in=ids).values_list("document_id", "reference")
    ):
        said.setdefault(pk, []).append(f"The breach or concern {reference} is open.")
    for pk, sentence in _documented(ids):
        said.setdefault(pk, []).append(sentence)
    return {pk: " ".join(dict.fromkeys(sentences)) for pk, sentences in said.items()}


def contacts_kept(people: list[int]) -> dict[int, str]:
    """Why contact details of people who left stay: on hold, or they still own an entry that is alive."""
    live = Version.objects.filter(document_id=OuterRef("pk")).exclude(state__in=PAST)
    owned = Document.objects.filter(Exists(live), owner__in=people).order_by("-reference")
    said = {
        pk: f"They own {reference}: name another owner first."
        for pk, reference in owned.values_list("owner_id", "reference")
    }
    kept = held(Person)
    return said | {pk: ON_HOLD for pk in people if str(pk) in kept}


def _contact_is_kept(partnership: Partnership, person: Person) -> str:
    contacts = Contact.objects.filter(person=person)
    if not _left(partnership, _before(CONTACTS)).filter(pk__in=contacts).exists():
        return "They hold a post or a role again."
    return contacts_kept([person.pk]).get(person.pk, "")


def _draft_is_kept(document: Document, number: int | None) -> str:
    version = document.versions.filter(number=number or 0).first()
    if version is None or version.state not in EDITABLE:
        return "It is no draft any more."
    last = last_done(version)
    if last is None or last >= _before(UNUSED_DRAFTS):
        return "Somebody has worked on it since."
    return hold_words(document)


def _entry_is_kept(partnership: Partnership, document: Document) -> str:
    if _ended(partnership, _before(AGREEMENTS)).filter(pk=document.pk).exists():
        return kept_because([document]).get(document.pk, "")
    if alive := _alive([document.pk]):
        return _alive_words(alive[0][1])
    return "It has not ended for as long as the rule says."


def _agreements(partnership: Partnership) -> Iterator[Due]:
    rows = list(_ended(partnership, _before(AGREEMENTS)).order_by("last_ended", "pk"))
    kept = kept_because(rows)
    months = rule_for(AGREEMENTS).months
    for document in rows:
        yield Due(
            AGREEMENTS, f"{document.reference} {document.last_title or ''}".strip(),
            add_months(document.last_ended, months), document=document,
            why_kept=kept.get(document.pk, ""),
        )  # fmt: skip


def _ended(partnership: Partnership, before: date) -> QuerySet:
    """Entries of any tier whose last version ended before a day, not disposed of yet."""
    gone = DisposalItem.objects.filter(
        document_id=OuterRef("pk"), kind=AGREEMENTS, outcome=ItemOutcome.DISPOSED
    )
    live = Version.objects.filter(document_id=OuterRef("pk")).exclude(state__in=PAST)
    rows = Document.objects.filter(~Exists(gone), ~Exists(live), partnership=partnership)
    newest = Version.objects.filter(document_id=OuterRef("pk")).order_by("-number")
    ended = rows.annotate(
        last_ended=Max("versions__ended_on"), last_title=Subquery(newest.values("title")[:1])
    )
    return ended.filter(last_ended__lt=before)


def _drafts(partnership: Partnership) -> Iterator[Due]:
    kept = held(Document)
    months = rule_for(UNUSED_DRAFTS).months
    for version, last in unused_drafts(_before(UNUSED_DRAFTS), {partnership.pk}):
        is_held = str(version.document_id) in kept
        yield Due(
            UNUSED_DRAFTS, f"{version} {version.title}", add_months(last, months),
            document=version.document, version=version,
            why_kept=hold_words(version.document) if is_held else "",
        )  # fmt: skip


def _contacts(partnership: Partnership) -> Iterator[Due]:
    months = rule_for(CONTACTS).months
    rows = _left(partnership, _before(CONTACTS)).select_related("person")
    found = list(rows.order_by("person__name", "pk"))
    kept = contacts_kept([contact.person_id for contact in found])
    for contact in found:
        yield Due(
            CONTACTS, f"Contact details of {contact.person.name}",
            add_months(contact.last_day, months), person_id=contact.person_id,
            why_kept=kept.get(contact.person_id, ""),
        )  # fmt: skip


def _left(partnership: Partnership, before: date) -> QuerySet:
    """Contact details of people whose every appointment ended before a day."""
    mine = Appointment.objects.filter(person_id=OuterRef("person_id"))
    here = mine.filter(
        Q(partnership=partnership)
        | Q(membership__partnership=partnership)
        | Q(post__organisation__memberships__partnership=partnership)
    )
    rows = Contact.objects.exclude(email="", phone="")
    rows = rows.filter(Q(person__user__isnull=True) | Q(person__user__is_active=False))
    rows = rows.filter(Exists(here), ~Exists(mine.filter(ends_on__isnull=True)))
    ended = rows.annotate(last_day=Max("person__appointments__ends_on"))
    return ended.filter(last_day__lt=before)


def _alive(ids: list[int]) -> list[tuple[int, str]]:
    rows = Version.objects.filter(document__in=ids, state__in=[*GOVERNING, *PREPARING])
    return list(rows.values_list("document_id", "state"))


def _needed_by(ids: list[int]) -> Iterator[tuple[int, str]]:
    """Entries with the reference of each living entry that names them as the document above."""
    live = Version.objects.exclude(state__in=PAST).values("document_id")
    links = ParentLink.objects.filter(parent__in=ids, version__document__in=live)
    yield from links.values_list("parent_id", "version__document__reference")
    under = Agreement.objects.filter(protocol__in=ids, document__in=live)
    yield from under.values_list("protocol_id", "document__reference")
    further = FurtherProtocol.objects.filter(protocol__in=ids, agreement__document__in=live)
    yield from further.values_list("protocol_id", "agreement__document__reference")


def _documented(ids: list[int]) -> Iterator[tuple[int, str]]:
    """Entries with each breach or concern on them that was closed too lately to be disposed of with them.

    UK GDPR, Article 33(5): breaches are documented, so that the ICO can verify what was done.
    """
    months = rule_for(CONCERNS).months
    rows = Concern.objects.filter(document__in=ids, closed_on__gte=add_months(today(), -months))
    for pk, reference, day in rows.values_list("document_id", "reference", "closed_on"):
        yield (
            pk,
            (
                f"The breach or concern {reference}, closed on {words(day)}, is kept for {months} months."
            ),
        )


def _alive_words(state: str) -> str:
    return "It is in force." if state in GOVERNING else "A version of it is in preparation."


def _before(kind: str) -> date:
    return add_months(today(), -rule_for(kind).months)
