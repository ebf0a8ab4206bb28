"""The question asked by people in one line and by programs as JSON, and the tokens of programs."""

import json
from datetime import timedelta

import pytest

from register.api.models import Token
from register.api.services import make_token, revoke_token, user_of_token
from register.core.dates import add_months, today
from register.directory.models import Identifier
from register.documents.lifecycle import State
from register.ledger.acts import act
from register.ledger.models import AccessEvent
from tests import county as counties
from tests import make_flows, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
WHERE = "/api/may-share"


@worlds.shared
def county():
    found = counties.found(add_months(today(), -13))
    make_flows.agreement_with(
        found.partnership, found.council, found.police, state=State.IN_FORCE,
        flows=[{"providers": found.council, "recipients": found.police, "categories": ("health",)}],
    )  # fmt: skip
    return found


def asked(county, **values):
    return {"from": "WY County Council", "to": "WY Police", **values}


def test_a_program_is_answered_with_agreement_flow_and_reason(client, county):
    client.force_login(county.users["office"])
    answer = client.get(WHERE, asked(county, category="health", purpose="safeguarding")).json()
    assert answer["answer"] == "yes"
    assert answer["agreement"]["reference"] == "WY-A-0001"
    assert answer["flow"]["title"] == "Referrals"
    assert answer["asked"]["on"] == today().isoformat()
    assert answer["note"] == ""
    assert answer["conditions"] == []


def test_every_answer_but_yes_ends_with_what_to_do_when_somebody_is_at_risk(client, county):
    client.force_login(county.users["office"])
    answer = client.get(WHERE, asked(county, category="housing")).json()
    assert answer["answer"] == "not_covered"
    assert answer["note"].endswith("share what is necessary and record it here.")


def test_bodies_are_named_by_an_identifier_as_well(client, county):
    row = Identifier(organisation=county.police, scheme="ODS", value="X99")
    with act(by=TEST, verb="organisation.changed", subject=row):
        row.save()
    client.force_login(county.users["office"])
    assert client.get(WHERE, asked(county, to="ODS X99")).json()["answer"] == "yes"
    assert client.get(WHERE, asked(county, to="x99")).json()["answer"] == "yes"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"to": "Nobody at all"}, "to", "No body is called “Nobody at all”."),
        ({"to": ""}, "to", "Enter"),
        ({"to": "WY County Council"}, "to", "Name another body"),
        ({"category": "shoe size"}, "category", "No category of data is called “shoe size”."),
        ({"on": "31/02/2026"}, "on", ""),
        ({"from": "x" * 400}, "from", ""),
    ],
)
def test_a_question_that_is_not_understood_gets_a_sentence_for_its_field(
    client, county, values, field, sentence
):
    client.force_login(county.users["office"])
    answer = client.get(WHERE, asked(county, **values))
    assert answer.status_code == 422
    told = json.dumps(answer.json(), ensure_ascii=False)
    assert field in told
    assert sentence in told


def test_who_is_not_signed_in_gets_a_sentence_and_no_page(client, county):
    answer = client.get(WHERE, asked(county))
    assert answer.status_code == 401
    assert answer.json()["detail"].startswith("Sign in, or send a token")
    assert client.get("/api/docs").status_code == 302


def test_a_token_asks_in_the_name_of_its_login(client, county):
    _, secret = make_token(user=county.users["office"], name="Case system", ends_on=today())
    answer = client.get(WHERE, asked(county), headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["answer"] == "yes"
    stranger = counties.add_login(county, "trust_manager", "manager", today(), body="trust")
    assert secret not in str(list(Token.objects.values()))
    revoke_token(user=county.users["office"], token=Token.objects.get())
    refused = client.get(WHERE, asked(county), headers={"Authorization": f"Bearer {secret}"})
    assert refused.status_code == 401
    assert user_of_token(secret) is None
    assert AccessEvent.objects.filter(kind="token_made").exists()
    assert stranger.tokens.count() == 0


def test_a_token_ends_by_itself_and_with_its_login(county, monkeypatch):
    user = county.users["office"]
    token, secret = make_token(user=user, name="Case system", ends_on=today())
    assert user_of_token(secret) == user
    Token.objects.filter(pk=token.pk).update(ends_on=today() - timedelta(days=1))
    assert user_of_token(secret) is None
    _, other = make_token(user=user, name="Other", ends_on=today())
    user.is_active = False
    user.save()
    assert user_of_token(other) is None


def test_a_token_is_made_and_revoked_on_a_page_and_shown_once(client, county):
    client.force_login(county.users["office"])
    page = client.post("/accounts/tokens/", {"name": "Case system", "ends_on": "1 January 2020"})
    assert page.status_code == 422
    assert "within the next 12 months" in page.content.decode()
    ends_on = (today() + timedelta(days=30)).strftime("%d/%m/%Y")
    made = client.post("/accounts/tokens/", {"name": "Case system", "ends_on": ends_on})
    token = Token.objects.get()
    assert f"<code>{token.beginning}" in made.content.decode()
    again = client.get("/accounts/tokens/").content.decode()
    assert token.beginning in again
    assert "shown again" not in again
    other = county.users["auditor"]
    client.force_login(other)
    assert client.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 404
    client.force_login(county.users["office"])
    assert client.post(f"/accounts/tokens/{token.pk}/revoke/").status_code == 302
    assert "Revoked" in client.get("/accounts/tokens/").content.decode()


def test_people_ask_in_one_line_and_read_why(client, county):
    client.force_login(county.users["office"])
    assert "Ask the register" in client.get("/may-share/").content.decode()
    values = {"giver": "WY County Council", "taker": "WY Police", "category": "health"}
    page = client.get("/may-share/", values)
    assert page.status_code == 200
    assert "WY-A-0001" in page.content.decode()
    wrong = client.get("/may-share/", {**values, "taker": "Nobody"})
    assert wrong.status_code == 422
    assert "No body is called “Nobody”." in wrong.content.decode()


def test_the_api_describes_itself(client, county):
    client.force_login(county.users["office"])
    described = client.get("/api/openapi.json").json()
    assert "/api/may-share" in described["paths"]
    assert client.get("/api/docs").status_code == 200
