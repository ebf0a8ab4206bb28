"""Starting a document as a copy of another one: last year's agreement with few changed fields."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.verdicts import require
from register.documents import steps
from register.documents.models import Content, Document, Part, Party, TextKind, Version
from register.documents.permissions import may_copy, may_start
from register.documents.services.drafting import checked_title, copy_content, record_transition
from register.documents.services.keeping_up import keep_up
from register.documents.services.locks import issue_references, lock_version
from register.documents.tiers import TIERS
from register.ledger.acts import act


def copy_document(*, by, version: Version, title: str, lead=None, owner=None) -> Version:
    """Start a document of its own as a copy of a version of another one: version 1 is a draft.

    Everything that would be signed comes along, each row with a lineage of its own, and so do the
    documents above, the places to sign, the marking and who may read it. Nothing comes along that was
    signed, said or attached to the old one, and none of its days; nor does a governing file: it is
    the old one's paper. Raises PermissionDenied where the version may not be read.
    """
    document = Document(lead=lead, owner=owner)
    with act(by=by, verb="document.copied", subject=document):
        old = lock_version(version)
        require(may_copy(by, old))
        require(may_start(by, old.document.partnership, lead))
        new = _begin(document, old, _own_title(title, old))
        copy_content(old, new, afresh=True)
        _complete(new, lead)
        for step in steps.ON_REVISED:
            step(new, old)
        record_transition(new, from_state="", by=by, reason="")
        keep_up([document.pk])
    return new


def _begin(document: Document, old: Version, title: str) -> Version:
    source = old.document
    tier = TIERS[source.tier]
    for name in ("partnership", "tier", "visibility", "marking", "is_restricted"):
        setattr(document, name, getattr(source, name))
    document.copied_from = old
    [document.reference] = issue_references(source.partnership, tier.letter)
    document.save()
    tier.start_beside(document, source)
    new = Version(
        document=document,
        number=1,
        title=title,
        kind=old.kind,
        text_kind=TextKind.CLAUSES,
        commencement=old.commencement,
    )
    new.save()
    return new


def _complete(new: Version, lead) -> None:
    """Give the copy what an entry of an old register may lack: its text rows, its lead as a party."""
    models: list[type[Content]] = TIERS[new.document.tier].text_models()
    for model in models:
        if not model._default_manager.filter(version=new).exists():
            model(version=new).save()
    parties = Party.objects.filter(version=new)
    if lead is not None and not parties.filter(organisation=lead, part=Part.PARTY).exists():
        Party(version=new, organisation=lead, position=parties.count() + 1).save()


def _own_title(title: str, old: Version) -> str:
    title = checked_title(title)
    if title.casefold() == old.title.casefold():
        raise ValidationError(
            {"title": f"Enter a title of its own: {old.document} is called that already."}
        )
    return title
