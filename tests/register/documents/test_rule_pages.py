"""What the rules say, on pages: of one entry, of all of them, and sending in spite of a gap."""

import pytest

from register.core.dates import add_months, today
from register.directory.models import Organisation
from register.directory.services.communities import join_community
from register.directory.services.organisations import change_organisation
from register.documents.jobs import check_all, check_stale
from register.documents.models import BrokenRule, Check, Document, PartnershipRule
from register.documents.rules import broken_by
from register.documents.services import content, facts
from register.documents.services.checking import check_documents, set_rule
from register.ledger.models import Entry
from register.lists.models import Item
from register.lists.services import change_item, load_lists
from tests import county as counties
from tests import make_documents as make
from tests import worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


@worlds.shared
def draft(county):
    document = make.agreement(county.partnership, county.council, county.police)
    make.signing.propose_slots(by=TEST, version=document.newest)
    return document


def with_a_stranger(county, document):
    """D8 is a bar, and one that a reason overrides."""
    content.add_party(by=TEST, version=document.newest, organisation=county.charity)
    make.slot(document.newest, county.charity, county.posts["charity", "senior_officer"])


def test_a_bar_stops_sending_and_a_reason_overrides_it_and_stands_in_the_history(
    client, county, draft
):
    with_a_stranger(county, draft)
    client.force_login(county.users["office"])
    check = client.get(f"/register/{draft.reference}/draft/check/").content.decode()
    assert "WY Carers: Say why a party that is no member" in check
    where = f"/register/{draft.reference}/draft/send/"
    said = {"order": "together", "on_missed": "tell", "all_on_paper": "on"}
    page = client.get(where).content.decode()
    assert "WY Carers: Say why a party that is no member" in page
    empty = client.post(where, {**said, "despite": " "})
    assert empty.status_code == 422
    assert "Enter the reason for sending it with these gaps." in empty.content.decode()
    silent = client.post(where, {"order": "together", "on_missed": "tell", "despite": "So."})
    assert silent.status_code == 422
    assert "confirm that everybody signs on paper" in silent.content.decode()
    sent = client.post(where, {**said, "despite": "The charity joins next week."})
    assert sent.status_code == 302
    entry = Entry.objects.get(verb="version.sent_with_gaps")
    assert entry.reason == "The charity joins next week."
    assert "D8" in str(entry.detail)
    history = client.get(f"/register/{draft.reference}/history/").content.decode()
    assert "Sent with gaps" in history
    assert "The charity joins next week." in history


def test_no_reason_overrides_that_there_is_nobody_to_sign(client, county, draft):
    for party in draft.newest.party_rows.all():
        content.remove_item(by=TEST, row=party)
    client.force_login(county.users["office"])
    check = client.get(f"/register/{draft.reference}/draft/check/").content.decode()
    assert "Continue to send" not in check
    said = {"order": "together", "on_missed": "tell", "all_on_paper": "on", "despite": "Because."}
    refused = client.post(f"/register/{draft.reference}/draft/send/", said)
    assert refused.status_code == 422
    assert "Name at least two parties." in refused.content.decode()


def test_an_entrys_page_says_what_the_rules_say_and_where_it_is_put_right(client, county, draft):
    client.force_login(county.users["office"])
    page = client.get(f"/register/{draft.reference}/rules/").content.decode()
    assert "Name the officer who answers for it." in page
    assert f"/register/{draft.reference}/facts/" in page
    assert "See what the rules say now" in client.get(draft.get_absolute_url()).content.decode()
    client.force_login(
        counties.add_login(county, "trust_manager", "manager", today(), body="trust")
    )
    assert client.get(f"/register/{draft.reference}/rules/").status_code == 404


def test_an_administrator_makes_a_warning_a_bar_and_others_may_not(client, county, draft):
    chief = counties.add_login(county, "chief", "administrator", today())
    client.force_login(chief)
    where = f"/partnerships/{county.partnership.slug}/rules/D5/"
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "We always name one."}).status_code == 302
    assert PartnershipRule.objects.get().is_bar
    assert "D5" in {finding.code for finding in broken_by(draft.newest) if finding.is_bar}
    assert "Bars in this partnership" in client.get("/rules/").content.decode()
    assert client.post(where, {"reason": "Too strict."}).status_code == 302
    assert "D5" not in {finding.code for finding in broken_by(draft.newest) if finding.is_bar}
    client.force_login(county.users["office"])
    refused = client.post(where, {"reason": "Because."})
    assert refused.status_code == 403
    assert "Only administrators" in refused.content.decode()


