"""Writing the content of a draft."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agreements.models import AgreementText
from register.core.conflicts import Conflict
from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Clause, Document, Party
from register.documents.permissions import readable_versions
from register.documents.services import content, drafting, facts
from register.ledger.models import Entry
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def version(county):
    document = make.agreement(
        county.partnership, county.council, county.police, lead=county.council
    )
    return document.newest


def test_saving_without_a_change_writes_nothing(version):
    row = AgreementText.objects.get(version=version)
    count = Entry.objects.count()
    content.save_text(
        by=TEST, version=version, model=AgreementText, row_version=row.row_version,
        purpose=row.purpose,
    )  # fmt: skip
    assert Entry.objects.count() == count
    assert AgreementText.objects.get(version=version).row_version == row.row_version


def test_the_second_writer_is_told(version):
    row = AgreementText.objects.get(version=version)
    said = {"by": TEST, "version": version, "model": AgreementText, "row_version": row.row_version}
    content.save_text(**said, purpose="<p>First</p>")
    with pytest.raises(Conflict) as conflict:
        content.save_text(**said, purpose="<p>Second</p>")
    assert conflict.value.current.purpose == "<p>First</p>"
    assert AgreementText.objects.get(version=version).purpose == "<p>First</p>"


def test_a_text_that_is_too_long_is_refused_by_its_field(version):
    with pytest.raises(ValidationError) as refusal:
        content.save_text(
            by=TEST, version=version, model=AgreementText, row_version=2, purpose="x" * 3_000_000
        )
    assert "purpose" in refusal.value.message_dict


def test_an_arrangement_is_no_party_but_may_observe(county, version):
    board = counties.bodies.add_organisation(
        by=TEST, legal_name="Safeguarding board", legal_status="arrangement"
    )
    with pytest.raises(ValidationError, match="is an arrangement without legal personality"):
        content.add_party(by=TEST, version=version, organisation=board)
    row = content.add_party(by=TEST, version=version, organisation=board, part="observer")
    with pytest.raises(ValidationError, match="cannot be bound"):
        content.change_party(by=TEST, party=row, row_version=1, part="party")


def test_a_body_is_named_once_in_a_part(county, version):
    with pytest.raises(ValidationError, match="already named here"):
        content.add_party(by=TEST, version=version, organisation=county.police)
    assert Party.objects.filter(version=version).count() == 2


def test_a_clause_needs_words_and_at_most_three_levels(version):
    with pytest.raises(ValidationError, match="Enter a heading or a text"):
        content.add_clause(by=TEST, version=version, text="<p> </p>")
    with pytest.raises(ValidationError):
        content.add_clause(by=TEST, version=version, level=4, heading="Too deep")


def test_the_first_row_moved_up_stays(version):
    rows = list(Clause.objects.filter(version=version))
    content.move_item(by=TEST, row=rows[0], up=True)
    content.move_item(by=TEST, row=rows[1], up=False)
    assert list(Clause.objects.filter(version=version)) == rows


def test_only_the_lead_body_and_the_office_write(county, version):
    for who in ("police_officer", "council_manager", "auditor"):
        with pytest.raises(PermissionDenied, match="may change it"):
            content.add_clause(by=county.users[who], version=version, heading="Mine")
    content.add_clause(by=county.users["council_officer"], version=version, heading="Ours")


def test_a_version_keeps_only_what_it_says_of_itself(version):
    with pytest.raises(TypeError, match="state"):
        drafting.change_version(by=TEST, version=version, row_version=1, state="in_force")
    with pytest.raises(TypeError, match="reference"):
        facts.change_facts(by=TEST, document=version.document, row_version=1, reference="X")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": "  "}, "Enter a title"),
        ({"title": "x" * 301}, "300 characters"),
        ({"commencement": "never"}, "not a valid choice"),
        ({"shared_since": today(), "shared_since_reason": ""}, "Say why sharing began earlier"),
        ({"shared_since": add_months(today(), 1)}, "not after today"),
        ({"commencement_on": today(), "ends_on": today()}, "when it begins"),
    ],
)
def test_what_a_version_cannot_say_is_refused(version, said, words):
    with pytest.raises(ValidationError, match=words):
        drafting.change_version(by=TEST, version=version, row_version=1, **said)


def test_drafts_are_read_by_the_lead_and_those_consulted(county, version):
    document, police = version.document, county.users["police_manager"]
    assert not Document.objects.visible_to(police).exists()
    assert Document.objects.visible_to(county.users["council_manager"]).get() == document
    make.walk(version, State.CONSULTATION)
    assert readable_versions(type(police).objects.get(pk=police.pk), document).count() == 1


def test_a_restricted_entry_leaves_no_trace_for_others(county, version):
    document = make.walk(version, State.IN_FORCE).document
    other = counties.add_login(county, "trust_manager", "manager", today(), body="trust")
    assert Document.objects.visible_to(other).exists()
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, is_restricted=True
    )
    assert not Document.objects.visible_to(other).exists()
    assert Document.objects.visible_to(county.users["police_manager"]).exists()


def test_named_readers_read_and_nobody_else(county, version):
    document = make.walk(version, State.IN_FORCE).document
    facts.change_facts(
        by=TEST, document=document, row_version=document.row_version, visibility="named"
    )
    police = county.users["police_manager"]
    assert not Document.objects.visible_to(police).exists()
    facts.name_readers(by=TEST, document=document, people=[county.people["police_manager"]])
    assert Document.objects.visible_to(police).exists()


def test_a_login_that_is_no_person_reads_nothing_by_bodies_readers(county, version):
    make.walk(version, State.IN_FORCE)
    stranger = type(county.users["office"]).objects.create_user("stranger@example.org")
    assert not Document.objects.visible_to(stranger).exists()
