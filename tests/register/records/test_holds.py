"""Legal holds: set and released with a reason, by whom, and what they cover."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.flows.models import GroupMember
from register.core.dates import now, pretend, today
from register.directory.models import Membership, Organisation
from register.directory.services.people import erase_contact
from register.documents.models import Document, Version
from register.ledger.access import leave_trace, note_access
from register.ledger.acts import act
from register.ledger.models import AccessEvent, Entry, Hold, Trace
from register.ledger.redaction import redact
from register.ledger.retention import held, hold
from register.notices.models import Notice
from register.records.holds import hold_words, holds_on
from register.records.services.holds import release_hold, set_hold
from register.records.services.rules import erase_what_is_over

URL = "/records/holds/"
TEST = "system:test"


def sent(ended, **others) -> dict:
    given = {"kind": "documents.document", "which": ended.reference, "reason": "A claim"}
    return {**given, **others}


def test_a_hold_is_set_shown_on_the_entry_and_released(ended, ask):
    assert ask("ada", f"{URL}set/", sent(ended)).status_code == 302
    row = Hold.objects.get()
    page = ask("ada", ended.get_absolute_url()).content.decode()
    assert "It is on legal hold." in page
    assert "Set by Ada: A claim" in page
    listed = ask("auditor", URL).content.decode()
    assert "A claim" in listed
    assert "by Ada" in listed
    released = ask("bo", f"{URL}{row.pk}/release/", {"reason": "It is settled"})
    assert released.status_code == 302
    assert not holds_on(ended)
    assert "released by Bo: It is settled" in ask("auditor", URL).content.decode()
    verbs = Entry.objects.about(ended).order_by("-number").values_list("verb", flat=True)[:2]
    assert list(verbs) == ["hold.released", "hold.placed"]


def test_whoever_redacts_from_the_command_line_is_refused_too(ended, user, owner):
    set_hold(by=user("ada"), subject=ended.lead, reason="An inquiry")
    version = ended.newest
    people = {"by": user("ada").person, "second": user("bo").person}
    with pytest.raises(ValidationError, match="is on legal hold: release the hold first"):
        redact(**people, model=Version, pk=version.pk, field="title", find="holidays", reason="Why")
    version.refresh_from_db()
    assert version.title == "Lists of holidays"


def test_readers_without_a_part_in_it_learn_that_it_is_held_and_not_why(ended, ask):
    ask("ada", f"{URL}set/", sent(ended))
    page = ask("police_manager", ended.get_absolute_url()).content.decode()
    assert "It is on legal hold." in page
    assert "A claim" not in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": " "}, "Give the reason for the hold."),
        ({"which": "WY-A-9999"}, "There is no entry “WY-A-9999” that you may know of."),
        ({"until": "1 1 2020"}, "Enter a day after today, or none."),
        ({"kind": "directory.person", "which": "Nobody Here"}, "There is no person “Nobody Here”"),
    ],
)
def test_a_hold_is_refused_with_a_sentence_and_the_typing_comes_back(ended, ask, wrong, says):
    answer = ask("ada", f"{URL}set/", sent(ended, **wrong))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert sent(ended, **wrong)["which"] in answer.content.decode()
    assert not Hold.objects.exists()


def test_the_same_hold_is_not_set_twice(ended, user):
    set_hold(by=user("ada"), subject=ended, reason="A claim")
    with pytest.raises(ValidationError, match="on hold for this reason already"):
        set_hold(by=user("bo"), subject=ended, reason="A claim")


def test_another_partnerships_administrator_neither_sets_nor_sees_it(ended, ask, user):
    answer = ask("northern", f"{URL}set/", sent(ended))
    assert "There is no entry" in answer.content.decode()
    with pytest.raises(PermissionDenied, match="Only administrators of the partnership"):
        set_hold(by=user("northern"), subject=ended, reason="Why")
    row = set_hold(by=user("ada"), subject=ended, reason="A claim")
    assert "A claim" not in ask("northern", URL).content.decode()
    assert ask("northern", f"{URL}{row.pk}/release/", {"reason": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        release_hold(by=user("northern"), hold=row, reason="x")


def test_an_auditor_reads_and_posts_nothing(ended, ask, user):
    row = set_hold(by=user("ada"), subject=ended, reason="A claim")
    assert ask("auditor", URL).status_code == 200
    assert ask("auditor", f"{URL}set/", sent(ended)).status_code == 403
    refused = ask("auditor", f"{URL}{row.pk}/release/", {"reason": "x"})
    assert refused.status_code == 403
    assert "Only administrators" in refused.content.decode()
    assert holds_on(ended)


def test_a_release_needs_a_reason_and_happens_once(ended, user):
    row = set_hold(by=user("ada"), subject=ended, reason="A claim")
    with pytest.raises(ValidationError, match="Give the reason for the release"):
        release_hold(by=user("ada"), hold=row, reason=" ")
    release_hold(by=user("ada"), hold=row, reason="Settled")
    with pytest.raises(ValidationError, match="released already"):
        release_hold(by=user("bo"), hold=row, reason="Again")


def test_a_hold_on_a_body_covers_the_entries_that_name_it(ended, county, user):
    set_hold(by=user("ada"), subject=county.police, reason="An inquiry")
    assert str(ended.pk) in held(Document)
    assert "WY Police, which it names, is on legal hold" in hold_words(ended)
    assert not hold_words(Document(pk=0))


def test_a_hold_on_a_body_covers_what_names_another_record_of_it(ended, county, user):
    with act(by=TEST, verb="organisation.merged", subject=county.police):
        police = Organisation.objects.get(pk=county.police.pk)
        police.merged_into = county.charity
        police.save()
    set_hold(by=user("ada"), subject=county.charity, reason="An inquiry")
    assert str(ended.pk) in held(Document)
    assert "WY Carers, which it names, is on legal hold" in hold_words(ended)


def test_a_hold_on_a_body_covers_entries_whose_group_it_joined(ended, county, user):
    row = set_hold(by=user("ada"), subject=county.trust, reason="An inquiry")
    assert not hold_words(ended)
    assert str(ended.pk) not in held(Document)
    with act(by=TEST, verb="group.joined", subject=ended):
        GroupMember(
            document=ended, group=uuid4(), organisation=county.trust, form_signatory="A",
            starts_on=today(),
        ).save()  # fmt: skip
    assert holds_on(ended) == [row]
    assert str(ended.pk) in held(Document)


def test_a_shared_body_is_released_only_where_the_hold_was_set(ended, county, other, user, ask):
    with act(by=TEST, verb="member.added", subject=county.police):
        place = other.partnership
        Membership(
            partnership=place, organisation=county.police, starts_on=today() - timedelta(days=9)
        ).save()
    row = set_hold(by=user("ada"), subject=county.police, reason="An inquiry")
    refused = ask("northern", f"{URL}{row.pk}/release/", {"reason": "x"})
    assert refused.status_code == 403
    assert "whose administrator set the hold may release it" in refused.content.decode()
    with pytest.raises(PermissionDenied, match="belongs to other partnerships too"):
        release_hold(by=user("northern"), hold=row, reason="x")
    release_hold(by=user("bo"), hold=row, reason="Settled")
    assert not holds_on(ended)


def test_readers_are_not_told_which_body_or_person_is_held(ended, county, user, ask):
    set_hold(by=user("ada"), subject=county.people["council_executive_lead"], reason="A claim")
    set_hold(by=user("ada"), subject=county.council, reason="A claim")
    address = ended.get_absolute_url()
    assert "hold on WY County Council" in ask("ada", address).content.decode()
    page = ask("police_manager", address).content.decode()
    assert "because of a legal hold on what it names" in page
    assert "hold on WY County Council" not in page


def test_a_page_of_holds_is_full_of_what_the_reader_oversees(ended, other, user, ask):
    set_hold(by=user("ada"), subject=ended, reason="A claim")
    for number in range(26):
        hold(by=user("northern"), subject=other.trust, reason=f"Claim {number}")
    assert "A claim" in ask("ada", URL).content.decode()
    assert "A claim" not in ask("northern", URL).content.decode()


def test_what_is_held_is_not_erased_by_hand_nor_by_the_day(ended, county, user):
    person = county.people["council_officer"]
    with pretend(now() - timedelta(days=800)):
        for number, about in enumerate((ended.reference, "WY-A-9999", "")):
            to = user("council_officer").email if not about else "x@y.example"
            Notice.objects.create(
                to=to, subject="S", text="T", key=str(number), written_at=now(), due_at=now(),
                sent_at=now(), about=about,
            )  # fmt: skip
    set_hold(by=user("ada"), subject=person, reason="A complaint")
    set_hold(by=user("ada"), subject=ended, reason="A claim")
    erase_what_is_over()
    assert set(Notice.objects.exclude(text="").values_list("about", flat=True)) == {
        ended.reference, ""
    }  # fmt: skip
    with pytest.raises(ValidationError, match="is on legal hold: release the hold first"):
        erase_contact(by=user("ada"), person=person, reason="Asked for it")


def test_a_hold_on_a_person_keeps_the_log_of_their_login(ended, county, user):
    with pretend(now() - timedelta(days=800)):
        for who in ("council_officer", "police_officer"):
            note_access(kind="token_made", user=user(who), ip="192.0.2.1")
    note_access(kind="token_made", user=user("auditor"))
    set_hold(by=user("ada"), subject=county.people["council_officer"], reason="A complaint")
    erase_what_is_over()
    kept = AccessEvent.objects.exclude(user_label=user("auditor").email)
    assert [event.user_label for event in kept] == [user("council_officer").email]


def test_addresses_of_acts_on_a_held_entry_stay(ended, user):
    with pretend(now() - timedelta(days=800)):
        with act(by=user("ada"), verb="document.noted", subject=ended):
            leave_trace(ip="192.0.2.9")
        with act(by=user("ada"), verb="other.done"):
            leave_trace(ip="192.0.2.8")
    set_hold(by=user("bo"), subject=ended, reason="A claim", until=today() + timedelta(days=9))
    erase_what_is_over()
    assert [str(row.ip) for row in Trace.objects.all()] == ["192.0.2.9"]
