"""Documents for tests in any state, walked there through the real services: test data is always legal."""

from __future__ import annotations

from agreements.models import AgreementText
from charters.models import CharterText, GeneralPurpose, Principle, ProtocolText
from register.core.dates import today
from register.documents.lifecycle import State
from register.documents.models import Document, Version
from register.documents.services import content, drafting, moving
from register.documents.services.keeping_up import kept_up_once
from register.signing import services as signing
from register.signing.models import Slot

TEST = "system:test"
WAY = (State.DRAFT, State.CONSULTATION, State.SIGNING, State.IN_FORCE, State.UNDER_REVIEW)


def charter(partnership, *bodies, state=State.DRAFT, by=TEST, **facts) -> Document:
    """A charter of bodies with a vision and one principle, in a state."""
    with kept_up_once(by=by):
        version = _start(by, partnership, 1, bodies, facts, title="Charter of the county")
        _say(
            by,
            version,
            CharterText,
            vision="<p>One county.</p>",
            default_premise="<p>We share.</p>",
        )
        content.add_item(
            by=by, version=version, model=Principle, kind="principle", heading="Share",
            text="<p>Share unless there is a reason not to.</p>",
        )  # fmt: skip
        return walk(version, state, by=by).document


def protocol(charter, community, *bodies, state=State.DRAFT, by=TEST, **facts) -> Document:
    """A protocol under a charter for a community, with one general purpose, in a state."""
    with kept_up_once(by=by):
        facts |= {"charter": charter, "community": community}
        version = _start(by, charter.partnership, 2, bodies, facts, title="Children's protocol")
        _say(by, version, ProtocolText, shared_objective="<p>Every child is safe.</p>")
        content.add_item(by=by, version=version, model=GeneralPurpose, title="Safeguarding")
        return walk(version, state, by=by).document


def agreement(partnership, *bodies, protocol=None, state=State.DRAFT, by=TEST, **facts) -> Document:
    """An agreement of bodies under a protocol, or outside the framework, with two clauses, in a state."""
    with kept_up_once(by=by):
        facts |= {"protocol": protocol}
        if protocol is None:
            facts |= {"is_outside": True, "outside_reason": "A national scheme."}
        version = _start(by, partnership, 3, bodies, facts, title="Safeguarding children")
        _say(by, version, AgreementText, purpose="<p>To keep children safe.</p>")
        content.add_clause(by=by, version=version, heading="Purpose", text="<p>Why we share.</p>")
        content.add_clause(by=by, version=version, level=2, text="<p>More of it.</p>")
        return walk(version, state, by=by).document


def slot(version: Version, organisation, post, *, by=TEST, **facts) -> Slot:
    """A place where a post of a party signs."""
    return signing.add_slot(by=by, version=version, organisation=organisation, post=post, **facts)


def walk(version: Version, state, *, by=TEST) -> Version:
    """Take a draft through its life to a state by the named acts: consult, send, sign, review, end."""
    with kept_up_once(by=by):
        return _walked(version, state, by)


def sign_all(version: Version, *, by=TEST) -> None:
    """Record a paper signature of the holder of every post that signs a version."""
    with kept_up_once(by=by):
        for place in version.slots.standing():
            sign(place, by=by)


def sign(place: Slot, *, by=TEST, on=None):
    """Record the paper signature of whoever holds a slot's post."""
    holder = place.post.holders(on or today())[0].person
    return signing.record_signature(by=by, slot=place, person=holder, signed_on=on or today())


def _start(by, partnership, tier: int, bodies, facts: dict, *, title: str) -> Version:
    facts.setdefault("title", title)
    version = drafting.start(by=by, partnership=partnership, tier=tier, **facts)
    for body in bodies:
        if facts.get("lead") != body:
            content.add_party(by=by, version=version, organisation=body)
    return version


def _say(by, version: Version, model, **texts: str) -> None:
    row = model.objects.get(version=version)
    content.save_text(by=by, version=version, model=model, row_version=row.row_version, **texts)


def _walked(version: Version, state, by) -> Version:
    if state == State.DRAFT:
        return version
    if state == State.CONSULTATION:
        return moving.open_consultation(by=by, version=version)
    signing.propose_slots(by=by, version=version)
    version = moving.send_for_signature(by=by, version=version, despite="Made for a test.")
    if state == State.SIGNING:
        return version
    sign_all(version, by=by)
    if state == State.UNDER_REVIEW:
        moving.begin_review(by=by, document=version.document)
    if state == State.ENDED:
        moving.end(by=by, document=version.document, reason="No longer needed.")
    return Version.objects.get(pk=version.pk)
