"""Lists of people and posts: who holds what of which body; nothing twice, nothing guessed, no mail."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from register.accounts.models import User
from register.core.dates import now, today
from register.directory.models import Appointment, Contact, Person, Post
from register.directory.services import appointments
from register.directory.services.names import add_identifier
from register.exchange.jobs import undo_imports
from register.exchange.models import Import, ImportState
from register.exchange.undoing import ask_to_undo
from register.ledger.acts import act
from register.ledger.retention import hold
from register.ledger.verify import verify
from register.notices.models import Notice
from register.signing.models import SigningRequest
from tests import make, people, worlds
from tests import make_documents as documents

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEAD = "Organisation,Post title,Kind of post,Name,Email,In post from,In post until,Deputy,Acting\n"
ONE = "Elm Trust,Caldicott Guardian,,Dr Jo Reeve,jo@elm.example,01/04/2024,,,\n"


@worlds.shared
def cast():
    return people.cast()


@worlds.shared
def elm(cast):
    return make.member(cast.partnership, "Elm Trust").organisation


@pytest.fixture
def load(write, cast, elm):
    """Bring a text in as a list of people by the command; gives what it printed."""

    def _load(text, name="posts.csv", *args):
        out = io.StringIO()
        if "--partnership" not in args:
            args = (*args, "--partnership", cast.partnership.name)
        call_command("import_people", str(write(name, text)), *args, stdout=out)
        return out.getvalue()

    return _load


def counts(said):
    return said.strip().splitlines()[-1]


def held(body):
    rows = Appointment.objects.filter(post__organisation=body).order_by("pk")
    return [(row.person.name, row.post.title, row.capacity) for row in rows]


def test_posts_and_their_holders_come_in_without_login_or_mail(load, elm):
    logins, notices = User.objects.count(), Notice.objects.count()
    said = load(HEAD + ONE)
    assert counts(said) == "1 new, 0 changed, 0 unchanged, 0 rejected"
    assert "becomes" not in said
    post = Post.objects.get(organisation=elm)
    assert (post.title, post.kind) == ("Caldicott Guardian", "caldicott_guardian")
    row = post.appointments.get()
    assert (row.person.name, row.starts_on) == ("Dr Jo Reeve", date(2024, 4, 1))
    assert row.person.contact.email == "jo@elm.example"
    assert (User.objects.count(), Notice.objects.count(), mail.outbox) == (logins, notices, [])
    verify()


def test_the_same_list_again_changes_nothing(load):
    load(HEAD + ONE)
    assert counts(load(HEAD + ONE)) == "0 new, 0 changed, 1 unchanged, 0 rejected"
    assert Person.objects.filter(name="Dr Jo Reeve").count() == 1


def test_a_vacant_post_comes_in_without_a_holder(load, elm):
    load(HEAD + "Elm Trust,Data Protection Officer,,vacant,,,,,\n")
    post = Post.objects.get(organisation=elm)
    assert (post.kind, post.appointments.count()) == ("dpo", 0)


def test_acting_and_deputy_are_told_and_a_deputy_may_be_named(load, elm):
    load(
        HEAD
        + "Elm Trust,Chief Executive,,Ann Low,a@e.example,,,,yes\n"
        + "Elm Trust,SIRO,,Ben Ray,b@e.example,,,Cy Fox,\n"
    )
    assert held(elm) == [
        ("Ann Low", "Chief Executive", "acting"),
        ("Ben Ray", "SIRO", "holder"),
        ("Cy Fox", "SIRO", "deputy"),
    ]


def test_one_row_a_body_with_a_column_a_post(load, elm):
    text = 'Organisation,Caldicott Guardian,Deputy Caldicott Guardian,DPO\nElm Trust,"Reeve, Jo <jo@elm.example>",Al Orr,TBC\n'
    assert counts(load(text)) == "1 new, 0 changed, 0 unchanged, 0 rejected"
    assert held(elm) == [
        ("Jo Reeve", "Caldicott Guardian", "holder"), ("Al Orr", "Caldicott Guardian", "deputy"),
    ]  # fmt: skip
    assert Contact.objects.get(person__name="Jo Reeve").email == "jo@elm.example"
    assert Post.objects.filter(organisation=elm, kind="dpo").exists()


def test_one_person_holds_posts_in_several_bodies_by_their_address(load, cast):
    make.member(cast.partnership, "Oak Trust")
    load(HEAD + ONE + ONE.replace("Elm", "Oak").replace("Dr Jo Reeve", "Jo Reeve"))
    assert Person.objects.get(name__contains="Reeve").appointments.count() == 2


def test_a_name_that_is_in_the_register_elsewhere_is_asked_about(load, cast):
    make.member(cast.partnership, "Oak Trust")
    load(HEAD + ONE)
    person = Person.objects.get(name="Dr Jo Reeve")
    other = "Oak Trust,Caldicott Guardian,,{},,,,,\n"
    said = load(HEAD + other.format("Jo Reeve"))
    assert f"write “Jo Reeve (#{person.pk})” for the same person" in said
    assert counts(said).endswith("1 rejected")
    load(HEAD + other.format(f"Jo Reeve (#{person.pk})"))
    assert person.appointments.count() == 2


def test_a_shared_mailbox_is_no_proof_that_two_people_are_one(load, elm):
    load(HEAD + ONE)
    said = load(HEAD + "Elm Trust,SIRO,,Ben Ray,jo@elm.example,,,,\n")
    assert "is the address of Dr Jo Reeve too" in said
    assert Person.objects.filter(name="Ben Ray").exists()
    assert not Contact.objects.filter(person__name="Ben Ray").exists()


def test_a_post_that_is_held_is_not_taken_from_anybody(load, elm):
    load(HEAD + ONE)
    said = load(HEAD + "Elm Trust,Caldicott Guardian,,Ben Ray,b@e.example,01/05/2025,,,\n")
    assert "Dr Jo Reeve holds the post “Caldicott Guardian” of Elm Trust." in said
    assert not Person.objects.filter(name="Ben Ray").exists()
    both = ONE.replace(",,,\n", ",30/04/2025,,\n") + (
        "Elm Trust,Caldicott Guardian,,Ben Ray,b@e.example,01/05/2025,,,\n"
    )
    said = load(HEAD + both)
    assert counts(said) == "0 new, 2 changed, 0 unchanged, 0 rejected"
    assert "nobody becomes Ben Ray from 1 May 2025" in said
    post = Post.objects.get(organisation=elm)
    assert [row.person.name for row in post.holders(date(2025, 5, 1))] == ["Ben Ray"]


def test_a_post_that_ended_in_the_past_is_history(load, elm):
    last = today() - timedelta(days=30)
    load(HEAD + f"Elm Trust,SIRO,,Ben Ray,b@e.example,,{last:%d/%m/%Y},,\n")
    row = Appointment.objects.get(post__organisation=elm)
    assert (row.starts_on, row.ends_on) == (last, last)


def test_what_looks_like_data_of_the_public_keeps_a_row_out(load):
    said = load(
        HEAD.replace("Acting", "Notes") + ONE.replace(",,,\n", ",,,NHS number 943 476 5919\n")
    )
    assert "looks like an NHS number. A list of posts holds none: take it out." in said
    assert not Person.objects.filter(name="Dr Jo Reeve").exists()


def test_unknown_bodies_and_bad_addresses_are_refused_by_sentence(load):
    said = load(HEAD + "Elm Truts,SIRO,,Ben,b@e.example,,,,\nElm Trust,SIRO,,Ben,b at e,,,,\n")
    assert "No body is surely “Elm Truts”. Perhaps Elm Trust is meant." in said
    assert "“b at e” is no e-mail address." in said
    with pytest.raises(CommandError, match="needs the body of each post, and the post"):
        load("Colour,Email\nred,a@b.example\n")


def test_a_body_of_another_partnership_is_left_to_its_office_by_name_and_by_number(load, cast):
    other = cast.outsider.person.appointments.get().membership.organisation
    add_identifier(by=make.TEST, organisation=other, scheme="ODS", value="ZZ9")
    text = f"Organisation,ODS code,Post title,Name\n{other},,SIRO,Ann Low\n,ZZ9,SIRO,Ann Low\n"
    said = load(text)
    assert counts(said).endswith("2 rejected")
    assert "Rows 2, 3 rejected" in said
    assert f"{other} is kept by the office of another partnership." in said


def test_undoing_ends_appointments_and_erases_addresses(load, cast, elm):
    load(HEAD + ONE)
    ask_to_undo(by=cast.office, row=Import.objects.get())
    undo_imports()
    row = Appointment.objects.get(post__organisation=elm)
    assert row.ends_on == today()
    assert row.post.ends_on == today()
    assert row.person.contact.email == ""
    verify()


def undone(cast, row=None):
    row = row or Import.objects.latest("pk")
    ask_to_undo(by=cast.office, row=row)
    undo_imports()
    row.refresh_from_db()
    assert row.state == ImportState.UNDONE, row.failure
    return row


def successor(load):
    """Two lists: the second ends what the first began, and appoints who follows."""
    load(HEAD + ONE, "first.csv")
    last = today() - timedelta(days=10)
    ends = ONE.replace(",,,\n", f",{last:%d/%m/%Y},,\n")
    first_day = last + timedelta(days=1)
    load(
        HEAD + ends
        + f"Elm Trust,Caldicott Guardian,,Ben Ray,b@e.example,{first_day:%d/%m/%Y},,,\n",
        "second.csv",
    )  # fmt: skip
    return Appointment.objects.get(person__name="Dr Jo Reeve"), last


def test_undoing_lets_those_go_on_whom_the_list_ended(load, cast):
    held, last = successor(load)
    assert held.ends_on == last
    undone(cast)
    held.refresh_from_db()
    assert held.ends_on is None
    assert Appointment.objects.get(person__name="Ben Ray").ends_on == today()
    verify()


def test_a_list_that_only_ended_appointments_is_undone_too(load, cast):
    load(HEAD + ONE, "first.csv")
    said = load(HEAD + ONE.replace(",,,\n", ",30/04/2025,,\n"), "second.csv")
    assert counts(said) == "0 new, 1 changed, 0 unchanged, 0 rejected"
    assert Appointment.objects.get(person__name="Dr Jo Reeve").ends_on == date(2025, 4, 30)
    undone(cast)
    assert Appointment.objects.get(person__name="Dr Jo Reeve").ends_on is None


def test_an_end_stays_that_somebody_changed_or_whose_post_was_filled_by_hand(load, cast, elm):
    held, last = successor(load)
    appointments.correct_end(
        by=make.TEST, appointment=held, ends_on=last - timedelta(days=1), reason="Left before"
    )
    undone(cast)
    held.refresh_from_db()
    assert held.ends_on == last - timedelta(days=1)
    load(HEAD + "Elm Trust,SIRO,,Al Orr,a@e.example,01/04/2024,,,\n", "third.csv")
    load(HEAD + f"Elm Trust,SIRO,,Al Orr,a@e.example,01/04/2024,{last:%d/%m/%Y},,\n", "fourth.csv")
    make.appoint(Post.objects.get(kind="siro"), "Cy Fox", starts_on=today())
    undone(cast)
    assert Appointment.objects.get(person__name="Al Orr").ends_on == last


def test_an_appointment_with_a_last_day_ahead_ends_today_too(load, cast):
    ahead = today() + timedelta(days=90)
    load(HEAD + ONE.replace(",,,\n", f",{ahead:%d/%m/%Y},,\n"))
    undone(cast)
    assert Appointment.objects.get(person__name="Dr Jo Reeve").ends_on == today()


def ask(cast, elm, kind):
    version = documents.agreement(cast.partnership, elm).newest
    slot = documents.slot(version, elm, Post.objects.get(organisation=elm, kind=kind))
    person = Person.objects.get(name="Dr Jo Reeve")
    with act(by=make.TEST, verb="signing.asked", subject=version.document):
        SigningRequest(slot=slot, person=person, asked_at=now()).save()


def refused(cast, client):
    row = Import.objects.latest("pk")
    with pytest.raises(ValidationError, match="something was built since on Dr Jo Reeve"):
        ask_to_undo(by=cast.office, row=row)
    client.force_login(cast.office, backend=BACKEND)
    return client.get(reverse("exchange:undo", args=[row.pk])).content.decode()


def test_who_was_asked_to_sign_since_is_not_taken_out(load, cast, elm, client):
    load(HEAD + ONE)
    ask(cast, elm, "caldicott_guardian")
    shown = refused(cast, client)
    assert "Was asked to sign since." in shown
    assert "Keep the import" not in shown


def test_who_was_there_before_and_is_asked_in_a_post_of_the_list_is_not_taken_out(
    load, cast, elm, client
):
    load(HEAD + "Elm Trust,SIRO,,Dr Jo Reeve,jo@elm.example,01/04/2024,,,\n", "first.csv")
    load(HEAD + ONE)
    assert not Import.objects.latest("pk").chunks.get().effects["people"]
    ask(cast, elm, "caldicott_guardian")
    assert "Was asked to sign since." in refused(cast, client)


def test_who_got_a_role_since_stops_the_undoing_while_the_worker_waits_too(load, cast, client):
    load(HEAD + ONE)
    row, person = Import.objects.get(), Person.objects.get(name="Dr Jo Reeve")
    ask_to_undo(by=cast.office, row=row)
    place = cast.partnership
    appointments.appoint_to_role(
        by=make.TEST, person=person, role="administrator", partnership=place
    )
    undo_imports()
    row.refresh_from_db()
    assert row.failure == ("The undoing stopped: Dr Jo Reeve: Got a role in the register since.")
    assert person.contact.email
    assert "Got a role in the register since." in refused(cast, client)


def test_contact_details_on_legal_hold_stay_and_the_page_says_so(load, cast, client):
    load(HEAD + ONE)
    row, person = Import.objects.get(), Person.objects.get(name="Dr Jo Reeve")
    hold(by=make.TEST, subject=person, reason="A claim")
    client.force_login(cast.office, backend=BACKEND)
    said = "The contact details of Dr Jo Reeve stay: a legal hold covers them."
    assert said in client.get(reverse("exchange:undo", args=[row.pk])).content.decode()
    undone(cast)
    assert person.contact.email == "jo@elm.example"
    assert Appointment.objects.get(person=person).ends_on == today()
    assert said in client.get(row.get_absolute_url()).content.decode()


def test_the_page_proposes_people_and_posts(client, cast, elm):
    client.force_login(cast.office, backend=BACKEND)
    client.post(
        reverse("exchange:new"),
        {"partnership": cast.partnership.pk, "pasted": (HEAD + ONE).replace(",", "\t")},
    )
    shown = client.get(reverse("exchange:columns", args=[Import.objects.get().pk]))
    assert "nothing is mailed to anybody" in shown.content.decode()
