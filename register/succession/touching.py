"""What a succession touches and what follows in each entry: its page before it is carried out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from register.core.dates import today
from register.directory.models import (
    Appointment,
    AssuranceFact,
    CommunityMember,
    Membership,
    Organisation,
    Post,
)
from register.directory.permissions import visible_partnerships
from register.directory.referring import Refers, refers_to
from register.documents.lifecycle import EDITABLE, GOVERNING
from register.documents.models import Document, Version
from register.signing.models import COUNTS_AS_SIGNED, Slot
from register.succession.models import Kind, Side, Succession, Takeover
from register.succession.naming import LIVING, entries_naming, records_under
from register.succession.permissions import bodies_of


@dataclass(frozen=True)
class Following:
    """One entry with the body that changes there, who takes its place, and what follows."""

    document: Document
    version: Version
    body: Organisation
    successor: Organisation | None
    says: str
    is_fresh: bool = False
    outcome: str = ""


@dataclass
class Preview:
    """Everything that a succession touches, as far as its reader may know of it."""

    entries: list[Following] = field(default_factory=list)
    posts: list[tuple[Post, str]] = field(default_factory=list)
    communities: list[CommunityMember] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    assurance: dict[str, int] = field(default_factory=dict)
    others: dict[str, list[Refers]] = field(default_factory=dict)

    @property
    def fresh(self) -> int:
        """How many entries need a fresh signature."""
        return sum(each.is_fresh for each in self.entries)


def preview(user, succession: Succession) -> Preview:
    """What a succession touches; a number of statements that grows with its bodies, not with entries."""
    bodies, after = bodies_of(succession, Side.FROM), bodies_of(succession, Side.TO)
    entries = _entries(user, succession, bodies, after)
    # Those that somebody has to sign again come first.
    found = Preview(entries=sorted(entries, key=lambda each: not each.is_fresh))
    if succession.kind == Kind.RENAME:
        return found
    held = _holders(bodies)
    posts = Post.objects.filter(organisation__in=bodies, ends_on__isnull=True)
    found.posts = [
        (post, held.get(post.pk, "vacant"))
        for post in posts.select_related("organisation").order_by("organisation", "title", "pk")
    ]
    places = visible_partnerships(user)
    members = CommunityMember.objects.current(today()).filter(organisation__in=bodies)
    members = members.filter(community__partnership__in=places)
    found.communities = list(members.select_related("organisation", "community"))
    rows = Membership.objects.current(today()).filter(
        organisation__in=bodies, partnership__in=places
    )
    found.memberships = list(rows.select_related("organisation", "partnership"))
    facts = AssuranceFact.objects.standing().filter(organisation__in=bodies).order_by()
    counted = facts.values_list("organisation__legal_name").annotate(count=Count("pk"))
    found.assurance = dict(counted.order_by("organisation__legal_name"))
    refers = refers_to(bodies, user)
    found.others = {body.legal_name: refers[body.pk] for body in bodies if refers[body.pk]}
    return found


def choosing(user, succession: Succession) -> QuerySet[Document]:
    """The entries that name the body of a split, as far as somebody may know of them."""
    visible = Document.objects.visible_to(user).order_by().values("pk")
    keys = [body.pk for body in bodies_of(succession, Side.FROM)]
    named = entries_naming(keys[0]) if keys else Document.objects.none()
    return named.filter(pk__in=visible)


def lines_of(
    succession: Succession, documents: list[Document]
) -> list[tuple[Document, Version, Organisation | None]]:
    """Some entries of a split with the version to show and who is chosen, None where nobody is yet. Two
    statements.
    """
    keys = [document.pk for document in documents]
    versions = _shown(keys)
    rows = Takeover.objects.filter(succession=succession, document__in=keys)
    chosen = {row.document_id: row.successor for row in rows.select_related("successor")}
    return [(each, versions[each.pk], chosen.get(each.pk)) for each in documents]


def chosen_for(
    succession: Succession, after: list[Organisation]
) -> dict[tuple[int, int], Organisation | None]:
    """Who is chosen to take the place of a body, by entry and body. One statement."""
    rows = Takeover.objects.filter(succession=succession).select_related("successor")
    return {(row.document_id, row.body_id): row.successor for row in rows}


def _entries(user, succession: Succession, bodies, after) -> list[Following]:
    if succession.begun_at and succession.kind != Kind.RENAME:
        return _followed(user, succession)
    chosen = chosen_for(succession, after)
    default = succession.default_to or (after[0] if after else None)
    found: list[Following] = []
    for body in bodies:
        visible = Document.objects.visible_to(user).order_by().values("pk")
        documents = list(
            entries_naming(body.pk).filter(pk__in=visible).select_related("lead", "partnership")
        )
        versions = _shown([document.pk for document in documents])
        places = _places(versions, records_under(body.pk))
        own = _places(versions, {each.pk for each in after})
        for document in documents:
            successor = chosen.get((document.pk, body.pk), default) if default else None
            version = versions[document.pk]
            mine = own[version.pk] if successor else []
            has_own = (
                any(slot.organisation_id == successor.pk for slot in mine) if successor else False
            )
            says, is_fresh = _says(
                succession, body, successor, version, places[version.pk], has_own
            )
            found.append(Following(document, version, body, successor, says, is_fresh))
    return found


def _followed(user, succession: Succession) -> list[Following]:
    known = Document.objects.visible_to(user).order_by().values("pk")
    rows = Takeover.objects.filter(succession=succession, document__in=known)
    rows = rows.select_related("document__partnership", "body", "successor").order_by(
        "document__reference"
    )
    takeovers = list(rows)
    versions = _shown([row.document_id for row in takeovers])
    return [
        Following(
            row.document, versions[row.document_id], row.body, row.successor,
            row.get_outcome_display() if row.done_at else "Waits for the worker",
            row.outcome == "asked", row.outcome,
        )
        for row in takeovers
        if row.document_id in versions
    ]  # fmt: skip


def _shown(document_ids: list[int]) -> dict[int, Version]:
    """By entry the version that governs, else the newest that is in preparation, else the newest."""
    rows = Version.objects.filter(document_id__in=document_ids).order_by("number")
    found: dict[int, Version] = {}
    for version in sorted(rows, key=lambda v: (v.state in GOVERNING, v.state in LIVING, v.number)):
        found[version.document_id] = version
    return found


def _places(versions: dict[int, Version], records: set[int]) -> dict[int, list[Slot]]:
    slots = (
        Slot.objects.standing()
        .with_last()
        .filter(
            version__in=[version.pk for version in versions.values()], organisation_id__in=records
        )
    )
    found: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        found[slot.version_id].append(slot)
    return found


def _says(
    succession: Succession, body: Organisation, successor: Organisation | None, version: Version,
    slots: list[Slot], has_own: bool,
) -> tuple[str, bool]:  # fmt: skip
    """What follows in one entry, and whether a fresh signature is needed there."""
    if succession.kind == Kind.RENAME:
        return f"Lists show {succession.new_name}; signed text keeps {body}.", False
    if successor is None:
        loses = "It loses a party"
        opens = version.state in GOVERNING
        return (f"{loses}: an early review is opened." if opens else f"{loses}."), False
    if successor.pk == body.pk:
        return f"{body} stays.", False
    if version.state in EDITABLE and not version.is_admitted:
        return f"{successor} takes the place of {body} in the draft.", False
    if not slots:
        return f"{successor} stands for {body}, which signs nothing here.", False
    if has_own:
        return f"{successor} has a place to sign of its own; that of {body} is closed.", False
    if not succession.by_transfer_order:
        return _asked_afresh(successor, version), True
    signed = [
        s
        for s in slots
        if getattr(s, "last_kind", None) in COUNTS_AS_SIGNED or s.old_register_words
    ]
    if len(signed) < len(slots):
        return f"{successor} is asked to sign: {body} has not signed in every place.", True
    return f"The signature of {body} carries over to {successor}.", False


def _asked_afresh(successor: Organisation, version: Version) -> str:
    if version.frozen_at is None:
        return (
            f"{successor} has to sign afresh. Nobody can be asked online for an entry of an old "
            "register: record it on paper, or revise the entry."
        )
    return f"{successor} is asked to sign afresh."


def _holders(bodies: list[Organisation]) -> dict[int, str]:
    rows = Appointment.objects.current(today()).filter(post__organisation__in=bodies)
    found: dict[int, str] = {}
    for row in rows.select_related("person").order_by("pk"):
        held = found.get(row.post_id or 0)
        found[row.post_id or 0] = f"{held}, {row.person.name}" if held else row.person.name
    return found
