"""People, how to reach them, their logins and invitations."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from register.accounts.models import User
from register.core.conflicts import Conflict
from register.directory.models import Appointment, Partnership, Person
from register.directory.reach import reach_of
from register.directory.services import logins, people
from register.ledger.models import AccessEvent, Entry
from register.notices.models import Notice
from tests import make, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def place():
    return make.partnership("Wyrefordshire Partnership")


@worlds.shared
def member(place):
    return make.member(place, "Wyrefordshire Council")


@pytest.fixture
def admin(place):
    return make.officer("administrator", place, "Amina Begum")


def test_a_person_is_invited_with_a_login_a_role_and_a_message(admin, member, settings):
    person = logins.invite(
        by=admin, name="Bo Li", email="Bo@Council.example", role="body_officer", membership=member
    )

    assert person.user.email == "bo@council.example"
    assert not person.user.has_usable_password()
    assert reach_of(person.user).maintains(member.organisation_id)
    notice = Notice.objects.get(to="bo@council.example")
    assert notice.subject.strip() == (
        "Your access to the data sharing register of Wyrefordshire Partnership"
    )
    for said in ("Amina Begum has given you access", "body's own officer", settings.BASE_URL):
        assert said in notice.text
    assert "body&#x27;s own officer for Wyrefordshire Council" in notice.html
    assert Entry.objects.filter(verb="person.invited", subject_pk=str(person.pk)).exists()


def test_an_invitation_that_fails_leaves_nothing(admin, place):
    before = (User.objects.count(), Person.objects.count(), Notice.objects.count())

    with pytest.raises(ValidationError, match="Choose the body"):
        logins.invite(by=admin, name="Bo", email="bo@x.example", role="manager", partnership=place)

    assert (User.objects.count(), Person.objects.count(), Notice.objects.count()) == before


def test_one_address_belongs_to_one_person(admin, place, member):
    held = make.officer("manager", member, "Ada")

    with pytest.raises(ValidationError, match="Ada signs in by this address already"):
        logins.invite(
            by=admin, name="Bo", email=held.email.upper(), role="auditor", partnership=place
        )
    with pytest.raises(ValidationError, match="signs in by another address already"):
        logins.invite(
            by=admin, person=held.person, email="new@x.example", role="auditor", partnership=place
        )


def test_somebody_in_the_directory_is_given_a_login(admin, place):
    person = make.person("Cy", email="cy@police.example")

    logins.invite(
        by=admin, person=person, email="cy@police.example", role="auditor", partnership=place
    )

    person.refresh_from_db()
    assert person.user.email == "cy@police.example"
    assert Person.objects.filter(name="Cy").count() == 1


def test_a_closed_login_is_shut_out_at_once(admin, member, client):
    user = make.officer("manager", member, "Ada")
    client.force_login(user)
    assert client.get("/bodies/").status_code == 200

    logins.close_login(by=admin, person=user.person, reason="Left the council")

    assert client.get("/bodies/").status_code == 302
    assert not reach_of(make.fresh(user)).memberships
    assert Entry.objects.get(verb="person.login_closed").reason == "Left the council"
    with pytest.raises(ValidationError, match="closed already"):
        logins.close_login(by=admin, person=user.person, reason="Again")
    logins.open_login(by=admin, person=user.person)
    assert reach_of(make.fresh(user)).memberships == {member.pk}
    with pytest.raises(ValidationError, match="open already"):
        logins.open_login(by=admin, person=user.person)


def test_closing_a_login_needs_a_reason_and_a_login(admin, member):
    user = make.officer("manager", member)
    with pytest.raises(ValidationError, match="why the login is closed"):
        logins.close_login(by=admin, person=user.person, reason=" ")
    with pytest.raises(ValidationError, match="has no login"):
        logins.close_login(by=admin, person=make.person(), reason="Left")


def test_nobody_closes_their_own_login_or_the_last_administrators(admin):
    with pytest.raises(PermissionDenied, match="You cannot close your own login"):
        logins.close_login(by=admin, person=admin.person, reason="Tired")
    with pytest.raises(ValidationError, match="only administrator"):
        logins.close_login(by=TEST, person=admin.person, reason="Left")


def test_an_administrator_of_another_partnership_closes_no_login_here(member):
    by = make.officer("administrator", make.partnership())
    user = make.officer("manager", member)
    with pytest.raises(PermissionDenied, match="Only administrators may close a login"):
        logins.close_login(by=by, person=user.person, reason="Spite")


@pytest.mark.parametrize("role", ["register_officer", "body_officer", "manager"])
def test_administrators_alone_invite_and_close(place, member, role):
    by = make.officer(role, place if role == "register_officer" else member)
    other = make.officer("manager", member)

    with pytest.raises(PermissionDenied, match="Only administrators"):
        logins.invite(by=by, name="X", email="x@x.example", role="manager", membership=member)
    with pytest.raises(PermissionDenied, match="Only administrators"):
        logins.close_login(by=by, person=other.person, reason="Because")


def test_contact_details_stand_apart_and_can_be_erased():
    person = make.person("Ada")
    contact = people.change_contact(
        by=TEST, person=person, row_version=0, email="ada@x.example", phone="01234"
    )
    assert contact.row_version == 1
    with pytest.raises(Conflict):
        people.change_contact(by=TEST, person=person, row_version=0, email="other@x.example")

    with pytest.raises(ValidationError, match="why the contact details are erased"):
        people.erase_contact(by=TEST, person=person, reason="")
    people.erase_contact(by=TEST, person=person, reason="Asked for it")
    contact.refresh_from_db()
    assert (contact.email, contact.phone, person.name) == ("", "", "Ada")


def test_everybody_keeps_their_own_contact_details_and_not_their_name(member):
    user = make.officer("manager", member, "Ada")
    contact = user.person.contact

    people.change_contact(
        by=user, person=user.person, row_version=contact.row_version, phone="01234"
    )
    with pytest.raises(PermissionDenied, match="Only officers of Ada's body"):
        people.rename_person(by=user, person=user.person, row_version=1, name="Queen")
    assert make.fresh(user).email == user.email


def test_a_bodys_own_officer_keeps_its_people_and_no_others(place, member):
    by = make.officer("body_officer", member)
    mine, theirs = make.person("Mine"), make.person("Theirs")
    make.appoint(make.post(member.organisation), mine)
    make.appoint(make.post(make.member(place).organisation), theirs)

    renamed = people.rename_person(by=by, person=mine, row_version=1, name="Mine Own")
    assert renamed.name == "Mine Own"
    with pytest.raises(PermissionDenied, match="Only officers of Theirs's body"):
        people.rename_person(by=by, person=theirs, row_version=1, name="X")
    with pytest.raises(PermissionDenied):
        people.change_contact(by=by, person=theirs, row_version=0, email="x@x.example")


def test_the_first_administrator_is_made_by_a_command(capsys):
    call_command("add_administrator", "ada@x.example", "Ada", "--partnership", "Northmere County")

    place = Partnership.objects.get(name="Northmere County")
    assert reach_of(User.objects.get(email="ada@x.example")).may_administer(place.pk)
    assert "Ada administers Northmere County" in capsys.readouterr().out
    call_command("add_administrator", "bo@x.example", "Bo")
    assert Appointment.objects.filter(partnership=place, role="administrator").count() == 2


def test_the_command_says_what_it_needs(place):
    make.partnership("Another")
    with pytest.raises(CommandError, match=r"Say which partnership .* Wyrefordshire"):
        call_command("add_administrator", "ada@x.example", "Ada")
    with pytest.raises(CommandError, match="valid email"):
        call_command("add_administrator", "ada", "Ada", "--partnership", "Another")
    assert not User.objects.exists()


def test_signing_in_failing_and_out_is_noted_outside_the_chain(member, client):
    user = make.officer("manager", member)
    entries = Entry.objects.count()

    client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    client.post("/accounts/login/", {"login": "who@x.example", "password": "secret typed here"})
    client.post("/accounts/login/", {"login": user.email, "password": make.PASSWORD})
    client.post("/accounts/logout/")

    events = AccessEvent.objects.order_by("pk")
    assert [(event.kind, event.user_label) for event in events] == [
        ("sign_in_failed", user.email),
        ("sign_in_failed", ""),
        ("signed_in", user.email),
        ("signed_out", user.email),
    ]
    assert not any("secret" in event.detail or "who@" in event.detail for event in events)
    assert events.last().traces.get().ip == "127.0.0.1"
    assert make.fresh(user).seen_at
    assert Entry.objects.count() == entries
