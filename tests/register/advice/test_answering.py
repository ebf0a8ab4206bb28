"""Giving advice and deciding: by whom, in which words, against advice, late, on paper, and sent back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from register.advice.answers import Answer
from register.advice.models import Advice, Closed
from register.advice.services import answering, asking
from register.advice.standing import advice_for, advice_on
from register.core.conflicts import Conflict
from register.core.dates import today
from register.documents.models import Version
from register.documents.services import facts, moving
from register.ledger.acts import act
from register.notices.models import Notice
from register.signing import services as signing
from register.tasks.models import Task
from tests import make
from tests.access.pdf import PDF
from tests.register.advice.conftest import errors

FINE = Answer("no_objection", "The notice covers it.")
APPROVED = Answer("approved")
NO = Answer("against", "Families are not told.")


def give(by, row, said=FINE):
    row.refresh_from_db()
    return answering.answer(by=by, request=row, row_version=row.row_version, said=said)


def refused(by, row, said) -> dict:
    with pytest.raises(ValidationError) as refusal:
        give(by, row, said)
    return errors(refusal).by_field


def test_the_holder_of_the_post_advises_in_their_own_name(world):
    row = world.ask()
    given = give(world.una, row)
    assert (given.person_name, given.post_title, given.given_on) == ("Una Rowe", "DPO", today())
    assert given.body_name == world.council.legal_name
    assert not given.is_late
    assert len(given.wording_sha256) == 64
    row.refresh_from_db()
    assert row.closed_as == Closed.ANSWERED
    [mail] = Notice.objects.filter(key=f"advice-given:{given.pk}")
    assert "no objection" in mail.text
    assert "The notice covers it." not in mail.text


def test_a_deputy_and_an_adviser_of_the_body_may_answer_too(world):
    given = give(world.dee, world.ask())
    assert given.post_title == "DPO (deputy)"
    again = give(world.cast.adv_a, given.request)
    assert again.post_title == "Adviser"


def test_nobody_else_answers_for_them_not_even_the_office(world):
    row = world.ask()
    for user in (
        world.off,
        world.office,
        world.pat,
        world.ravi,
        world.cast.mgr_a,
        world.cast.off_b,
    ):
        with pytest.raises(PermissionDenied, match="answers: the post's holder, a deputy"):
            give(user, row)
    assert not Advice.objects.exists()


def test_an_adviser_does_not_decide_and_the_risk_owner_does(world):
    row = world.ask_decision()
    for user in (world.cast.adv_a, world.una, world.office, world.off):
        with pytest.raises(PermissionDenied, match="decides: whoever holds the post, or a deputy"):
            give(user, row, APPROVED)
    give(world.una, world.ask())
    assert give(world.ravi, row, APPROVED).outcome == "approved"


def test_whoever_advised_does_not_decide(world):
    make.appoint(world.council.posts.get(kind="siro"), world.una.person, capacity="deputy")
    una = make.fresh(world.una)
    give(una, world.ask())
    with pytest.raises(PermissionDenied, match=r"does not decide for it.*Article 38\(6\)"):
        give(una, world.ask_decision(), APPROVED)


def test_an_answer_says_what_it_must(world):
    row, decision = world.ask(), world.ask_decision()
    for by, question, said, field, words in (
        (world.una, row, Answer("approved"), "outcome", "Choose what you advise."),
        (world.una, row, Answer("against"), "text", "Say why you advise against it."),
        (world.una, row, Answer("returned"), "text", "Say what must change."),
        (
            world.una,
            row,
            Answer("conditions", "Yes, if."),
            "conditions",
            "Say on which conditions.",
        ),
        (world.ravi, decision, Answer("no_objection"), "outcome", "Choose what you decide."),
        (world.ravi, decision, Answer("not_approved"), "text", "Say why it is not approved."),
    ):
        assert refused(by, question, said)[field] == [words]


def test_deciding_without_advice_against_it_or_without_its_conditions_takes_a_reason(world):
    row, decision = world.ask(), world.ask_decision()
    reason = refused(world.ravi, decision, APPROVED)["reason"]
    assert reason == ["The data protection officer has not advised: say why you decide without it."]
    give(world.una, row, Answer("conditions", conditions="Tell families first."))
    assert "asks for conditions" in refused(world.ravi, decision, APPROVED)["reason"][0]
    give(world.una, row, NO)
    assert "is against it: say why" in refused(world.ravi, decision, APPROVED)["reason"][0]
    given = give(world.ravi, decision, Answer("approved", reason="A child would come to harm."))
    assert given.reason == "A child would come to harm."


def test_later_advice_is_a_new_row_and_the_earlier_stays(world):
    row = world.ask()
    first, second = give(world.una, row, NO), give(world.una, row, FINE)
    assert [each.pk for each in advice_on(world.version)] == [first.pk, second.pk]
    said = advice_for(world.version, world.council)
    assert said.advice.pk == second.pk
    first.text = "Something else."
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        act(by="system:test", verb="advice.given", subject=row),
    ):
        first.save()


def test_of_two_who_answer_at_once_the_second_is_told(world):
    row = world.ask()
    give(world.una, row)
    with pytest.raises(Conflict):
        answering.answer(by=world.dee, request=row, row_version=1, said=NO)
    assert Advice.objects.count() == 1


def test_a_question_that_was_cancelled_is_not_answered(world):
    row = world.ask()
    asking.cancel(by=world.off, request=row, row_version=1, reason="Asked in error.")
    with pytest.raises(PermissionDenied, match="not asked any more: Asked in error"):
        give(world.una, row)


def test_what_is_returned_from_a_draft_opens_a_task_for_its_drafters(world):
    row = world.ask()
    give(world.una, row, Answer("returned", "Say how long it is kept."))
    row.refresh_from_db()
    assert row.closed_as == Closed.RETURNED
    task = Task.objects.get(document_id=world.document.pk)
    assert "returned it for changes" in task.says
    # Many see the task; the words are for those who may read them.
    assert "how long" not in task.says + task.why


def test_an_adviser_cannot_take_back_what_is_out_for_signature_but_asks_for_it(world):
    row = world.ask()
    version = make.walk(world.version, "signing")
    given = give(world.una, row, Answer("returned", "The notice is missing."))
    assert given.is_late
    version.refresh_from_db()
    assert version.state == "signing"
    assert "asks to take it back" in Task.objects.get(document_id=world.document.pk).says


def test_an_officer_who_is_asked_as_adviser_takes_it_back_at_once(world):
    make.appoint(world.council.posts.get(kind="dpo"), world.off.person, capacity="shared")
    off = make.fresh(world.off)
    row = world.ask(by=world.office, user=off)
    version = make.walk(world.version, "signing")
    give(off, row, Answer("returned", "The notice is missing."))
    version.refresh_from_db()
    assert version.state == "ended"
    assert Version.objects.filter(document=version.document, state="draft").exists()


def test_late_advice_is_marked_and_leaves_what_was_signed(world):
    row, late = world.ask(), world.ask(body=world.police, user=world.pat)
    first = give(world.una, row)
    version = make.walk(world.version, "in_force")
    given = give(world.pat, late, NO)
    assert (first.is_late, given.is_late) == (False, True)
    assert "cannot be returned" in refused(world.pat, late, Answer("returned", "No."))["outcome"][0]
    words = version.body_sha256
    version.refresh_from_db()
    assert (version.state, version.body_sha256) == ("in_force", words)


def test_the_wording_that_was_advised_on_is_told_from_a_later_one(world):
    before = give(world.una, world.ask()).wording_sha256
    signing.propose_slots(by=world.off, version=world.version)
    assert give(world.una, world.ask()).wording_sha256 == before
    world.flow("Another")
    assert give(world.una, world.ask()).wording_sha256 != before


def test_an_officer_records_what_came_on_paper_with_the_paper(world):
    row = world.ask()
    said = {
        "by": world.off, "request": row, "row_version": 1, "said": FINE, "post_title": "DPO",
        "person_name": "Una Rowe", "given_on": today(), "content": PDF, "name": "una.pdf",
    }  # fmt: skip
    for wrong, field, words in (
        ({"content": None}, "file", "Choose the letter or the mail as a file."),
        ({"person_name": " "}, "person_name", "Enter who gave it."),
        ({"given_on": today() + timedelta(days=1)}, "given_on", "not after today"),
    ):
        with pytest.raises(ValidationError) as refusal:
            answering.record_answer(**said | wrong)
        assert words in errors(refusal).by_field[field][0]
    with pytest.raises(PermissionDenied):
        answering.record_answer(**said | {"by": world.cast.off_b})
    given = answering.record_answer(**said)
    assert (given.is_on_paper, given.person_name, given.given_by) == (True, "Una Rowe", None)
    assert given.file_name == "una.pdf"


def test_the_police_officer_records_for_the_police(world):
    row = world.ask(body=world.police, user=world.pat)
    moving.open_consultation(by=world.off, version=world.version)
    given = answering.record_answer(
        by=world.cast.off_b, request=row, row_version=1, said=FINE, post_title="",
        person_name="Pat Lee", given_on=today(), content=PDF, name="a.pdf",
    )  # fmt: skip
    assert given.body_name == world.police.legal_name


def test_quality_is_checked_point_by_point_by_a_colleague(world):
    row = world.ask("quality_assurance", by=world.office)
    with pytest.raises(PermissionDenied, match="You asked for this: somebody else"):
        give(world.office, row, APPROVED)
    with pytest.raises(PermissionDenied, match="The partnership office answers this"):
        give(world.una, row, APPROVED)
    colleague = make.officer("register_officer", world.cast.partnership)
    assert "may stay as it is" in refused(colleague, row, APPROVED)["note_plain_words"][0]
    met = dict.fromkeys(CHECKS, (True, "")) | {"people_told": (False, "The notice comes in May.")}
    given = give(colleague, row, Answer("approved", checklist=met))
    assert given.checklist.filter(is_met=True).count() == len(CHECKS) - 1
    assert given.body_name == "The partnership office"


def test_an_ethics_committee_decides_with_a_reference(world):
    chair = world.holder(world.cast.council, "ethics_chair", "Edie Chair")
    row = world.ask("ethics", chair, post="ethics_chair")
    assert "Enter the reference" in refused(chair, row, APPROVED)["reference"][0]
    given = give(chair, row, Answer("approved", conditions="Report yearly.", reference="REC 12/26"))
    assert (given.reference, given.conditions) == ("REC 12/26", "Report yearly.")


def test_nothing_is_mailed_about_an_imported_entry_before_its_release(world):
    with make.persons.act(by="system:test", verb="document.changed", subject=world.document):
        world.document.provenance = "imported"
        world.document.save()
    assert not Notice.objects.filter(key=f"advice-asked:{world.ask().pk}").exists()
    facts.release(by=world.office, documents=[world.document])
    row = world.ask(body=world.police, user=world.pat)
    assert Notice.objects.filter(key=f"advice-asked:{row.pk}").exists()


CHECKS = (
    "plain_words", "right_parties", "one_purpose", "law_fits", "no_more_data", "people_told",
    "kept_and_ended", "risks_treated", "names_work", "numbers_agree",
)  # fmt: skip
