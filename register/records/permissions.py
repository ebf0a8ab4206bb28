"""Who keeps the register's own records: administrators; auditors read; every no carries its reason."""

from __future__ import annotations

from register.accounts.roles import ADMINISTER, AUDIT
from register.core.dates import today
from register.core.verdicts import YES, Verdict, no
from register.directory.models import Appointment, Membership, Organisation, Partnership, Person
from register.directory.reach import reach_of
from register.documents.models import Document
from register.documents.permissions import may_edit
from register.ledger.models import Hold
from register.records.models import DisposalRun, DisposalState, RedactionRequest, RedactionState

Subject = Document | Organisation | Person
_PLACES = (
    "partnership_id",
    "membership__partnership_id",
    "post__organisation__memberships__partnership_id",
)
NAMED = 3
OWN = "Nobody approves their own: a second person has to decide."


def administered(by) -> set[int]:
    """The partnerships that somebody administers."""
    return reach_of(by).by_partnership.get(ADMINISTER, set())


def overseen(by) -> set[int]:
    """The partnerships whose records somebody administers or audits."""
    return administered(by) | reach_of(by).by_partnership.get(AUDIT, set())


def may_read_records(by) -> Verdict:
    """Whether somebody may read access events, rules, holds, disposals and redactions."""
    if reach_of(by).sees_everything or overseen(by):
        return YES
    return no("These pages are for administrators and auditors.")


def may_keep_records(by, partnership: Partnership | None = None) -> Verdict:
    """Whether somebody may change rules, holds and disposals: of a partnership, of any where none is named."""
    held = administered(by)
    if reach_of(by).sees_everything or (
        partnership.pk in held if partnership is not None else bool(held)
    ):
        return YES
    where = f" of {partnership}" if partnership is not None else ""
    return no(f"Only administrators{where} may do this.")


def may_change_rules(by) -> Verdict:
    """Whether somebody may change how long records are kept: who administers every partnership here.

    A rule holds for the whole installation.
    """
    others = Partnership.objects.exclude(pk__in=administered(by)).order_by("name")
    if reach_of(by).sees_everything:
        return YES
    if not administered(by):
        return no("Only administrators may change how long records are kept.")
    if (other := others.first()) is not None:
        return no(
            f"The rules hold for {other} too: they are changed by somebody who administers every "
            "partnership of this register."
        )
    return YES


def partnerships_of_subject(subject: Subject) -> set[int]:
    """The partnerships to which an entry, a body or a person belongs."""
    return belonging([subject])[type(subject), subject.pk]


def belonging(subjects: list) -> dict[tuple[type, int], set[int]]:
    """The same for many, in two statements."""
    found: dict[tuple[type, int], set[int]] = {(type(each), each.pk): set() for each in subjects}
    for each in subjects:
        if isinstance(each, Document):
            found[Document, each.pk] = {each.partnership_id}
    bodies = [pk for kind, pk in found if kind is Organisation]
    rows = (
        Membership.objects.filter(organisation__in=bodies) if bodies else Membership.objects.none()
    )
    for body, place in rows.values_list("organisation_id", "partnership_id"):
        found[Organisation, body].add(place)
    people = [pk for kind, pk in found if kind is Person]
    held = Appointment.objects.filter(person__in=people) if people else Appointment.objects.none()
    for person, *places in held.values_list("person_id", *_PLACES):
        found[Person, person] |= {pk for pk in places if pk}
    return found


def may_hold(by, subject: Subject) -> Verdict:
    """Whether somebody may put an entry, a body or a person on legal hold, or release it."""
    if reach_of(by).sees_everything:
        return YES
    belongs = partnerships_of_subject(subject)
    held = administered(by)
    if held and (not belongs or belongs & held):
        return YES
    return no(f"Only administrators of the partnership that {subject} belongs to may do this.")


def may_release(by, hold: Hold, subject: Subject) -> Verdict:
    """Whether somebody may release a legal hold: who administers every partnership that it touches.

    Or every one of those that whoever set it administers: nobody releases another partnership's hold on
    a body or a person that they share.
    """
    verdict = may_hold(by, subject)
    if not verdict or reach_of(by).sees_everything:
        return verdict
    held, belongs = administered(by), partnerships_of_subject(subject)
    setters = _setters_of(hold)
    if belongs:
        setters &= belongs
    if (belongs and belongs <= held) or (setters and setters <= held):
        return YES
    if not belongs and not setters:
        return YES
    return no(
        f"{subject} belongs to other partnerships too: only administrators of the partnership whose "
        "administrator set the hold may release it."
    )


def may_ask_redaction(by, document: Document) -> Verdict:
    """Whether somebody may ask for a redaction: an administrator, or who keeps the entry."""
    if not getattr(by, "person", None):
        return no("A redaction takes two persons: your login belongs to none.")
    if may_keep_records(by, document.partnership) or may_edit(by, document):
        return YES
    return no("Only administrators and those who keep the entry may ask for a redaction.")


def may_decide_redaction(by, request: RedactionRequest) -> Verdict:
    """Whether somebody may approve or refuse a redaction: another administrator than who asked."""
    verdict = may_keep_records(by, request.document.partnership)
    if not verdict:
        return verdict
    if request.state != RedactionState.ASKED:
        return no("It is decided already.")
    if _is(by, request.asked_by_id):
        return _own(by, request.document.partnership)
    return YES


def may_withdraw_redaction(by, request: RedactionRequest) -> Verdict:
    """Whether somebody may take a request back: who asked, until it is decided."""
    if request.state != RedactionState.ASKED:
        return no("It is decided already.")
    if _is(by, request.asked_by_id):
        return YES
    return no("Only who asked for it may take it back.")


def may_decide_disposal(by, run: DisposalRun) -> Verdict:
    """Whether somebody may confirm or refuse a disposal: another administrator than who proposed it."""
    verdict = may_keep_records(by, run.partnership)
    if not verdict:
        return verdict
    if run.state != DisposalState.PROPOSED:
        return no("It is decided already.")
    if _is(by, run.proposed_by_id):
        return _own(by, run.partnership)
    return YES


def _setters_of(hold: Hold) -> set[int]:
    """The partnerships that the person who set a hold administers today."""
    first = hold.history.order_by("history_id").first()
    key = first.history_user_id if first is not None else ""
    if not key.startswith("person:"):
        return set()
    rows = Appointment.objects.current(today()).filter(
        person=int(key.removeprefix("person:")), role="administrator", partnership__isnull=False
    )
    return set(rows.values_list("partnership_id", flat=True))


def _is(by, person_id: int) -> bool:
    return getattr(getattr(by, "person", None), "pk", None) == person_id


def _own(by, partnership: Partnership) -> Verdict:
    """Why nobody decides their own, and who may, so that nothing waits for a person who is not there."""
    rows = Appointment.objects.current(today()).filter(
        partnership=partnership, role="administrator"
    )
    others = rows.exclude(person=by.person).order_by("person__name")
    names = list(others.values_list("person__name", flat=True).distinct())
    if not names:
        return no(f"{OWN} {partnership} has no other administrator: appoint one first.")
    more = f" or {len(names) - NAMED} more" if len(names) > NAMED else ""
    return no(f"{OWN} {', '.join(names[:NAMED])}{more} may.")
