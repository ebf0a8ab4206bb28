"""Every rule holds for a whole document and is broken by the one thing that it forbids."""

from datetime import timedelta

import pytest

from agreements.models import AgreementText
from charters.models import CharterText, GeneralPurpose, Principle
from register.core.dates import add_months, today
from register.directory.models import Organisation
from register.documents.lifecycle import State
from register.documents.models import Clause, Document, Party
from register.documents.rules import broken_by, rules_of
from register.documents.services import attachments, content, facts, moving
from register.ledger.acts import act
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def tiers(county):
    """A whole document of each tier, at which nothing is broken but what a draft may still lack."""
    parties = (county.council, county.police)
    charter = make.charter(county.partnership, *parties, state=State.IN_FORCE)
    protocol = make.protocol(charter, county.community, *parties, state=State.IN_FORCE)
    drafts = {
        1: make.charter(county.partnership, *parties),
        2: make.protocol(charter, county.community, *parties),
        3: make.agreement(county.partnership, *parties, protocol=protocol),
    }
    row = AgreementText.objects.get(version=drafts[3].newest)
    words = dict.fromkeys(
        (
            "benefit",
            "benefit_for",
            "necessity",
            "retention",
            "rights",
            "security",
            "breach",
            "termination",
        ),
        "<p>Said.</p>",
    )
    content.save_text(
        by=TEST, version=row.version, model=AgreementText, row_version=row.row_version, **words
    )
    for document in drafts.values():
        fresh = Document.objects.get(pk=document.pk)
        facts.change_facts(
            by=TEST,
            document=fresh,
            row_version=fresh.row_version,
            owner=county.people["office"],
            review_on=add_months(today(), 12),
        )
    return drafts


def codes(document) -> set[str]:
    return {rule.code for rule in broken_by(Document.objects.get(pk=document.pk).newest)}


def test_a_whole_document_breaks_no_rule(tiers):
    # Information flows have rules and tests of their own; this agreement has none of them.
    assert [codes(document) for document in tiers.values()] == [set(), set(), {"F1"}]


def _write(row, **values):
    with act(by=TEST, verb="version.written", subject=row):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


def _remove_all(model, document):
    for row in model.objects.filter(version=document.newest):
        content.remove_item(by=TEST, row=row)


def no_title(county, document):
    _write(document.newest, title=" ")


def one_party(county, document):
    content.remove_item(by=TEST, row=Party.objects.filter(version=document.newest).first())


def no_text(county, document):
    _remove_all(Clause, document)
    row = AgreementText.objects.get(version=document.newest)
    _write(
        row,
        **{f.name: "" for f in row._meta.concrete_fields if f.get_internal_type() == "TextField"},
    )


def an_arrangement_bound(county, document):
    _write(Organisation.objects.get(pk=county.police.pk), legal_status="arrangement")


def nobody_answers(county, document):
    fresh = Document.objects.get(pk=document.pk)
    facts.change_facts(by=TEST, document=fresh, row_version=fresh.row_version, owner=None)


def no_review_date(county, document):
    fresh = Document.objects.get(pk=document.pk)
    facts.change_facts(by=TEST, document=fresh, row_version=fresh.row_version, review_on=None)


def a_body_has_ended(county, document):
    last = today() - timedelta(days=1)
    _write(Organisation.objects.get(pk=county.police.pk), ends_on=last)


def the_protocol_has_ended(county, document):
    moving.end(by=TEST, document=document.agreement.protocol, reason="Over.")


def a_stranger_without_reason(county, document):
    content.add_party(by=TEST, version=document.newest, organisation=county.charity)


def no_principle(county, document):
    _remove_all(Principle, document)


def no_premise(county, document):
    _write(CharterText.objects.get(version=document.newest), default_premise="<p> </p>")


def no_community(county, document):
    _write(document.protocol, community=None)


def no_charter(county, document):
    _write(document.protocol, charter=None)


def no_purposes(county, document):
    _remove_all(GeneralPurpose, document)


def no_protocol(county, document):
    _write(document.agreement, protocol=None)


def nothing_said_of(*names):
    def empty(county, document):
        _write(AgreementText.objects.get(version=document.newest), **dict.fromkeys(names, ""))

    return empty


@pytest.mark.parametrize(
    ("code", "tier", "spoil"),
    [
        ("D1", 3, no_title),
        ("D2", 3, one_party),
        ("D3", 3, no_text),
        ("D4", 3, an_arrangement_bound),
        ("D5", 3, nobody_answers),
        ("D6", 3, a_body_has_ended),
        ("D7", 3, the_protocol_has_ended),
        ("D8", 3, a_stranger_without_reason),
        ("C1", 1, no_principle),
        ("C2", 1, no_premise),
        ("P1", 2, no_community),
        ("P2", 2, no_charter),
        ("P3", 2, no_purposes),
        ("A1", 3, no_protocol),
        ("A2", 3, nothing_said_of("purpose")),
        ("A3", 3, nothing_said_of("benefit_for")),
        ("A4", 3, nothing_said_of("necessity")),
        ("A5", 3, nothing_said_of("retention")),
        ("A6", 3, nothing_said_of("rights")),
        ("A7", 3, nothing_said_of("security")),
        ("A8", 3, nothing_said_of("breach")),
        ("A9", 3, no_review_date),
        ("A10", 3, nothing_said_of("termination")),
    ],
)
def test_a_rule_is_broken_by_what_it_forbids(county, tiers, code, tier, spoil):
    spoil(county, tiers[tier])
    assert code in codes(tiers[tier])


def test_a_rule_names_the_task_where_it_is_put_right(client, county, tiers):
    client.force_login(county.users["office"])
    for document in tiers.values():
        for rule in rules_of(document.tier):
            assert rule.task, rule.code
            assert rule.says.endswith("."), rule.code


def test_a_governing_file_is_a_text(county, tiers, one_page):
    no_text(county, tiers[3])
    version = tiers[3].newest
    attachments.make_governing(
        by=TEST,
        version=version,
        content=one_page,
        name="theirs.pdf",
        row_version=version.row_version,
    )
    assert not codes(tiers[3]) & {"D3", "A5", "A6"}