def test_a_bar_stays_a_bar(county):
    chief = counties.add_login(county, "chief", "administrator", today())
    with pytest.raises(Exception, match="is a bar in every partnership"):
        set_rule(by=chief, partnership=county.partnership, code="D2", is_bar=False, reason="So.")


def test_answers_are_kept_and_stale_the_moment_an_input_changes(county, draft):
    assert Check.objects.get(document=draft).is_stale
    check_stale()
    kept = Check.objects.get(document=draft)
    assert not kept.is_stale
    assert kept.warnings == BrokenRule.objects.filter(document=draft, is_bar=False).count() > 0
    fresh = Document.objects.get(pk=draft.pk)
    facts.change_facts(
        by=TEST, document=fresh, row_version=fresh.row_version, owner=county.people["office"]
    )
    assert Check.objects.get(document=draft).is_stale
    check_stale()
    after = Check.objects.get(document=draft)
    assert after.warnings == kept.warnings - 1
    assert not BrokenRule.objects.filter(document=draft, code="D5").exists()


def test_what_stands_below_is_stale_when_what_is_above_changes(county):
    parties = (county.council, county.police)
    charter = make.charter(county.partnership, *parties, state="in_force")
    protocol = make.protocol(charter, county.community, *parties, state="in_force")
    agreement = make.agreement(county.partnership, *parties, protocol=protocol)
    check_stale()
    assert not Check.objects.filter(is_stale=True).exists()
    make.moving.end(by=TEST, document=charter, reason="Over.")
    stale = set(Check.objects.filter(is_stale=True).values_list("document_id", flat=True))
    assert {charter.pk, protocol.pk, agreement.pk} <= stale


def test_an_answer_found_before_a_change_is_not_kept(county, draft, monkeypatch):
    """Somebody changes the entry while the worker asks the rules."""
    from register.documents.services import checking

    asked = checking.findings_of

    def changed_meanwhile(case):
        checking.mark_stale([case.document.pk])
        return asked(case)

    monkeypatch.setattr(checking, "findings_of", changed_meanwhile)
    check_documents([draft.pk])
    row = Check.objects.get(document=draft)
    assert row.is_stale
    assert row.checked_at is None


def test_days_pass_so_everything_is_asked_again_daily(county, draft):
    check_stale()
    check_all()
    assert Check.objects.get(document=draft).is_stale


def test_asking_many_costs_the_statements_of_one(county, django_assert_max_num_queries):
    documents = [
        make.agreement(county.partnership, county.council, county.police) for _ in range(6)
    ]
    with django_assert_max_num_queries(80) as one:
        check_documents([documents[0].pk])
    # Only what is written grows, by a batch of some hundred broken rules.
    with django_assert_max_num_queries(len(one) + 2):
        check_documents([document.pk for document in documents])


def test_the_register_is_filtered_by_what_the_rules_said(client, county, draft):
    other = make.agreement(county.partnership, county.council, county.police)
    with_a_stranger(county, other)
    check_stale()
    client.force_login(county.users["office"])

    def listed(query):
        page = client.get(f"/register/?{query}").content.decode()
        return {d.reference for d in (draft, other) if f"/register/{d.reference}/" in page}

    assert listed("check=bars") == {other.reference}
    assert listed("rule=D8") == {other.reference}
    assert listed("check=warnings") == {draft.reference, other.reference}
    assert listed("check=clean") == set()
    assert listed("check=stale") == set()
    assert listed("rule=nonsense") == {draft.reference, other.reference}
    client.force_login(county.users["council_manager"])
    assert "Rule broken" not in client.get("/register/").content.decode()


@pytest.mark.parametrize("change", ["list", "body", "community"])
def test_answers_are_stale_when_a_list_a_body_or_a_community_changes(county, change):
    parties = (county.council, county.police)
    charter = make.charter(county.partnership, *parties, state="in_force")
    protocol = make.protocol(charter, county.community, *parties, state="in_force")
    agreement = make.agreement(county.partnership, *parties, protocol=protocol)
    load_lists()
    check_stale()
    assert not Check.objects.get(document=agreement).is_stale
    if change == "list":
        item = Item.objects.get(list_code="data_category", code="contact")
        change_item(by=TEST, item=item, row_version=item.row_version, label="How to reach somebody")
    elif change == "body":
        body = Organisation.objects.get(pk=county.police.pk)
        change_organisation(by=TEST, organisation=body, row_version=body.row_version, part3="no")
    else:
        join_community(by=TEST, community=county.community, organisation=county.trust)
    assert Check.objects.get(document=agreement).is_stale
