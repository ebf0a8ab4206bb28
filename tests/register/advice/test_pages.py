"""The pages: what officers and advisers see and do, who learns nothing, and what the pages cost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.advice.answers import Answer
from register.advice.models import Advice, ReviewRequest
from register.advice.panel import advice_panel
from register.advice.services import answering
from register.core.dates import today
from register.documents.models import Document
from register.documents.services import facts, moving
from tests import make
from tests.access.pdf import PDF

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "Only Una and the council know this."


@pytest.fixture
def browse(client):
    """A browser signed in as somebody."""

    def signed_in(user):
        client.force_login(user, backend=BACKEND)
        return client

    return signed_in


def at(name, *args):
    return reverse(f"advice:{name}", args=args)


def words(answer):
    return answer.content.decode()


def test_an_officer_asks_for_all_that_is_needed_and_sees_how_far_it_is(world, browse):
    browser = browse(world.off)
    page = words(browser.get(at("entry", world.ref)))
    assert "Ask for all that is needed (4)" in page
    assert "Nobody is known who could be asked as senior information risk owner" in page
    confirm = words(browser.get(at("ask_all", world.ref)))
    assert "Data protection officer of" in confirm
    assert "Una Rowe, DPO" in confirm
    wrong = browser.post(at("ask_all", world.ref), {"due_on": "1 1 2020"})
    assert wrong.status_code == 422
    assert "not before today" in words(wrong)
    page = words(browser.post(at("ask_all", world.ref), {"due_on": "1 12 2099"}, follow=True))
    assert page.count("Stop asking") == 4
    assert "by 1 December 2099" in page
    assert "Advice and decisions" in words(
        browser.get(reverse("documents:draft", args=[world.ref]))
    )


def test_an_officer_asks_one_body_by_name_reminds_replaces_and_stops(world, browse):
    browser = browse(world.off)
    ask = f"{at('ask', world.ref)}?kind=data_protection&body={world.council.pk}"
    page = words(browser.get(ask))
    assert page.index("Una Rowe, DPO") < page.index("Dee Puty, DPO")
    whom = world.whom(world.una).code
    browser.post(ask, {"whom": whom, "due_on": "1 12 2099", "question": "Is it fair?"})
    row = ReviewRequest.objects.get()
    assert (row.person, row.question) == (world.una.person, "Is it fair?")
    assert browser.get(f"{at('ask', world.ref)}?kind=other").status_code == 404
    stranger = make.organisation("Stranger")
    address = f"{at('ask', world.ref)}?kind=legal&body={stranger.pk}"
    assert browser.get(address).status_code == 404
    browser.post(at("remind", world.ref, row.pk))
    again = browser.post(at("remind", world.ref, row.pk))
    assert again.status_code == 422
    assert "sent today already" in words(again)
    said = {"whom": world.whom(world.dee).code, "due_on": "2 12 2099", "row_version": 2}
    browser.post(at("replace", world.ref, row.pk), said)
    new = ReviewRequest.objects.open().get()
    assert new.person == world.dee.person
    no = browser.post(at("cancel", world.ref, new.pk), {"row_version": 1})
    assert "Say why it is not asked any more." in words(no)
    browser.post(at("cancel", world.ref, new.pk), {"row_version": 1, "reason": "Not needed."})
    assert not ReviewRequest.objects.open().exists()


def test_an_officer_records_an_answer_from_paper(world, browse):
    row, browser = world.ask(), browse(world.off)
    said = {
        "row_version": 1, "outcome": "no_objection", "person_name": "Una Rowe",
        "post_title": "DPO", "given_on": today().strftime("%d %m %Y"),
    }  # fmt: skip
    assert "Choose a file." in words(browser.post(at("record", world.ref, row.pk), said))
    nothing = browser.post(at("record", world.ref, row.pk), {"row_version": 1})
    assert "Choose what was advised." in words(nothing)
    file = SimpleUploadedFile("una.pdf", PDF)
    browser.post(at("record", world.ref, row.pk), {**said, "file": file})
    given = Advice.objects.get()
    assert given.is_on_paper
    paper = at("paper", row.pk, given.pk)
    assert browser.get(paper).content == PDF
    assert paper in words(browser.get(at("entry", world.ref)))
    assert browse(world.pat).get(paper).status_code == 404


def test_an_adviser_reads_and_answers_what_waits_in_the_tray(world, browse):
    row, browser = world.ask(question="Is it fair?"), browse(world.una)
    assert "Safeguarding children" in words(browser.get(at("tray")))
    page = words(browser.get(at("request", row.pk)))
    for said in ("Is it fair?", "Why we share.", "Your advice", "You answer as DPO", "open"):
        assert said in page
    empty = browser.post(at("request", row.pk), {"row_version": 1, "text": "Typed."})
    assert empty.status_code == 422
    assert "Choose what you advise." in words(empty)
    assert "Typed." in words(empty)
    said = {"row_version": 1, "outcome": "against", "text": SECRET}
    page = words(browser.post(at("request", row.pk), said, follow=True))
    assert "Nothing waits for you." in page
    assert "Data protection officer: against" in page
    stale = browser.post(at("request", row.pk), said)
    assert stale.status_code == 409
    assert SECRET in words(stale)
    assert "Answered so far" in words(browser.get(at("request", row.pk)))


def test_a_decider_sees_the_advice_and_gives_a_reason_to_go_against_it(world, browse):
    row, decision = world.ask(), world.ask_decision()
    against = Answer("against", "Families are not told.")
    answering.answer(by=world.una, request=row, row_version=1, said=against)
    browser = browse(world.ravi)
    page = words(browser.get(at("request", decision.pk)))
    assert "The advice before you" in page
    assert "Families are not told." in page
    assert "To approve it takes a reason." in page
    no = browser.post(at("request", decision.pk), {"row_version": 1, "outcome": "approved"})
    assert no.status_code == 422
    assert "The data protection officer is against it: say why you approve it." in words(no)
    said = {"row_version": 1, "outcome": "approved", "reason": "A child would come to harm."}
    browser.post(at("request", decision.pk), said)
    panel = words(browse(world.off).get(world.document.get_absolute_url()))
    assert "A child would come to harm." in panel


def test_the_checklist_keeps_what_was_ticked(world, browse):
    row = world.ask("quality_assurance", by=world.office)
    colleague = make.officer("register_officer", world.cast.partnership)
    browser = browse(colleague)
    assert "Safeguarding children" in words(browser.get(at("tray")))
    assert "Safeguarding children" not in words(browse(world.office).get(at("tray")))
    assert browse(world.office).get(at("request", row.pk)).status_code == 200
    browser = browse(colleague)
    assert "Somebody who was not there" in words(browser.get(at("request", row.pk)))
    said = {"row_version": 1, "outcome": "approved", "met_plain_words": "on"}
    page = words(browser.post(at("request", row.pk), said))
    assert "Say why “The right parties” may stay as it is." in page
    assert 'name="met_plain_words"' in page
    assert "Say why “Plain words”" not in page


def test_others_of_the_partnership_learn_neither_of_questions_nor_of_words(world, browse):
    row = world.ask()
    answering.answer(by=world.una, request=row, row_version=1, said=Answer("against", SECRET))
    version = make.walk(world.version, "in_force")
    assert Document.objects.visible_to(world.pat).filter(pk=version.document_id).exists()
    for user in (world.pat, world.cast.off_b, world.cast.outsider):
        browser = browse(make.fresh(user))
        assert browser.get(at("request", row.pk)).status_code == 404
        assert SECRET not in words(browser.get(at("tray")))
        assert browser.get(at("entry", world.ref)).status_code in (403, 404)
        history = browser.get(reverse("documents:history", args=[world.ref]))
        assert SECRET not in words(history)
    # The lead's word is for everybody who is bound by it.
    assert SECRET in words(browse(world.cast.off_b).get(version.document.get_absolute_url()))
    third = make.officer("manager", make.member(world.cast.partnership, "Third Council"))
    assert SECRET not in words(browse(third).get(version.document.get_absolute_url()))


def test_what_the_leads_lawyer_says_is_for_the_lead_alone(world, browse):
    lawyer = world.holder(world.cast.council, "legal_adviser", "Lena Law")
    row = world.ask("legal", lawyer, post="legal_adviser")
    answering.answer(by=lawyer, request=row, row_version=1, said=Answer("against", SECRET))
    moving.open_consultation(by=world.off, version=world.version)
    address = world.document.get_absolute_url()
    assert SECRET in words(browse(world.off).get(address))
    assert SECRET not in words(browse(world.cast.off_b).get(address))


def test_a_restricted_entry_leaves_no_trace_but_for_whom_it_asks_by_name(world, browse):
    row = world.ask(body=world.police, user=world.pat)
    other = world.holder(world.cast.police, "dpo", "Second Dpo", capacity="deputy")
    assert "Safeguarding children" in words(browse(other).get(at("tray")))
    facts.change_facts(
        by=world.office, document=world.document, row_version=1, is_restricted=True,
        visibility="named",
    )  # fmt: skip
    assert "Safeguarding children" in words(browse(world.pat).get(at("tray")))
    assert browse(world.pat).get(at("request", row.pk)).status_code == 200
    for user in (other, world.cast.off_b, world.cast.outsider):
        browser = browse(make.fresh(user))
        assert "Safeguarding children" not in words(browser.get(at("tray")))
        assert browser.get(at("request", row.pk)).status_code == 404


def test_a_draft_is_not_open_to_a_body_because_another_of_its_people_is_asked(world, browse):
    row = world.ask(body=world.police, user=world.pat)
    adviser = make.officer("adviser", world.cast.police)
    assert browse(adviser).get(at("request", row.pk)).status_code == 404
    moving.open_consultation(by=world.off, version=world.version)
    assert browse(adviser).get(at("request", row.pk)).status_code == 200


def test_who_left_the_post_reads_nothing_any_more(world, browse):
    row = world.ask(body=world.police, user=world.pat)
    held = world.pat.person.appointments.get(post__kind="dpo")
    with make.persons.act(by="system:test", verb="appointment.ended", subject=held):
        held.ends_on = make.since()
        held.save()
    assert browse(make.fresh(world.pat)).get(at("request", row.pk)).status_code == 404


def test_the_tray_costs_the_same_however_much_waits(world, browse):
    browser = browse(world.una)
    world.ask()
    counts = []
    for number in range(2):
        browser.get(at("tray"))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(at("tray")).status_code == 200
        counts.append(len(asked))
        if not number:
            for _ in range(3):
                document = make.agreement(
                    world.cast.partnership, world.council, world.police, lead=world.council
                )
                world.version = document.newest
                world.ask()
    assert counts[0] == counts[1]
    assert counts[0] <= 16


def test_the_pages_cost_the_same_however_much_was_said(world, browse):
    row = world.ask()
    pages = (world.una, at("request", row.pk)), (world.off, at("entry", world.ref))
    counts = []
    for times in (1, 3):
        for _ in range(times):
            row.refresh_from_db()
            answering.answer(
                by=world.una, request=row, row_version=row.row_version, said=Answer("no_objection")
            )
        for user, address in pages:
            browser = browse(user)
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_panel_adds_one_statement_to_an_entry_without_advice(world, browse):
    with CaptureQueriesContext(connection) as asked:
        assert advice_panel(world.off, world.version) is None
    assert len(asked) == 1
