"""Lists of people and posts: who holds what of which body; nothing twice, nothing guessed, no mail."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from register.accounts.models import User
from register.core.dates import today
from register.directory.models import Appointment, Contact, Person, Post
from register.directory.services.names import add_identifier
from register.exchange.jobs import undo_imports
from register.exchange.models import Import
from register.exchange.undoing import ask_to_undo
from register.ledger.verify import verify
from register.notices.models import Notice
from tests import make, people, worlds

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


def test_the_page_proposes_people_and_posts(client, cast, elm):
    client.force_login(cast.office, backend=BACKEND)
    client.post(
        reverse("exchange:new"),
        {"partnership": cast.partnership.pk, "pasted": (HEAD + ONE).replace(",", "\t")},
    )
    shown = client.get(reverse("exchange:columns", args=[Import.objects.get().pk]))
    assert "nothing is mailed to anybody" in shown.content.decode()
