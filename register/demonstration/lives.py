"""How far the life of each agreement of the demonstration has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from agreements.models import AgreementText
from register.core import dates
from register.demonstration.agreements import CLAUSES, TEXT, Sharing
from register.demonstration.directory import County
from register.demonstration.flows import write_flows
from register.documents.models import Document, Version
from register.documents.services import (
    admitting,
    content,
    drafting,
    facts,
    moving,
    notes,
)
from register.documents.services.keeping_up import kept_up_once
from register.signing import services as signing

Instant = Callable[..., datetime]


def live(county: County, protocols: dict, sharing: Sharing, instant: Instant) -> None:
    """Make one agreement and take it as far as its fate says."""
    with dates.pretend(instant(sharing.months)):
        if sharing.fate == "recorded":
            _recorded(county, sharing)
            return
        with kept_up_once(by="system:demonstration"):
            version = _drafted(county, protocols, sharing)
        if sharing.fate == "draft":
            return
        moving.open_consultation(by=county.officer(), version=version)
    if sharing.fate == "consultation":
        return
    with dates.pretend(instant(sharing.months, days=-14)):
        _send(county, version, sharing, instant)
        first = {"signing": 2, "refused": 1}.get(sharing.fate)
        sign(county, version, first)
    with dates.pretend(instant(sharing.months, days=-18)):
        _FATES.get(sharing.fate, _in_force)(county, version, sharing, instant)


def _send(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    """Send it out; what is still open today was asked for by mail."""
    if sharing.fate not in {"signing", "refused"}:
        moving.send_for_signature(by=county.officer(), version=version)
        return
    round_ = signing.Round(
        sign_by=instant(0).date() + timedelta(days=14),
        message="The text was agreed with your officers in consultation. Thank you for your time.",
    )
    signing.send(by=county.officer(), version=version, round_=round_)


def _drafted(county: County, protocols: dict, sharing: Sharing) -> Version:
    officer = county.officer()
    version = drafting.start(
        by=officer,
        partnership=county.partnership,
        tier=3,
        title=sharing.title,
        kind=sharing.kind,
        lead=county.bodies[sharing.parties[0]],
        owner=officer.person,
        protocol=protocols.get(sharing.protocol),
        further=tuple(protocols[key] for key in sharing.further),
        is_outside=not sharing.protocol,
        outside_reason=sharing.outside_reason,
    )
    _name_parties(county, version, sharing)
    _write(county, version, sharing)
    write_flows(county, version, sharing)
    signing.propose_slots(by=officer, version=version)
    return version


def _name_parties(county: County, version: Version, sharing: Sharing) -> None:
    for key in sharing.parties[1:]:
        content.add_party(
            by=county.officer(),
            version=version,
            organisation=county.bodies[key],
            role="separate_controller",
            only_this_reason="It signs single agreements only." if key == "refuge" else "",
        )


def _write(county: County, version: Version, sharing: Sharing) -> None:
    own = ("purpose", "benefit", "information", "retention")
    texts = {**TEXT, **{name: f"<p>{getattr(sharing, name)}</p>" for name in own}}
    texts["legal_power"] = f"<p>{sharing.power}</p>"
    officer = county.officer()
    content.save_text(by=officer, version=version, model=AgreementText, row_version=1, **texts)
    rows = [
        {"level": level, "marker": marker, "heading": heading, "text": text}
        for level, marker, heading, text in CLAUSES
    ]
    content.add_items(by=officer, version=version, model=content.Clause, rows=rows)


def sign(county: County, version: Version, count: int | None = None) -> None:
    """Record on paper the signatures of a version's slots, or of the first few."""
    for slot in version.slots.standing().select_related("post")[:count]:
        held = slot.post.holders(dates.today())
        if held:
            signing.record_signature(
                by=county.officer(), slot=slot, person=held[0].person, signed_on=dates.today()
            )


def next_review(months: int):
    """The next review date of a cycle in months that lies after the real today."""
    day = dates.add_months(dates.today(), months)
    while day < datetime.now(UTC).date():
        day = dates.add_months(day, months)
    return day


def _review(county: County, version: Version, day) -> Document:
    document = Document.objects.get(pk=version.document_id)
    return facts.change_facts(
        by=county.officer(),
        document=document,
        row_version=document.row_version,
        review_on=day,
        reason="Set from the review cycle.",
    )


def _in_force(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    _review(county, version, next_review(12))


def _waiting(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    notes.write_note(
        by=county.officer(),
        document=version.document,
        kind="call",
        text="Rang those who have not signed; they will at their next meeting.",
        follow_up_on=datetime.now(UTC).date() + timedelta(days=5),
    )


def _refused(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    slot = version.slots.standing().with_last().filter(last_kind__isnull=True)[0]
    signing.record_refusal(
        by=county.officer(),
        slot=slot,
        person_name=slot.post.holders(dates.today())[0].person.name,
        reason_class="legal",
        reason="The power named does not reach what the benefit team holds.",
        refused_on=dates.today(),
    )


def _overdue(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    _review(county, version, dates.add_months(datetime.now(UTC).date(), -2))


def _under_review(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    _review(county, version, datetime.now(UTC).date() + timedelta(days=40))
    with dates.pretend(instant(0, days=12)):
        moving.begin_review(
            by=county.officer(), document=version.document, reason="The two-year review is due."
        )


def _suspended(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    _review(county, version, next_review(12))
    with dates.pretend(instant(0, days=20)):
        facts.suspend(
            by=county.officer(),
            document=version.document,
            reason="Case system being replaced; meetings only until it is back.",
        )


def _revised(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    with dates.pretend(instant(9)):
        new = drafting.revise(
            by=county.officer(),
            document=version.document,
            changes="Records are kept for seven years, and children are named among the people.",
        )
        text = new.agreementtext_rows.get()
        content.save_text(
            by=county.officer(),
            version=new,
            model=AgreementText,
            row_version=text.row_version,
            retention="<p>Seven years after the case is closed; those of children until they are "
            "twenty-five.</p>",
        )
        moving.send_for_signature(by=county.officer(), version=new)
    with dates.pretend(instant(9, days=-6)):
        sign(county, new)
        _review(county, new, next_review(12))


def _ended(county: County, version: Version, sharing: Sharing, instant: Instant) -> None:
    _review(county, version, dates.add_months(dates.today(), 12))
    with dates.pretend(instant(5)):
        moving.end(
            by=county.officer(),
            document=version.document,
            reason="The national matching exercise does it now.",
        )


def _recorded(county: County, sharing: Sharing) -> None:
    bodies = [(county.bodies[key], "") for key in sharing.parties]
    own = ("purpose", "benefit", "retention")
    version = admitting.AdmittedVersion(
        title=sharing.title,
        kind=sharing.kind,
        in_force_on=dates.today(),
        parties=bodies,
        texts={name: f"<p>{getattr(sharing, name)}</p>" for name in own},
        signed=[(body, "signed by the director", dates.today()) for body, _ in bodies],
    )
    entry = admitting.Admission(
        source="The office's list of 2019",
        source_key="flood-2019",
        versions=[version],
        references=[("ISA-27", "the office's old list")],
        lead=bodies[0][0],
        review_words="Review annually",
        outside_reason=sharing.outside_reason,
        extras={"Shelf": "Cabinet 3, folder 27"},
    )
    admitting.admit(by=county.officer(), partnership=county.partnership, admissions=[entry])


_FATES = {
    "signing": _waiting,
    "refused": _refused,
    "overdue": _overdue,
    "review": _under_review,
    "suspended": _suspended,
    "revised": _revised,
    "ended": _ended,
}
