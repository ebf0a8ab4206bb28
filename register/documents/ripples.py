"""What documents know of a change: which of them name a body, stand under another, or rest on a fact."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from register.core import ripple
from register.core.ripple import Cause, Touch
from register.directory.causes import MEMBERSHIP
from register.directory.models import Membership, Organisation
from register.directory.permissions import visible_bodies
from register.directory.reach import reach_of
from register.directory.survivors import records_of
from register.documents import steps
from register.documents.lifecycle import GOVERNING, PREPARING, State
from register.documents.models import Document, Part, Party, Version
from register.documents.tiers import TIERS
from register.tasks import permissions as tasks

LIVING = (*GOVERNING, *PREPARING)
PARENT = "parent"


def plug_in() -> None:
    """Answer for documents wherever a change asks whom it touches."""
    ripple.FINDERS[MEMBERSHIP].append(membership_touches)
    ripple.FINDERS["assurance"].append(assurance_touches)
    ripple.FINDERS[PARENT].append(parent_touches)
    ripple.FILTERS.append(leave_visible)
    steps.ON_CLOSED.append(tell_of_end)
    tasks.KEEPERS.append(kept_by)
    tasks.READERS.append(read_by)


def living(states: Iterable[str] = LIVING):
    """Documents with a version in one of some states: in force or in preparation where none is named."""
    versions = Version.objects.filter(document_id=OuterRef("pk"), state__in=list(states))
    return Document.objects.filter(Exists(versions))


def naming(bodies: set[int], states: Iterable[str] = LIVING) -> Q:
    """The condition that a body, by any of its records, is party to a living version of a document."""
    parties = Party.objects.filter(
        version__document_id=OuterRef("pk"),
        version__state__in=list(states),
        part=Part.PARTY,
        organisation_id__in=bodies,
    )
    return Q(Exists(parties))


def below(parents: Iterable[Document]) -> Q:
    """The condition that a document stands directly under one of some documents."""
    above = [TIERS[each.tier + 1].under(each) for each in parents if each.tier + 1 in TIERS]
    return reduce(or_, above) if above else Q(pk__in=[])


def touches_of(documents, why: str) -> list[Touch]:
    """Touches of documents (a QuerySet), each named by reference and title. Two statements."""
    rows = list(documents.distinct().order_by("pk"))
    versions = Version.objects.filter(document__in=[row.pk for row in rows], state__in=LIVING)
    titles: dict[int, str] = {}
    # A version that governs gives the title, before one in preparation.
    for version in sorted(versions, key=lambda each: each.state in GOVERNING):
        titles[version.document_id] = version.title
    return [_document(row, titles.get(row.pk, ""), why) for row in rows]


def body_touch(organisation: Organisation, partnership_id: int, why: str) -> Touch:
    """The touch of a body itself."""
    return Touch(
        "body", organisation.pk, organisation.legal_name, organisation.get_absolute_url(), why,
        partnership_id=partnership_id,
    )  # fmt: skip


def membership_touches(cause: Cause) -> list[Touch]:
    """A membership that ends or changes: the partnership's documents that the body is party to, and it."""
    row = Membership.objects.select_related("organisation").get(pk=cause.pk)
    body, partnership = row.organisation, row.partnership_id
    found = living().filter(naming(records_of(body.pk)), partnership_id=partnership)
    whose = f"{body.called} is a party, in force or in preparation."
    return [
        *touches_of(found, whose),
        body_touch(body, partnership, "It is the body whose membership changes."),
    ]


def assurance_touches(cause: Cause) -> list[Touch]:
    """Assurance of a body (`pk` is the body): the documents in force that it is party to."""
    body = Organisation.objects.get(pk=cause.pk)
    found = living(GOVERNING).filter(naming(records_of(body.pk), GOVERNING))
    return touches_of(found, f"{body.called} is a party to what is in force.")


def parent_touches(cause: Cause) -> list[Touch]:
    """A charter or protocol that ends, is suspended or superseded (`pk`): all that stands under it."""
    document = Document.objects.select_related("partnership").get(pk=cause.pk)
    word = document.tier_word.lower()
    return touches_of(living().filter(below([document])), f"It stands under this {word}.")


def ended(document: Document) -> Cause:
    """A charter or protocol comes to its end."""
    return _of_parent(document, "ended", "has ended")


def suspended(document: Document) -> Cause:
    """Sharing under a charter or protocol is suspended."""
    return _of_parent(document, "suspended", "is suspended")


def superseded(version: Version) -> Cause:
    """A new version of a charter or protocol replaces the one in force."""
    document = version.document
    says = f"Version {version.number} of {document.reference} replaces the version before it."
    return Cause(PARENT, f"superseded:{version.pk}", says, document.pk, document.pk)


def tell_of_end(version: Version, *, by) -> None:
    """Open what the end of a governing version asks of those below, inside the act that ends it."""
    governed = version.in_force_on is not None or version.is_admitted
    if version.state == State.ENDED and governed and version.document.tier + 1 in TIERS:
        ripple.happened(ended(version.document), by=by)


def tell_of_suspension(document: Document, *, by) -> None:
    """Open what a suspension of the whole asks of those below, inside the act that suspends."""
    if document.tier + 1 in TIERS:
        ripple.happened(suspended(document), by=by)


def causes_of_act(document: Document, code: str) -> list[Cause]:
    """What an act in the life of a document ("end", "suspend") would mean to those below it."""
    makers = {"end": ended, "suspend": suspended}
    return [makers[code](document)] if code in makers and document.tier + 1 in TIERS else []


def leave_visible(touches: list[Touch], user) -> list[Touch]:
    """Of some touches those that a login may know of. Two statements."""
    if reach_of(user).sees_everything:
        return touches
    documents = read_by(user, {each.pk for each in touches if each.subject == "document"})
    asked = [each.pk for each in touches if each.subject == "body"]
    bodies = set(visible_bodies(user).filter(pk__in=asked).values_list("pk", flat=True))
    known = {"document": documents, "body": bodies}
    return [each for each in touches if each.pk in known.get(each.subject, set())]


def read_by(user, document_ids: set[int]) -> set[int]:
    """Of some documents those that a login may know of."""
    rows = Document.objects.visible_to(user).filter(pk__in=document_ids)
    return set(rows.values_list("pk", flat=True))


def kept_by(user, document_ids: set[int]) -> set[int]:
    """Of some documents those that a login keeps: the office, and officers of the lead body."""
    reach = reach_of(user)
    rows = Document.objects.filter(pk__in=document_ids)
    return {
        pk
        for pk, partnership, lead in rows.values_list("pk", "partnership_id", "lead_id")
        if reach.may_edit_all(partnership) or reach.edits_for(lead)
    }


def _of_parent(document: Document, word: str, says: str) -> Cause:
    key = f"{word}:{document.pk}"
    return Cause(PARENT, key, f"{document.reference} {says}.", document.pk, document.pk)


def _document(row: Document, title: str, why: str) -> Touch:
    return Touch(
        "document", row.pk, f"{row.reference} {title}".strip(), row.get_absolute_url(), why,
        row.tier, row.partnership_id,
    )  # fmt: skip
