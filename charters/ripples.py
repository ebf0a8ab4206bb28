"""What a change of a charter, a protocol or who signed them means to what stands below."""

from __future__ import annotations

from charters.models import GeneralPurpose, Principle
from register.core import ripple
from register.core.ripple import Cause, Touch
from register.directory.causes import COMMUNITY
from register.directory.models import CommunityMember, Organisation
from register.directory.survivors import records_of
from register.documents import steps
from register.documents.models import Content, Document, Version
from register.documents.ripples import below, body_touch, living, naming, superseded, touches_of
from register.signing.causes import SIGNATURE
from register.signing.models import Slot

PRINCIPLE, PURPOSE = "principle", "purpose"
# What is compared, by tier: the rows, the columns that people read, and the kind of cause.
COMPARED: dict[int, tuple[type[Content], tuple[str, ...], str]] = {
    1: (Principle, ("kind", "heading", "text", "meaning"), PRINCIPLE),
    2: (GeneralPurpose, ("title", "text"), PURPOSE),
}


def plug_in() -> None:
    """Answer for the framework wherever a change asks whom it touches."""
    ripple.FINDERS[PRINCIPLE].append(principle_touches)
    ripple.FINDERS[PURPOSE].append(purpose_touches)
    ripple.FINDERS[COMMUNITY].append(community_touches)
    ripple.FINDERS[SIGNATURE].append(signature_touches)
    steps.ON_IN_FORCE.append(tell_of_version)
    steps.WOULD_CHANGE.append(causes_of)


def causes_of(version: Version, older: Version | None = None) -> list[Cause]:
    """What a version of a charter or protocol changes for others by coming into force.

    Compared with the version that governs, or with `older`. Nothing where none governed before.
    """
    older = older or version.document.governing
    if version.document.tier not in COMPARED or older is None or older.pk == version.pk:
        return []
    changed = changed_rows(version, older)
    return [_reworded(version, changed)] if changed else [superseded(version)]


def changed_rows(version: Version, older: Version) -> set[str]:
    """The lineages of principles or general purposes reworded or dropped; of new principles as well.

    A new general purpose takes nothing from an agreement, so it touches none.
    """
    model, columns, kind = COMPARED[version.document.tier]
    now, before = (_rows(model, columns, each) for each in (version, older))
    changed = {lineage for lineage, said in before.items() if now.get(lineage) != said}
    return changed if kind == PURPOSE else changed | (now.keys() - before.keys())


def tell_of_version(version: Version, older: Version | None, *, by) -> None:
    """Open what a version's coming into force asks of others, inside the act that brings it."""
    if older is not None:
        for cause in causes_of(version, older):
            ripple.happened(cause, by=by)


def principle_touches(cause: Cause) -> list[Touch]:
    """Principles that change (`pk` is the version): protocols under the charter, agreements below."""
    charter = _document(cause)
    protocols = list(living().filter(below([charter])).distinct())
    return [
        *touches_of(living().filter(below([charter])), "It stands under this charter."),
        *touches_of(living().filter(below(protocols)), "It stands under a protocol below it."),
    ]


def purpose_touches(cause: Cause) -> list[Touch]:
    """General purposes reworded or dropped (`pk` is the version): agreements under the protocol.

    A room that knows which agreements name a purpose puts a better finder in this one's place.
    """
    found = living().filter(below([_document(cause)]))
    return touches_of(found, "It stands under this protocol.")


def community_touches(cause: Cause) -> list[Touch]:
    """A body that leaves a community (`pk` is the row): what it is party to there, and the body."""
    row = CommunityMember.objects.select_related("organisation", "community").get(pk=cause.pk)
    protocols = list(Document.objects.filter(protocol__community_id=row.community_id))
    return _with_party(
        row.organisation,
        row.community.partnership_id,
        {pk.pk for pk in protocols},
        protocols,
        "It is the body that leaves.",
    )


def signature_touches(cause: Cause) -> list[Touch]:
    """A signature of a charter or protocol that ends (`pk` is the slot): what the body is party to below."""
    slot = Slot.objects.select_related("version__document", "organisation").get(pk=cause.pk)
    document = slot.version.document
    under = list(living().filter(below([document])).distinct())
    protocols = under if document.tier == 1 else [document]
    own = {each.pk for each in under} if document.tier == 1 else set()
    why = "It is the body whose signature ends."
    return _with_party(slot.organisation, document.partnership_id, own, protocols, why)


def _with_party(
    body: Organisation, partnership_id: int, own: set[int], protocols: list[Document], why: str
) -> list[Touch]:
    named = naming(records_of(body.pk))
    said = f"{body.called} is a party, in force or in preparation."
    return [
        *touches_of(living().filter(named, pk__in=own), said),
        *touches_of(living().filter(named).filter(below(protocols)), said),
        body_touch(body, partnership_id, why),
    ]


def _reworded(version: Version, changed: set[str]) -> Cause:
    document = version.document
    kind = COMPARED[document.tier][2]
    what = "principle" if kind == PRINCIPLE else "general purpose"
    count = f"One {what} differs" if len(changed) == 1 else f"{len(changed)} {what}s differ"
    says = f"{count} in version {version.number} of {document.reference}."
    return Cause(kind, f"{kind}:{version.pk}", says, version.pk, document.pk)


def _rows(model: type[Content], columns: tuple[str, ...], version: Version) -> dict[str, tuple]:
    rows = model._default_manager.filter(version=version)
    return {str(row.lineage): tuple(getattr(row, name) for name in columns) for row in rows}


def _document(cause: Cause) -> Document:
    return Version.objects.select_related("document").get(pk=cause.pk).document
