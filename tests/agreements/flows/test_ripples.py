"""A row of law that changes, and a purpose that is reworded, open a task for each agreement that rests on it."""

import pytest

from charters.models import GeneralPurpose
from charters.ripples import causes_of
from register.core import ripple
from register.core.dates import add_months, today
from register.documents.lifecycle import State
from register.documents.models import Check, Document
from register.documents.services import content, drafting
from register.lists import services as lists
from register.lists.models import Item
from register.tasks.models import Task
from tests import county as counties
from tests import make_documents as make
from tests import make_flows, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def county():
    return counties.found(add_months(today(), -13))


def shared(county, *, gateway="cda_1998_s115", protocol=None, **flow):
    told = {"providers": county.council, "recipients": county.police, **flow}
    return make_flows.agreement_with(
        county.partnership, county.council, county.police, protocol=protocol,
        flows=[{**told, "law": {"gateways": (gateway,)}}], state=State.IN_FORCE,
    )  # fmt: skip


def test_a_changed_row_of_law_touches_the_agreements_that_cite_it_and_no_others(county):
    citing, other = shared(county), shared(county, gateway="ca_2004_s10")
    item = Item.objects.get(list_code="legal_gateway", code="cda_1998_s115")
    Check.objects.update(is_stale=False)
    lists.change_item(
        by=TEST, item=item, row_version=item.row_version, label="Section 115, amended"
    )
    tasks = Task.objects.filter(document_id__isnull=False)
    assert [task.document_id for task in tasks] == [citing.pk]
    assert "Section 115, amended" in tasks[0].says or "section 115" in tasks[0].says
    assert Check.objects.get(document=citing).is_stale
    assert not Check.objects.get(document=other).is_stale


def test_an_agreement_that_cites_it_no_longer_is_not_touched(county):
    document = shared(county)
    make.moving.end(by=TEST, document=document, reason="Over.")
    item = Item.objects.get(list_code="legal_gateway", code="cda_1998_s115")
    lists.change_item(by=TEST, item=item, row_version=item.row_version, label="Other words")
    assert not Task.objects.exists()


def test_a_reworded_purpose_touches_the_agreements_whose_flows_serve_it(county):
    parties = (county.council, county.police)
    charter = make.charter(county.partnership, *parties, state=State.IN_FORCE)
    protocol = make.protocol(charter, county.community, *parties)
    second = content.add_item(
        by=TEST, version=protocol.newest, model=GeneralPurpose, title="Housing"
    )
    make.walk(protocol.newest, State.IN_FORCE)
    protocol = Document.objects.get(pk=protocol.pk)
    first = GeneralPurpose.objects.get(version=protocol.governing, title="Safeguarding")
    serving = shared(
        county, protocol=protocol, purpose_document=protocol, purpose_lineage=first.lineage
    )
    shared(county, protocol=protocol, purpose_document=protocol, purpose_lineage=second.lineage)
    draft = drafting.revise(by=TEST, document=protocol)
    row = GeneralPurpose.objects.get(version=draft, lineage=first.lineage)
    content.change_item(by=TEST, row=row, row_version=row.row_version, title="Safety of children")
    foretold = {t.pk for t in _would_touch(draft) if t.subject == "document"}
    make.walk(draft, State.IN_FORCE)
    opened = set(
        Task.objects.filter(document_id__isnull=False).values_list("document_id", flat=True)
    )
    assert foretold == opened == {serving.pk}


def _would_touch(draft):
    return [touch for cause in causes_of(draft) for touch in ripple.touched(cause)]
