"""The pages of concerns and checks: what is shown to whom, typing comes back, what is refused and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from register.concerns.models import AdherenceCheck, Concern
from register.core.dates import today
from tests.register.concerns.conftest import recorded
from tests.register.concerns.test_checks import checked


def typed(county, **others) -> dict:
    """What an officer types to record a breach."""
    return {
        "title": "A laptop was lost", "kind": "availability", "severity": "unlikely",
        "what_happened": "Left on a bus; encrypted.", "found_on": f"{today():%-d %B %Y}",
        "found_time": "00.00", "bodies": [county.council.pk], "lead_body": county.council.pk,
        "lead_name": "Council Officer", "ico_answer": "undecided", "people_answer": "undecided",
        "tells_now": "on", **others,
    }  # fmt: skip


@pytest.fixture
def signed_in(client, user):
    """The client, signed in as somebody."""

    def sign_in(who):
        client.force_login(user(who), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def test_an_officer_records_a_breach_from_the_page_of_the_agreement(county, agreement, signed_in):
    client = signed_in("council_officer")
    address = reverse("concerns:record", args=[agreement.reference])
    assert address in client.get(agreement.get_absolute_url()).content.decode()

    answer = client.post(address, typed(county), follow=True)

    found = Concern.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == found.get_absolute_url()
    assert "A laptop was lost" in page
    assert "72 hours end" in page


def test_what_is_refused_comes_back_with_its_sentence(county, agreement, signed_in):
    client = signed_in("council_officer")
    address = reverse("concerns:record", args=[agreement.reference])

    answer = client.post(address, typed(county, found_time="25:00", what_happened="943 476 5919"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a time of the 24-hour clock" in page
    assert "It is nobody’s personal data" in page
    answer = client.post(address, typed(county, what_happened="943 476 5919"))
    assert answer.status_code == 422
    assert "looks like an NHS number" in answer.content.decode()


def test_who_is_not_concerned_finds_no_trace(county, agreement, signed_in):
    found = recorded(county, agreement)
    client = signed_in("trust_officer")

    assert client.get(found.get_absolute_url()).status_code == 404
    assert found.reference not in client.get(reverse("concerns:concerns")).content.decode()
    page = client.get(agreement.get_absolute_url()).content.decode()
    assert found.title not in page
    assert "concern is open" not in page
    history = client.get(reverse("documents:history", args=[agreement.reference]))
    assert "Breach or concern recorded" not in history.content.decode()


def test_a_manager_of_a_body_concerned_reads_and_may_not_change(county, agreement, signed_in):
    found = recorded(county, agreement)
    client = signed_in("police_manager")

    assert found.what_happened in client.get(found.get_absolute_url()).content.decode()
    assert client.get(reverse("concerns:correct", args=[found.pk])).status_code == 403


def test_a_concern_is_corrected_told_closed_and_opened_again(county, agreement, signed_in):
    found = recorded(county, agreement, kind="terms_not_kept")
    client = signed_in("police_officer")
    correct = reverse("concerns:correct", args=[found.pk])
    form = client.get(correct).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    said = client.post(correct, {**data, "title": "A list went astray"})
    assert said.status_code == 302, said.context["form"].errors
    row = found.bodies.get()
    told = reverse("concerns:told", args=[found.pk, row.pk])
    assert client.post(told, {
        "row_version": row.row_version, "told_on": f"{today():%-d %B %Y}", "told_time": "00:00",
        "told_how": "telephone", "told_whom": "Ann",
    }).status_code == 302  # fmt: skip
    found.refresh_from_db()
    close = reverse("concerns:close", args=[found.pk])
    ended = {"row_version": found.row_version, "outcome": "Deleted.", "lessons": "One mailbox."}
    assert client.post(close, ended).status_code == 302
    page = client.get(found.get_absolute_url()).content.decode()
    assert "A list went astray" in page
    assert "One mailbox." in page
    found.refresh_from_db()
    again = reverse("concerns:reopen", args=[found.pk])
    client.post(again, {"row_version": found.row_version, "reason": "More came out."})
    history = client.get(reverse("concerns:history", args=[found.pk])).content.decode()
    assert "Breach or concern opened again" in history
    assert "Body told of" in history


def test_a_check_is_recorded_with_answers_and_actions(agreement, signed_in):
    client = signed_in("council_officer")
    address = reverse("concerns:record_check", args=[agreement.reference])
    assert "Are people told of the sharing?" in client.get(address).content.decode()

    due = today() + timedelta(days=40)
    answer = client.post(address, {
        "checked_on": f"{today():%-d %B %Y}", "checker_name": "Joan Pell", "conclusion": "kept",
        "findings": "All well.", "answer_retention": "partly", "note_retention": "One list.",
        "actions": f"Delete the list; {due:%-d %B %Y}\nTell the desks",
    }, follow=True)  # fmt: skip

    found = AdherenceCheck.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == found.get_absolute_url()
    assert "One list." in page
    assert found.answers.get(question_code="retention").answer == "partly"
    entry = client.get(agreement.get_absolute_url()).content.decode()
    assert (
        "2 tasks are open." in entry or "Two tasks are open." in entry or "Delete the list" in entry
    )


def test_an_action_that_is_no_action_is_named_by_its_line(agreement, signed_in):
    client = signed_in("council_officer")
    address = reverse("concerns:record_check", args=[agreement.reference])

    answer = client.post(address, {"actions": "Tell the desks\nDelete; soon"})

    assert answer.status_code == 422
    assert "Line 2: " in answer.content.decode()


def test_the_report_shows_checks_done_and_due_and_leaves_as_csv(agreement, signed_in, user):
    checked(user, agreement, next_on=today() - timedelta(days=1))
    client = signed_in("office")

    page = client.get(reverse("concerns:checks")).content.decode()
    sheet = b"".join(client.get(reverse("concerns:export_checks")).streaming_content).decode()

    assert "Overdue" in page
    assert "Joan Pell" in page
    assert agreement.reference in sheet
    assert "It is kept in part" in sheet


def test_the_page_of_a_check_is_no_business_of_others(county, signed_in, user):
    from_elsewhere = signed_in("trust_officer")
    assert from_elsewhere.get(reverse("concerns:check", args=[999])).status_code == 404


def test_a_note_that_looks_like_personal_data_can_be_confirmed(agreement, signed_in):
    client = signed_in("council_officer")
    address = reverse("concerns:record_check", args=[agreement.reference])
    said = {
        "checked_on": f"{today():%-d %B %Y}", "checker_name": "A. Hale", "conclusion": "kept",
        "findings": "Kept.", "answer_retention": "yes", "note_retention": "See 943 476 5919.",
    }  # fmt: skip

    page = client.post(address, said)

    assert page.status_code == 422
    assert "It is nobody’s personal data" in page.content.decode()
    assert client.post(address, {**said, "is_confirmed": "on"}).status_code == 302
