"""The pages of requests, of the ledger and of emergency shares, as a browser sees them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.requests.models import EmergencyShare, SharingRequest
from register.core.dates import today, words
from register.documents.models import Version
from register.lists.models import Item
from tests.agreements.requests.conftest import ASKED, REFUSAL

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(user, name: str, *args, **query) -> str:
    answer = signed_in(user).get(reverse(f"requests:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(user, name: str, *args, **typed):
    return signed_in(user).post(reverse(f"requests:{name}", args=args), typed)


def asked_for(cast, **typed) -> dict:
    return {
        **ASKED, "asking": str(cast.police.organisation), "deciding": str(cast.council.organisation),
        "received_on": words(today()),
    } | typed  # fmt: skip


def decision(**typed) -> dict:
    return {
        **REFUSAL, "row_version": "1", "decided_on": words(today()),
    } | typed  # fmt: skip


def test_from_the_request_to_the_decision_to_the_partners(cast):
    answer = send(cast.off_b, "add", **asked_for(cast))
    made = SharingRequest.objects.get()
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert send(cast.off_a, "decide", made.pk, **decision()).status_code == 302
    said = page(cast.off_b, "request", made.pk)
    assert "Do not share" in said
    assert "The power named does not reach us." in said
    assert "Time taken" in said
    assert send(cast.off_a, "show", made.pk, row_version="2").status_code == 302
    assert "Do not share" in page(cast.off_fire, "request", made.pk)


def test_the_form_begins_with_the_readers_own_body_and_name(cast):
    said = page(cast.off_b, "add")
    assert f'value="{cast.police.organisation}"' in said
    assert f'value="{cast.off_b.person.name}"' in said


def test_a_body_that_is_not_known_is_said_so(cast):
    answer = send(cast.off_b, "add", **asked_for(cast, deciding="Nowhere Council"))
    assert answer.status_code == 422
    assert "No body is called “Nowhere Council”" in answer.content.decode()


def test_text_that_looks_like_personal_data_asks_to_be_confirmed(cast):
    typed = asked_for(cast, purpose="About 943 476 5919.")
    answer = send(cast.off_b, "add", **typed)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "“943 476 5919” looks like an NHS number" in said
    assert "It is nobody’s personal data" in said
    assert "About 943 476 5919." in said
    assert send(cast.off_b, "add", **typed, is_confirmed="on").status_code == 302


def test_nothing_is_asked_to_be_confirmed_where_nothing_looks_so(cast):
    assert "It is nobody’s personal data" not in page(cast.off_b, "add")
    assert "It is nobody’s personal data" not in send(cast.off_b, "add").content.decode()


def test_an_operational_ground_is_flagged(cast):
    made = cast.decided(**REFUSAL | {"refusal_class": "operational"})
    for user in (cast.off_a, cast.off_b):
        assert "outside the charter’s two grounds" in page(user, "request", made.pk)
    assert "outside the charter’s two grounds" in page(cast.off_a, "requests")
    assert "1 refused on operational grounds" in page(cast.auditor, "ledger", cast.partnership.slug)


def test_a_decision_that_keeps_data_back_names_its_ground(cast):
    made = cast.ask()
    answer = send(cast.off_a, "decide", made.pk, **decision(refusal_class=""))
    assert answer.status_code == 422
    assert "Choose the ground on which data are kept back" in answer.content.decode()


def test_two_decide_at_once(cast):
    made = cast.ask()
    assert send(cast.off_a, "decide", made.pk, **decision()).status_code == 302
    answer = send(cast.off_a, "decide", made.pk, **decision(decision="share_all", reasons="Safe."))
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "Somebody else decided this since you opened it." in said
    assert "Do not share" in said
    assert SharingRequest.objects.get().decision == "refuse"


def test_two_correct_at_once(cast):
    made = cast.ask()
    typed = {**ASKED, "received_on": words(today()), "row_version": "1"}
    assert send(cast.off_b, "correct", made.pk, **typed | {"purpose": "A."}).status_code == 302
    assert send(cast.off_a, "correct", made.pk, **typed | {"purpose": "B."}).status_code == 409


def test_law_is_ticked_from_the_lists_and_read_in_words(cast):
    made = cast.ask()
    code = Item.objects.of("lawful_basis").first()
    typed = {"row_version": "1", "agreement_standing": "no", "lawful_basis": [code.code]}
    assert send(cast.off_b, "law", made.pk, **typed).status_code == 302
    assert code.label in page(cast.off_a, "request", made.pk)


def test_an_agreement_that_is_not_there_is_said_so(cast):
    typed = {"row_version": "1", "agreement_standing": "yes", "agreement": "WY-A-9999"}
    answer = send(cast.off_b, "law", cast.ask().pk, **typed)
    assert "There is no agreement WY-A-9999 here." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("weigh", {"dpo_views": "No objection."}),
        ("correct_decision", {**REFUSAL, "decided_on": "", "reason": "Wrong box."}),
        ("shared", {"shared_on": ""}),
        ("withdraw", {}),
        ("show", {}),
        ("history", {}),
    ],
)
def test_every_page_of_a_request_opens_for_the_deciding_body(cast, name, typed):
    made = cast.ask() if name == "withdraw" else cast.decided()
    assert made.reference in page(cast.off_a, name, made.pk) or name in {"weigh", "shared", "show"}
    filled = {key: value or words(today()) for key, value in typed.items()}
    answer = send(cast.off_a, name, made.pk, row_version=made.row_version, **filled)
    assert answer.status_code == (405 if name == "history" else 302)


def test_the_list_is_filtered_and_pages_by_keyset(cast):
    for days in range(30):
        cast.ask(received_on=today() - timedelta(days=days))
    cast.decided(request=SharingRequest.objects.latest("pk"))
    assert "30 requests" in page(cast.off_b, "requests")
    assert "1 request<" in page(cast.off_b, "requests", decision="share_all")
    assert "29 requests" in page(cast.off_b, "requests", state="waiting")
    assert "30 requests" in page(cast.off_b, "requests", asking=cast.police.organisation_id)
    assert "0 requests" in page(cast.off_b, "requests", deciding=cast.police.organisation_id)
    assert "Next" in page(cast.off_b, "requests")
    last = page(cast.off_b, "requests", at="last")
    assert "Previous" in last
    assert last.count('data-label="Reference"') == 25
    assert "left out" in page(cast.off_b, "requests", decision="eaten")


def test_the_statements_of_the_list_do_not_grow(cast, django_assert_max_num_queries):
    for _ in range(8):
        cast.ask()
    client = signed_in(cast.off_b)
    client.get(reverse("requests:requests"))
    with django_assert_max_num_queries(20):
        client.get(reverse("requests:requests"))


def test_the_ledger_shows_each_body_its_own_figures_and_the_office_all(cast):
    cast.decided()
    cast.decided(request=cast.ask(deciding=cast.fire.organisation))
    slug = cast.partnership.slug
    council, fire = "Wyrefordshire County Council", "Wyrefordshire Fire Service"
    office = page(cast.office, "ledger", slug)
    assert council in office
    assert fire in office
    own = page(cast.off_a, "ledger", slug)
    assert council in own
    assert fire not in own
    neither = page(cast.auditor, "ledger", slug)
    assert council not in neither
    assert "<strong>2</strong> asked" in neither


def test_figures_of_another_body_are_refused_with_the_reason(cast):
    address = reverse("requests:ledger", args=[cast.partnership.slug])
    answer = signed_in(cast.off_a).get(address, {"body": cast.fire.organisation_id})
    assert answer.status_code == 403
    assert "for that body and the partnership office" in answer.content.decode()
    own = signed_in(cast.off_a).get(address, {"body": cast.council.organisation_id})
    assert own.status_code == 200


def test_the_ledger_leaves_as_csv_and_as_a_workbook(cast):
    cast.decided(**REFUSAL)
    address = [cast.partnership.slug, "csv"]
    answer = signed_in(cast.auditor).get(reverse("requests:export", args=address))
    lines = b"".join(answer).decode().splitlines()
    assert lines[0].endswith("Waiting,Median days,Longest days")
    assert lines[-1] == "In all,The whole partnership,1,0,0,1,0,0,0,0,0,0"
    book = signed_in(cast.office).get(reverse("requests:export", args=[address[0], "xlsx"]))
    assert b"".join(book).startswith(b"PK")
    assert signed_in(cast.office).get(
        reverse("requests:export", args=[address[0], "pdf"])
    ).status_code == 404  # fmt: skip


def shared_now(cast, **typed) -> dict:
    return {
        "giver": str(cast.council.organisation), "receiver": str(cast.police.organisation),
        "case_reference": "OP/1", "data_shared": "An address.", "necessity": "Danger that night.",
        "decider_name": "Joan Pell", "decider_post": "Director", "shared_on": words(today()),
        "shared_time": "00:00",
    } | typed  # fmt: skip


def test_an_emergency_share_from_its_page_to_the_start_of_an_agreement(cast):
    assert send(cast.off_a, "add_emergency", **shared_now(cast)).status_code == 302
    share = EmergencyShare.objects.get()
    assert "The review is due on" in page(cast.off_a, "emergency", share.pk)
    assert share.reference in page(cast.off_a, "emergencies")
    typed = {
        "row_version": "1", "was_right": "yes", "learnt": "Ring first.", "agreement_need": "needed",
        "reviewer_name": "Joan Pell", "reviewer_post": "Director",
    }  # fmt: skip
    assert send(cast.off_a, "review", share.pk, **typed).status_code == 302
    assert "No review is due." in page(cast.off_a, "emergencies")
    said = page(cast.off_a, "emergency", share.pk)
    assert "Start an agreement" in said
    assert "Start an agreement" not in page(cast.off_b, "emergency", share.pk)
    address = said.split('href="/')[-1]
    start = next(part for part in said.split('"') if "party=" in part).replace("&amp;", "&")
    assert address
    client = signed_in(cast.off_a)
    assert client.get(start).status_code == 200
    typed = {
        "title": "Finding children", "lead": cast.council.organisation_id, "is_outside": "on",
        "outside_reason": "There is no protocol yet.",
    }  # fmt: skip
    assert client.post(start, typed).status_code == 302
    parties = Version.objects.get().party_rows.values_list("organisation_id", flat=True)
    assert set(parties) == {cast.council.organisation_id, cast.police.organisation_id}


@pytest.mark.parametrize("typed", ["", "25:00", "soon", "12:61"])
def test_a_time_is_typed_by_the_24_hour_clock(cast, typed):
    answer = send(cast.off_a, "add_emergency", **shared_now(cast, shared_time=typed))
    assert answer.status_code == 422
    assert not EmergencyShare.objects.exists()


@pytest.mark.parametrize("typed", ["00:05", "0.05", "0005"])
def test_a_time_is_typed_in_any_usual_way(cast, typed):
    yesterday = words(today() - timedelta(days=1))
    facts = shared_now(cast, shared_time=typed, shared_on=yesterday)
    assert send(cast.off_a, "add_emergency", **facts).status_code == 302
    assert f"{yesterday} at 12:05am" in page(
        cast.off_a, "emergency", EmergencyShare.objects.get().pk
    )


def test_two_review_at_once(cast):
    share = cast.share()
    cast.reviewed(share)
    typed = {
        "row_version": "1", "was_right": "no", "learnt": "Wait.", "agreement_need": "needed",
        "reviewer_name": "A", "reviewer_post": "B",
    }  # fmt: skip
    assert send(cast.off_a, "review", share.pk, **typed).status_code == 409


def test_an_overdue_review_is_shown(cast):
    from_long_ago = EmergencyShare.objects.get(pk=cast.share().pk).shared_at - timedelta(days=40)
    share = cast.share(shared_at=from_long_ago)
    assert "Review overdue" in page(cast.mgr_a, "emergency", share.pk)
    assert "1 overdue" in page(cast.mgr_a, "emergencies")


def test_correcting_an_emergency_share_leaves_its_bodies(cast):
    share = cast.share()
    said = page(cast.off_a, "correct_emergency", share.pk)
    assert "Body that gave" not in said
    facts = shared_now(cast, row_version="1", necessity="Danger at once.")
    assert send(cast.off_a, "correct_emergency", share.pk, **facts).status_code == 302
    assert EmergencyShare.objects.get().necessity == "Danger at once."
    assert share.reference in page(cast.off_a, "emergency_history", share.pk)


def test_bank_holidays_are_chosen_by_an_administrator(cast):
    slug = cast.partnership.slug
    typed = {"row_version": "1", "nation": "scotland"}
    assert send(cast.office, "calendar", slug, **typed).status_code == 403
    assert send(cast.admin, "calendar", slug, **typed).status_code == 302
    assert "bank holidays of Scotland" in page(cast.off_b, "ledger", slug)


@pytest.mark.parametrize("name", ["request", "decide", "history", "weigh", "show"])
def test_those_who_look_on_find_nothing(cast, name):
    made = cast.ask()
    for user in (cast.off_fire, cast.office, cast.admin, cast.auditor, cast.outsider, cast.nobody):
        address = reverse(f"requests:{name}", args=[made.pk])
        assert signed_in(user).get(address).status_code == 404
