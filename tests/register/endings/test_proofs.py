"""Proofs of return or deletion: who is asked, when again, what is given, who reads it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.core import dates
from register.core.conflicts import Conflict
from register.core.dates import today
from register.documents.models import Provenance
from register.documents.services import drafting, moving
from register.documents.services.facts import release
from register.endings.jobs import chase
from register.endings.models import Ending, Proof, ProofLink, Way
from register.endings.permissions import holder
from register.endings.schedule import reminder_for, reminders_of
from register.endings.services import asking, giving
from register.endings.services.links import mint
from register.endings.services.links import proof_of as proof_by
from register.ledger.acts import act
from register.ledger.models import Entry
from register.ledger.private import open_to
from register.notices.models import Notice
from register.notices.secrets import MARK
from register.tasks.models import Task
from tests import make_documents as make
from tests.access.pdf import PDF
from tests.register.endings.conftest import facts, proof_of


def on(day):
    """Take a day for today."""
    return dates.pretend(datetime.combine(day, time(9), UTC))


def messages():
    return Notice.objects.filter(key__startswith="proof:")


def test_each_party_of_an_agreement_that_ends_is_asked_by_mail(county, ended):
    proofs = Proof.objects.filter(ending__document=ended).order_by("organisation__legal_name")

    assert [str(each.organisation) for each in proofs] == [
        "WY County Council", "WY Hospitals NHS Foundation Trust", "WY Police",
    ]  # fmt: skip
    assert {each.due_on for each in proofs} == {today() + timedelta(days=28)}
    assert sorted(messages().values_list("to", flat=True)) == [
        "senior@council.example", "senior@police.example",
    ]  # fmt: skip


def test_the_outbox_holds_a_mark_and_no_link(ended):
    message = messages().first()

    assert MARK in message.text
    assert "/proofs/l/" not in message.text
    assert ProofLink.objects.count() == 0


def test_only_what_was_in_force_asks_for_proofs(county):
    draft = make.agreement(county.partnership, county.council, county.police, lead=county.council)
    moving.discard(by="system:test", version=draft.newest, reason="No longer needed.")
    signing = make.agreement(
        county.partnership, county.council, county.police, lead=county.council, state="signing"
    )
    moving.return_for_changes(by="system:test", version=signing.newest, reason="A word.")

    assert not Ending.objects.filter(document__in=[draft, signing]).exists()


def test_a_version_that_another_replaces_asks_for_none(county):
    document = make.agreement(
        county.partnership, county.council, county.police, lead=county.council, state="in_force"
    )
    new = drafting.revise(by="system:test", document=document, changes="A word.")
    make.walk(new, "in_force")

    assert not Ending.objects.filter(document=document).exists()


def test_a_party_gives_its_proof_by_the_link_with_a_certificate(county, ended):
    proof = proof_of(ended, county.police)
    token = mint(proof.pk).rsplit("/", 2)[1]
    assert proof_by(token) == proof

    giving.give(
        by=holder(proof, "Ann Hale"), proof=proof, way=Way.LINK, content=PDF, name="cert.pdf",
        **facts(),
    )  # fmt: skip

    proof.refresh_from_db()
    assert (proof.fate, proof.method_label) == ("destroyed", "Shredded or pulped")
    assert (proof.file_name, proof.given_by_way) == ("cert.pdf", "link")
    assert proof_by(token) is None
    assert mint(proof.pk) is None
    assert Entry.objects.get(verb="proof.given").actor_name == "Ann Hale, WY Police"


def test_only_the_hash_of_a_token_is_kept(county, ended):
    token = mint(proof_of(ended, county.police).pk).rsplit("/", 2)[1]

    assert token not in str(list(ProofLink.objects.values()))


def test_the_holder_of_one_link_gives_no_other_proof(county, ended):
    mine, other = proof_of(ended, county.police), proof_of(ended, county.trust)

    with pytest.raises(PermissionDenied, match="another body"):
        giving.give(by=holder(mine, "Ann"), proof=other, way=Way.LINK, **facts())


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"fate": ""}, "fate", "Choose what became of it"),
        ({"held": " "}, "held", "Enter what was held"),
        ({"method": ""}, "method", "Choose how"),
        ({"done_on": None}, "done_on", "Enter when it was done"),
        ({"done_on": today() + timedelta(days=1)}, "done_on", "not after today"),
        ({"done_on": today() - timedelta(days=900)}, "done_on", "when sharing began"),
        ({"fate": "kept"}, "keeping_ground", "Choose the ground"),
        ({"fate": "part_kept", "keeping_ground": "other"}, "keeping_words", "what is kept"),
        ({"said_by_name": ""}, "said_by_name", "Enter who says so"),
        ({"held": "File of 943 476 5919"}, "held", "looks like an NHS number"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(county, ended, user, wrong, field, says):
    with pytest.raises(ValidationError) as error:
        giving.give(by=user("office"), proof=proof_of(ended, county.trust), **facts(**wrong))

    assert says in " ".join(error.value.message_dict[field])


def test_nothing_held_needs_no_more_than_a_name(county, ended, user):
    given = giving.give(
        by=user("trust_officer"), proof=proof_of(ended, county.trust), fate="nothing_held",
        said_by_name="Ann Hale", held="", method="shredded", done_on=None,
    )  # fmt: skip

    assert given.is_given
    assert not given.method


def test_a_file_that_is_no_document_is_refused(county, ended, user):
    with pytest.raises(ValidationError, match="Choose a PDF"):
        giving.give(
            by=user("office"), proof=proof_of(ended, county.trust), content=b"MZ", name="a.exe",
            **facts(),
        )  # fmt: skip


def test_a_proof_is_given_once(county, ended, user):
    proof = proof_of(ended, county.trust)
    giving.give(by=user("office"), proof=proof, **facts())

    with pytest.raises(Conflict, match="given this proof since"):
        giving.give(by=user("trust_officer"), proof=proof, **facts())


@pytest.mark.parametrize("who", ["police_officer", "council_manager", "auditor"])
def test_who_neither_keeps_the_agreement_nor_is_the_body_records_nothing(county, ended, user, who):
    with pytest.raises(PermissionDenied, match="Only officers of"):
        giving.give(by=user(who), proof=proof_of(ended, county.trust), **facts())


def test_a_proof_is_corrected_and_what_no_longer_fits_goes(county, ended, user):
    proof = giving.give(by=user("office"), proof=proof_of(ended, county.trust), **facts())

    fixed = giving.correct(
        by=user("office"), proof=proof, row_version=2, fate="kept", keeping_ground="legal_duty",
        keeping_words="The register of births.", reason="Typed for another body.",
    )  # fmt: skip

    assert (fixed.method, fixed.done_on, fixed.ground_label) == (
        "",
        None,
        "A legal duty to keep it",
    )
    with pytest.raises(Conflict):
        giving.correct(by=user("office"), proof=proof, row_version=2, fate="kept")


def test_the_office_does_without_a_proof_and_its_link_dies(county, ended, user):
    proof = proof_of(ended, county.police)
    token = mint(proof.pk).rsplit("/", 2)[1]
    with pytest.raises(ValidationError, match="Say why"):
        giving.do_without(by=user("office"), proof=proof, row_version=1, reason=" ")

    giving.do_without(by=user("office"), proof=proof, row_version=1, reason="It only gave.")

    assert proof_by(token) is None
    assert proof not in Proof.objects.outstanding()


def test_the_lead_and_the_office_read_every_proof_a_party_its_own(county, ended, user):
    def reads(who):
        return Proof.objects.visible_to(user(who)).count()

    assert [reads(who) for who in ("office", "council_manager", "police_manager")] == [3, 3, 1]
    assert Proof.objects.visible_to(user("trust_officer")).get().organisation == county.trust


def test_acts_on_a_proof_stand_in_no_history_of_another_party(county, ended, user):
    giving.give(by=user("office"), proof=proof_of(ended, county.trust), **facts())
    acts = Entry.objects.filter(verb="proof.recorded")

    assert open_to(user("trust_officer"), acts).exists()
    assert not open_to(user("police_officer"), acts).exists()


def test_reminders_go_a_week_before_then_late_then_every_four_weeks():
    due = today()
    days = [(day - due).days for day in reminders_of(due)]

    assert days[:4] == [-7, 1, 29, 57]
    assert reminder_for(due, due - timedelta(days=8)) is None
    assert reminder_for(due, due + timedelta(days=28)) == due + timedelta(days=1)


def test_a_reminder_goes_once_however_often_the_job_runs(county, ended):
    due = proof_of(ended, county.police).due_on
    before = messages().count()

    with on(due - timedelta(days=8)):
        assert chase() == 0
    with on(due - timedelta(days=7)):
        assert (chase(), chase()) == (2, 0)
    with on(due - timedelta(days=6)):
        assert chase() == 0

    assert messages().count() == before + 2
    assert "Reminder" in messages().latest("pk").subject


def test_days_of_silence_are_caught_up_by_one_reminder_and_one_task(county, ended):
    due = proof_of(ended, county.police).due_on

    with on(due + timedelta(days=60)):
        assert (chase(), chase()) == (2, 0)

    Task.objects.get(cause_key__startswith="proofs:", document_id=ended.pk)


def test_a_party_that_answered_is_not_reminded(county, ended, user):
    proof = proof_of(ended, county.police)
    giving.give(by=user("office"), proof=proof, **facts())

    with on(proof.due_on + timedelta(days=1)):
        assert chase() == 1
    assert not messages().filter(key__startswith=f"proof:{proof.pk}:planned").exists()


def test_asking_again_goes_once_a_day_and_not_without_an_address(county, ended, user):
    police, trust = proof_of(ended, county.police), proof_of(ended, county.trust)

    assert asking.ask_again(by=user("office"), proof=police)
    assert not asking.ask_again(by=user("office"), proof=police)
    assert not asking.ask_again(by=user("office"), proof=trust)
    with pytest.raises(PermissionDenied):
        asking.ask_again(by=user("trust_officer"), proof=trust)


def test_the_first_message_about_a_released_entry_is_no_reminder_and_gives_four_weeks(county, user):
    document = make.agreement(
        county.partnership, county.council, county.police, lead=county.council, state="in_force"
    )
    with act(by="system:test", verb="document.changed", subject=document):
        document.provenance = Provenance.IMPORTED
        document.save()
    moving.end(by=user("office"), document=document, reason="Over.")
    proof = proof_of(document, county.police)
    mine = messages().filter(key__startswith=f"proof:{proof.pk}:")

    with on(proof.due_on + timedelta(days=100)):
        chase()
        assert not mine.exists(), "nothing goes before an officer releases it"
        release(by="system:test", documents=[document])
        chase()
        message = mine.get()
        assert "We asked before" not in message.text
        assert not message.subject.startswith("Reminder")
        assert proof_of(document, county.police).due_on == today() + timedelta(days=28)
    with on(proof.due_on + timedelta(days=100 + 21)):
        chase()
    assert "We asked before" in mine.latest("pk").text


def test_the_task_about_overdue_proofs_closes_with_the_last_of_them(county, ended, user):
    with on(today() + timedelta(days=60)):
        chase()
    task = Task.objects.get(cause_key__startswith="proofs:")
    assert task.kind == "ending"

    with on(today() + timedelta(days=61)):
        giving.give(by=user("office"), proof=proof_of(ended, county.police), **facts())
        giving.give(by=user("office"), proof=proof_of(ended, county.council), **facts())
        task.refresh_from_db()
        assert task.is_open
        trust = proof_of(ended, county.trust)
        giving.do_without(
            by=user("office"), proof=trust, row_version=trust.row_version, reason="It only gave."
        )
        task.refresh_from_db()
        assert task.outcome == "confirmed"
