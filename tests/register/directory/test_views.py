"""Pages of the directory: who gets which, what refusals say, what comes back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from register.directory.models import Appointment, Organisation, Person
from register.directory.services import names
from tests import make, people, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def cast():
    return people.cast()


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def pages(cast) -> list[str]:
    place, body = cast.partnership.slug, cast.council.organisation_id
    community = make.community(cast.partnership, cast.council.organisation).slug
    person = cast.sig_a.person.pk
    return [
        "/partnerships/", f"/partnerships/{place}/", f"/partnerships/{place}/members/",
        f"/partnerships/{place}/members/?standing=every", f"/partnerships/{place}/nominations/",
        f"/partnerships/{place}/history/", "/bodies/", f"/bodies/{body}/",
        f"/bodies/{body}/history/", "/communities/", f"/communities/{community}/",
        f"/communities/{community}/history/", "/people/", f"/people/{person}/",
    ]  # fmt: skip


def test_everybody_in_the_partnership_reads_every_page(cast, as_):
    for address in pages(cast):
        for name in ("off_b", "mgr_a", "auditor", "admin"):
            assert as_(getattr(cast, name)).get(address).status_code == 200, (name, address)


def test_a_stranger_learns_nothing(cast, as_):
    lists = {"/partnerships/", "/bodies/", "/communities/", "/people/"}
    for address in pages(cast):
        if address not in lists:
            assert as_(cast.outsider).get(address).status_code == 404, address
    for address in lists:
        page = text(as_(cast.outsider).get(address))
        assert "Wyrefordshire" not in page
        assert cast.sig_a.person.name not in page


def test_a_login_without_a_role_is_told_whom_to_ask(cast, as_):
    answer = as_(cast.nobody).get("/bodies/")

    assert answer.status_code == 403
    assert "office@test.example" in text(answer)


def test_nobody_reads_without_signing_in(cast, client):
    for address in pages(cast):
        assert client.get(address).status_code == 302, address


def test_a_page_for_changing_is_refused_with_the_reason_and_what_was_typed(cast, as_):
    address = f"/bodies/{cast.council.organisation_id}/identifiers/add/"

    answer = as_(cast.off_b).post(address, {"scheme": "ODS", "value": "R0A"})

    assert answer.status_code == 403
    page = text(answer)
    assert "Only officers of Wyrefordshire County Council or of the partnership office" in page
    assert "R0A" in page
    assert not cast.council.organisation.identifiers.exists()


def test_lists_cost_the_same_for_5_and_60(cast, as_):
    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    client = as_(cast.office)
    place = cast.partnership.slug
    addresses = [
        "/bodies/?size=100", "/people/?size=100", "/communities/",
        f"/partnerships/{place}/members/?size=100", f"/partnerships/{place}/",
        f"/partnerships/{place}/nominations/",
    ]  # fmt: skip
    fill(cast, 3)
    few = {address: cost(address) for address in addresses}
    fill(cast, 55)
    many = {address: cost(address) for address in addresses}

    assert many == few
    assert max(few.values()) <= 20


def fill(cast, number: int) -> None:
    for _ in range(number):
        body = make.member(cast.partnership).organisation
        names.add_identifier(by=make.TEST, organisation=body, scheme="ODS", value=f"R{body.pk}")
        make.appoint(make.post(body))
        make.community(cast.partnership, body)


def test_bodies_are_found_by_name_number_kind_and_standing(cast, as_):
    body = make.member(cast.partnership, "St Mary’s Hospital & Clinic", kind="full").organisation
    names.add_identifier(by=make.TEST, organisation=body, scheme="ODS", value="R0A")
    lost = make.organisation("Lost Trust", is_confirmed=False, kind="nhs_trust")
    client = as_(cast.off_a)

    def found(query: str) -> set[str]:
        page = text(client.get(f"/bodies/?{query}"))
        return {row.legal_name for row in (body, lost) if f"/bodies/{row.pk}/" in page}

    assert found("") == {body.legal_name, lost.legal_name}
    assert found("name=st+marys+hospital+and") == {body.legal_name}
    assert found("name=ODS+r0a") == {body.legal_name}
    assert found("kind=nhs_trust") == {lost.legal_name}
    assert found("standing=unconfirmed") == {lost.legal_name}
    assert found("standing=ended") == set()
    assert found(f"partnership={cast.partnership.pk}") == {body.legal_name}
    for odd in ("name=%00", "kind=%00", "partnership=²", "partnership=9" * 9, "size=x", "after=x"):
        assert client.get(f"/bodies/?{odd}").status_code == 200


def test_a_long_list_goes_on_page_by_page(cast, as_):
    for number in range(30):
        make.member(cast.partnership, f"Parish {number:02}")
    client = as_(cast.office)

    first = text(client.get("/bodies/?name=Parish"))
    last = text(client.get("/bodies/?name=Parish&at=last"))

    assert "<strong>30</strong> bodies" in first
    assert "Parish 24" in first
    assert "Parish 25" not in first
    assert "Parish 29" in last
    assert "Parish 04" not in last


def test_a_body_is_added_and_refusals_bring_the_typing_back(cast, as_):
    client = as_(cast.office)
    sent = {
        "legal_name": "Registration Service", "legal_status": "unit", "public_authority": "yes",
        "part3": "statutory", "unit_of": "Wyrefordshire Counsil",
    }  # fmt: skip

    answer = client.post("/bodies/add/", sent)

    assert answer.status_code == 422
    page = text(answer)
    assert "Did you mean: Wyrefordshire County Council" in page
    assert "Enter the statutory function that makes it competent." in page
    assert "Registration Service" in page
    sent |= {"unit_of": "wyrefordshire county council", "part3": "no"}
    client.post("/bodies/add/", sent)
    made = Organisation.objects.get(legal_name="Registration Service")
    assert made.unit_of == cast.council.organisation


def test_both_texts_are_shown_when_two_change_one_body(cast, as_):
    client = as_(cast.off_a)
    address = f"/bodies/{cast.council.organisation_id}/change/"
    client.post(address, {"mailbox": "one@council.example", "row_version": 1})

    answer = client.post(address, {"mailbox": "two@council.example", "row_version": 1})

    assert answer.status_code == 409
    assert "one@council.example" in text(answer)
    assert "two@council.example" in text(answer)
    cast.council.organisation.refresh_from_db()
    assert cast.council.organisation.mailbox == "one@council.example"


def test_a_form_that_lost_its_row_version_is_refused(cast, as_):
    address = f"/bodies/{cast.council.organisation_id}/change/"
    for version in ("", "x", "1.5", "-1"):
        answer = as_(cast.off_a).post(address, {"row_version": version})
        assert answer.status_code == 422, version


def test_a_bodys_own_officer_changes_addresses_and_cannot_slip_in_more(cast, as_):
    address = f"/bodies/{cast.council.organisation_id}/change/"
    assert "Legal name" not in text(as_(cast.off_a).get(address))

    sent = {"mailbox": "ig@council.example", "legal_name": "Mine", "row_version": 1}
    as_(cast.off_a).post(address, sent)

    cast.council.organisation.refresh_from_db()
    assert cast.council.organisation.mailbox == "ig@council.example"
    assert cast.council.organisation.legal_name == "Wyrefordshire County Council"


def test_an_unconfirmed_body_is_merged_after_a_preview(cast, as_):
    lost = make.organisation("Wyrefordshire CC", is_confirmed=False, came_from="old.xlsx")
    make.post(lost)
    client = as_(cast.office)

    page = text(client.get(f"/bodies/{lost.pk}/confirm/"))
    assert "Wyrefordshire County Council" in page
    assert "It came from old.xlsx." in page
    assert "It is named by 1 post." in page
    sent = {"into": "Wyrefordshire County Council", "row_version": 1}
    answer = client.post(f"/bodies/{lost.pk}/merge/", sent, follow=True)

    assert "The records are merged." in text(answer)
    assert "Wyrefordshire CC" in text(answer)
    page = text(client.get(f"/bodies/{lost.pk}/"))
    assert "This record was merged into" in page


def test_an_unconfirmed_body_is_confirmed_with_corrections(cast, as_):
    lost = make.organisation("Wyre Carers", is_confirmed=False)
    sent = {
        "legal_name": "Wyre Carers CIO", "kind": "voluntary", "legal_status": "legal_person",
        "public_authority": "no", "part3": "no", "row_version": 1,
    }  # fmt: skip

    as_(cast.office).post(f"/bodies/{lost.pk}/confirm/", sent)

    lost.refresh_from_db()
    assert (lost.legal_name, lost.is_confirmed) == ("Wyre Carers CIO", True)


def test_a_vacant_post_is_shown_and_filled(cast, as_):
    post = make.post(cast.council.organisation, "siro")
    client = as_(cast.off_a)
    body = f"/bodies/{cast.council.organisation_id}/"
    assert "Vacant" in text(client.get(body))

    sent = {
        "name": "Flo Reed",
        "email": "flo@x.example",
        "capacity": "acting",
        "starts_on": "1 2 2026",
    }
    client.post(f"/posts/{post.pk}/appoint/", sent)

    page = text(client.get(body))
    assert "Flo Reed" in page
    assert "Vacant" not in page
    found = text(client.get(f"/posts/{post.pk}/appoint/?name=flo"))
    assert "Flo Reed" in found
    again = {**sent, "person": Person.objects.get(name="Flo Reed").pk}
    assert "not both" in text(client.post(f"/posts/{post.pk}/appoint/", again))


def test_contact_details_are_for_colleagues(cast, as_):
    address = f"/people/{cast.sig_a.person.pk}/"
    contact = cast.sig_a.person.contact.email

    assert contact in text(as_(cast.off_b).get(address))
    assert as_(cast.outsider).get(address).status_code == 404


def test_a_persons_history_is_for_the_person_and_those_who_audit(cast, as_):
    as_(cast.off_a).post(
        f"/bodies/{cast.council.organisation_id}/identifiers/add/",
        {"scheme": "ODS", "value": "R0A"},
    )
    address = f"/people/{cast.off_a.person.pk}/history/"

    for name in ("admin", "auditor", "off_a"):
        page = text(as_(getattr(cast, name)).get(address))
        assert "Identifier added" in page
        assert "Invited" in page
        assert "Appointed" in page
    answer = as_(cast.off_b).get(address)
    assert answer.status_code == 403
    assert "for administrators, auditors and the person" in text(answer)


def test_a_bodys_history_tells_what_changed_and_why(cast, as_):
    client = as_(cast.office)
    body = cast.council.organisation
    sent = {
        "legal_name": "Wyrefordshire Council", "legal_status": "legal_person",
        "public_authority": "yes", "part3": "unknown", "row_version": 1, "reason": "By order",
    }  # fmt: skip
    client.post(f"/bodies/{body.pk}/change/", sent)

    page = text(client.get(f"/bodies/{body.pk}/history/"))

    assert "Body changed" in page
    assert "Because: By order" in page
    assert "Wyrefordshire County Council" in page
    assert cast.office.person.name in page


def test_an_administrator_invites_gives_roles_and_ends_them(cast, as_):
    client = as_(cast.admin)
    address = f"/partnerships/{cast.partnership.slug}/invite/"
    sent = {"name": "Gia", "email": "gia@x.example", "role": "manager", "starts_on": "1 2 2026"}

    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Choose the body for which to be manager." in text(answer)
    client.post(address, {**sent, "membership": cast.police.pk})
    gia = Person.objects.get(name="Gia")
    assert "Gia" in text(client.get(f"/partnerships/{cast.partnership.slug}/roles/"))
    client.post(f"/people/{gia.pk}/invite/", {"role": "auditor", "starts_on": "1 2 2026"})
    assert set(gia.appointments.values_list("role", flat=True)) == {"manager", "auditor"}
    row = Appointment.objects.get(person=gia, role="auditor")
    client.post(f"/appointments/{row.pk}/end/", {"ends_on": "2 2 2026", "reason": "Moved"})
    row.refresh_from_db()
    assert str(row.ends_on) == "2026-02-02"


def test_who_has_which_role_is_for_administrators(cast, as_):
    address = f"/partnerships/{cast.partnership.slug}/roles/"

    assert cast.off_b.person.name in text(as_(cast.admin).get(address))
    assert as_(cast.office).get(address).status_code == 403


def test_settings_members_and_communities_are_kept_on_pages(cast, as_):
    client, slug = as_(cast.admin), cast.partnership.slug
    settings = {
        "name": "Wyrefordshire Together", "charter_word": "Accord", "protocol_word": "Protocol",
        "agreement_word": "Agreement", "row_version": 1,
    }  # fmt: skip
    client.post(f"/partnerships/{slug}/settings/", settings)
    client.post(f"/partnerships/{slug}/tiers/1/", {"post_1": "siro", "needed_1": "on"})
    twice = client.post(f"/partnerships/{slug}/tiers/1/", {"post_1": "siro", "post_2": "siro"})
    assert "chosen already" in text(twice)
    body = make.organisation("Wyre College")
    member = {"organisation": "Wyre College", "kind": "full", "starts_on": "1 2 2026"}
    client.post(f"/partnerships/{slug}/members/add/", member)
    community = {"name": "Learners", "shared_objective": "Every learner stays."}
    client.post(f"/partnerships/{slug}/communities/add/", community)
    joined = {"organisation": "Wyre College", "starts_on": "1 2 2026"}
    client.post("/communities/learners/members/add/", joined)

    page = text(client.get(f"/partnerships/{slug}/"))
    assert "Tier 1: Accord" in page
    assert "Senior information risk owner" in page
    assert "Wyre College" in page
    assert "Wyre College" in text(client.get("/communities/learners/"))
    row = body.community_memberships.get()
    client.post(f"/communities/learners/members/{row.pk}/end/", {"ends_on": "2 2 2026"})
    assert "Formerly" in text(client.get("/communities/learners/"))
    membership = body.memberships.get()
    ended = client.post(f"/memberships/{membership.pk}/end/", {"ends_on": "1 1 2020"})
    assert "not before the first day" in text(ended)


def test_every_form_page_opens_for_whom_it_is_and_tells_others_why(cast, as_):
    body, place = cast.council.organisation, cast.partnership
    community = make.community(place, body)
    number = names.add_identifier(by=make.TEST, organisation=body, scheme="ODS", value="R0A")
    name = names.add_name(by=make.TEST, organisation=body, name="Old name")
    post = make.post(body, "dpo")
    row = Appointment.objects.get(person=cast.sig_a.person, post__isnull=False)
    d = "directory:"
    addresses = [
        (d + "add_partnership", []), (d + "change_partnership", [place.slug]),
        (d + "set_tier_posts", [place.slug, 1]), (d + "add_member", [place.slug]),
        (d + "invite", [place.slug]), (d + "add_community", [place.slug]),
        (d + "change_membership", [cast.council.pk]),
        (d + "end_membership", [cast.council.pk]), (d + "add_organisation", []),
        (d + "change_organisation", [body.pk]), (d + "end_organisation", [body.pk]),
        (d + "confirm_organisation", [body.pk]), (d + "merge_organisations", [body.pk]),
        (d + "add_name", [body.pk]), (d + "remove_name", [body.pk, name.pk]),
        (d + "add_identifier", [body.pk]), (d + "end_identifier", [body.pk, number.pk]),
        (d + "add_arrangement_member", [body.pk]), (d + "add_post", [body.pk]),
        (d + "change_post", [post.pk]), (d + "end_post", [post.pk]), (d + "fill_post", [post.pk]),
        (d + "end_appointment", [row.pk]), (d + "change_community", [community.slug]),
        (d + "join_community", [community.slug]), (d + "add_person", []),
        (d + "rename_person", [cast.sig_a.person.pk]),
        (d + "change_contact", [cast.sig_a.person.pk]),
        (d + "erase_contact", [cast.sig_a.person.pk]),
        (d + "invite_person", [cast.sig_a.person.pk]),
        (d + "close_login", [cast.sig_a.person.pk]), (d + "open_login", [cast.sig_a.person.pk]),
    ]  # fmt: skip
    for page, args in addresses:
        address = reverse(page, args=args)
        assert as_(cast.admin).get(address).status_code == 200, address
        for refused in (as_(cast.mgr_a).get(address), as_(cast.mgr_a).post(address, {})):
            assert refused.status_code == 403, address
            assert "Your roles do not allow it." not in text(refused), address
        assert as_(cast.admin).put(address).status_code == 405, address
