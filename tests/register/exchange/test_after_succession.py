"""Old lists that come in again after a merger: what they say of a body that is gone changes no other."""

import io
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from register.core.dates import today
from register.directory.models import Organisation, Post
from register.documents.models import Document
from register.ledger.verify import verify
from register.signing.models import Slot
from register.succession import services
from tests import people, worlds

pytestmark = pytest.mark.django_db
BODIES = (
    "Organisation name,Short name,GSS code,Website,Member\n"
    "Elm Council,EC,E06000991,https://elm.example,yes\n"
    "Oak District Council,ODC,E07000992,https://oak.example,yes\n"
)
POSTS = (
    "Organisation,Post title,Name,Email\n"
    "Elm Council,SIRO,Ann Low,a@elm.example\nODC,SIRO,Ben Ray,b@oak.example\n"
)
WIDE = (
    "Ref,Title,Elm Council,ODC,Wyrefordshire Police\n"
    "A-1,Hearth checks,,awaiting,signed\nA-2,School moves,signed,signed,signed\n"
)


@worlds.shared
def cast():
    return people.cast()


def load(command, text):
    """Bring a text in by a command; gives what it printed."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{command}.csv")
        path.write_text(text)
        call_command(command, str(path), "--partnership", "Wyrefordshire Partnership", stdout=out)
    return out.getvalue()


@worlds.shared
def merged(cast):
    """The three lists have come in, and Oak District Council merged into Elm Council today."""
    load("import_organisations", BODIES)
    load("import_people", POSTS)
    load("import_register", WIDE)
    oak, elm = (Organisation.objects.get(legal_name=name) for name in ("Oak District Council", "Elm Council"))  # fmt: skip
    made = services.prepare_succession(
        by=cast.admin, kind="merge", bodies_from=[oak], bodies_to=[elm], on=today(),
        instrument="The Elm (Structural Changes) Order 2026",
    )  # fmt: skip
    services.confirm_succession(by=cast.admin, succession=made, row_version=1)
    services.apply_due()
    return elm


def test_the_list_of_bodies_keeps_the_facts_of_the_successor(merged):
    said = load("import_organisations", BODIES)
    assert said.strip().splitlines()[-1] == "0 new, 0 changed, 2 unchanged, 0 rejected"
    assert "Elm Council took its place. Nothing of either was changed." in said
    without_numbers = BODIES.replace("E06000991", "").replace("E07000992", "")
    assert "0 new, 0 changed, 2 unchanged" in load("import_organisations", without_numbers)
    merged.refresh_from_db()
    assert (merged.short_name, merged.website) == ("EC", "https://elm.example")


def test_posts_of_the_body_that_is_gone_are_asked_about(merged):
    said = load("import_people", POSTS)
    assert "Elm Council has taken the place of Oak District Council." in said
    assert said.strip().splitlines()[-1] == "0 new, 0 changed, 1 unchanged, 1 rejected"
    assert Post.objects.get(organisation=merged).appointments.get().person.name == "Ann Low"


def test_what_the_body_that_is_gone_signed_is_no_signature_of_the_successor(merged):
    again = WIDE.replace("A-1,Hearth checks,,awaiting", "A-1,Hearth checks,,12/03/2024")
    said = load(
        "import_register", again + "A-3,Housing,,signed,signed\nA-4,Floods,signed,signed,\n"
    )
    assert said.strip().splitlines()[-1] == "2 new, 0 changed, 2 unchanged, 0 rejected"
    assert _marked(merged, "A-1") == _marked(merged, "A-3") == [""]
    assert _marked(merged, "A-4") == ["signed"]
    verify()


def test_of_two_rows_for_one_body_the_first_counts_every_time(cast):
    twice = BODIES + "Elm Council,Elm,E06000991,https://other.example,yes\n"
    load("import_organisations", twice)
    for _time in range(2):
        said = load("import_organisations", twice)
        assert said.strip().splitlines()[-1] == "0 new, 0 changed, 3 unchanged, 0 rejected"
    assert Organisation.objects.get(legal_name="Elm Council").website == "https://elm.example"


def _marked(body, reference):
    entry = Document.objects.get(external_references__value=reference)
    places = Slot.objects.filter(version__document=entry, organisation=body, voided_at__isnull=True)
    return [place.old_register_words for place in places]
