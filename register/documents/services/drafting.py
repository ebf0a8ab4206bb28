"""Starting a document, drafting a version, and copying it into the next."""

from __future__ import annotations

from uuid import uuid4

from django.core.exceptions import ValidationError

from register.core.conflicts import expect
from register.core.dates import now, today, words
from register.core.verdicts import require
from register.documents import steps
from register.documents.body import body_of, canonical, parent_links
from register.documents.models import (
    Content,
    Document,
    ParentLink,
    Party,
    Transition,
    Version,
    VersionBody,
)
from register.documents.permissions import may_edit_version, may_revise, may_start
from register.documents.services.keeping_up import keep_up, keep_words
from register.documents.services.locks import issue_references, lock_document, lock_version
from register.documents.tiers import TIERS
from register.ledger.actors import actor_of
from register.ledger.acts import act, bulk_create


def start(
    *, by, partnership, tier: int, title: str, kind: str = "", lead=None, owner=None, **companion
) -> Version:
    """Start a document of a tier: its reference is issued and version 1 is a draft.

    `companion` holds what the tier asks for, such as `charter` and `community` of a protocol.
    """
    require(may_start(by, partnership, lead))
    room = TIERS[tier]
    document = Document(partnership=partnership, tier=tier, lead=lead, owner=owner)
    with act(by=by, verb="document.started", subject=document):
        [document.reference] = issue_references(partnership, room.letter)
        document.save()
        room.start(document, **companion)
        version = Version(document=document, number=1, title=checked_title(title), kind=kind)
        version.save()
        for model in room.text_models():
            model(version=version).save()
        if lead is not None:
            Party(version=version, organisation=lead).save()
        record_transition(version, from_state="", by=by, reason="")
        keep_up([document.pk])
    return version


VERSION_FACTS = (
    "title",
    "kind",
    "label",
    "commencement",
    "commencement_on",
    "ends_on",
    "shared_since",
    "shared_since_reason",
    "changes",
)
# Of these, those on which nothing but lists and searches rests.
WORDS = {"title", "label", "changes"}


def change_version(*, by, version: Version, row_version: int, **facts) -> Version:
    """Change what a draft says of itself: title, kind, commencement, dates, summary of changes.

    Raises Conflict when somebody changed it since the form was opened.
    """
    if unknown := set(facts) - set(VERSION_FACTS):
        raise TypeError(f"Not what a draft says of itself: {', '.join(sorted(unknown))}.")
    with act(by=by, verb="version.changed", subject=version, quiet=True):
        version = lock_version(version)
        require(may_edit_version(by, version))
        expect(version, row_version)
        if "title" in facts:
            facts["title"] = checked_title(facts["title"])
        if changed := {n for n, value in facts.items() if getattr(version, n) != value}:
            for name, value in facts.items():
                setattr(version, name, value)
            _check_dates(version)
            version.row_version += 1
            version.full_clean(exclude=["document", "governing_file"])
            version.save()
            keep = keep_words if changed <= WORDS else keep_up
            keep([version.document_id])
    return version


def revise(*, by, document: Document, changes: str = "") -> Version:
    """Start a revision: everything in the governing version is copied into the next draft."""
    with act(by=by, verb="version.revised", subject=document, reason=changes) as this:
        document = lock_document(document)
        require(may_revise(by, document))
        old = document.governing or document.newest
        if old.frozen_at is None and old.is_admitted:
            freeze(old)
        new = copy_version(old, changes=changes)
        for step in steps.ON_REVISED:
            step(new, old)
        record_transition(new, from_state="", by=by, reason=changes)
        this.subject = new
        keep_up([document.pk])
    return new


def copy_version(old: Version, *, changes: str) -> Version:
    """A draft with the next number and a copy of every row of content, each with its lineage."""
    number = old.document.newest.number + 1
    new = Version(
        document=old.document,
        number=number,
        title=old.title,
        kind=old.kind,
        text_kind=old.text_kind,
        governing_file=old.governing_file,
        governing_file_name=old.governing_file_name,
        commencement=old.commencement,
        changes=changes,
    )
    new.save()
    copy_content(old, new)
    return new


def copy_content(old: Version, new: Version, *, afresh: bool = False) -> None:
    """Copy every row of content of a version; links inside it point to the copied rows.

    Each row keeps its lineage, as the next version of the same document asks for; `afresh` gives it
    a lineage of its own and leaves behind what was said of the old document, for a new one.
    """
    copies: dict[tuple[type, int], Content] = {}
    for model in Content.kinds():
        if model is not ParentLink:
            _copy_rows(model, old, new, copies, afresh)


def freeze(version: Version) -> Version:
    """Write the canonical body and its hash; from here on the database refuses every change of content."""
    bulk_create(parent_links(version))
    _write_names(version)
    content, digest = canonical(body_of(version))
    VersionBody.objects.create(version=version, content=content, sha256=digest)
    version.body_sha256 = digest
    version.frozen_at = now()
    version.row_version += 1
    version.save()
    return version


def record_transition(version: Version, *, from_state: str, by, reason: str) -> None:
    """Add the row that says how the version got here."""
    Transition.objects.create(
        version=version,
        from_state=from_state,
        to_state=version.state,
        at=now(),
        by_name=actor_of(by).name,
        reason=reason,
    )


def _copy_rows(
    model: type[Content], old: Version, new: Version, copies: dict, afresh: bool
) -> None:
    rows = list(model._default_manager.filter(version=old))
    made = []
    for row in rows:
        facts = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
        facts.pop("id")
        facts.update(version_id=new.pk, row_version=1)
        if model is Party:
            facts["name_as_signed"] = ""
        if afresh:
            facts["lineage"] = uuid4()
            facts.update({name: _empty(model, name) for name in model.left_behind})
        for link in model.content_links():
            if facts[link.attname] is not None:
                facts[link.attname] = copies[link.related_model, facts[link.attname]].pk
        made.append(model(**facts))
    for row, copied in zip(rows, bulk_create(made), strict=True):
        copies[model, row.pk] = copied


def _empty(model: type[Content], name: str):
    column = model._meta.get_field(name)
    return None if column.null else column.get_default()


def _write_names(version: Version) -> None:
    parties = Party.objects.filter(version=version).select_related("organisation")
    for party in parties:
        party.name_as_signed = party.organisation.legal_name
        party.save()


def _check_dates(version: Version) -> None:
    if version.ends_on and version.commencement_on and version.ends_on <= version.commencement_on:
        raise ValidationError(
            {"ends_on": f"Enter a day after {words(version.commencement_on)}, when it begins."}
        )
    if version.shared_since and version.shared_since > today():
        raise ValidationError({"shared_since": "Enter a day that is not after today."})
    if version.shared_since and not version.shared_since_reason.strip():
        raise ValidationError({"shared_since_reason": "Say why sharing began earlier."})


def checked_title(title: str) -> str:
    """A title without stray spaces; raises ValidationError for none, or one that is too long."""
    title = " ".join(title.split())
    if not title:
        raise ValidationError({"title": "Enter a title."})
    if len(title) > 300:
        raise ValidationError({"title": "Enter a title of 300 characters or fewer."})
    return title
