"""Undoing a sheet of flows: new ones are taken out, changed ones get back what stood there."""

import pytest

from agreements.flows.facts import flows_of
from agreements.flows.models import Flow
from register.documents.models import Document, Party
from register.exchange.jobs import undo_imports
from register.exchange.models import ImportedFlow, ImportState
from register.exchange.services import bring_in, receive, take_up
from register.exchange.undoing import ask_to_undo, built_on
from register.ledger.verify import verify
from register.lists.services import load_lists
from tests import make, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"
AGREEMENTS = "Reference,Title,Partners\nDSA-8,School moves,Northmere Council; Wyre Police\n"
HEAD = "Flow ID,Agreement ref,Provider,Recipient,Data,Legal power,Frequency,Colour\n"
ONE = "F1,DSA-8,Wyre Police,Northmere Council,Names; addresses,Children Act 2004,Weekly,Blue\n"
OTHER = "F1,DSA-8,Eastmere Council,Northmere Council,Names,Education Act 1996,Daily,Green\n"


@worlds.shared
def place():
    load_lists()
    return make.partnership("Wyrefordshire Partnership")


@pytest.fixture
def load(write, place):
    def _load(text, name="flows.csv"):
        row = receive(by=TEST, partnership=place, path=write(name, text), name=name)
        return bring_in(take_up(row))

    return _load


def undone(row):
    ask_to_undo(by=TEST, row=row)
    undo_imports()
    row.refresh_from_db()
    assert row.state == ImportState.UNDONE, row.failure


def said():
    """What the one flow says, and who stands at its ends."""
    version = Document.objects.get().newest
    [facts] = flows_of([version.pk])[version.pk]
    flow = facts.flow
    items = [item.name for item in flow.items.order_by("position")]
    ends = {(row.side, row.organisation.legal_name) for row in flow.ends.all()}
    return flow.frequency, items, ends, Document.objects.get().extras


def test_flows_that_came_in_are_taken_out_and_come_in_anew(load):
    load(AGREEMENTS, "agreements.csv")
    before = Document.objects.get().extras
    row = load(HEAD + ONE.replace("Wyre Police", "Eastmere Council"))
    assert (row.new, Flow.objects.count()) == (1, 1)
    parties = Party.objects.count()
    undone(row)
    assert not Flow.objects.exists()
    assert not ImportedFlow.objects.exists()
    assert Party.objects.count() == parties - 1
    assert Document.objects.get().extras == before
    verify()
    assert load(HEAD + ONE).new == 1


def test_a_changed_flow_gets_back_what_stood_there(load):
    load(AGREEMENTS, "agreements.csv")
    first = load(HEAD + ONE)
    before = said()
    row = load(HEAD + OTHER)
    assert (row.changed, said() == before) == (1, False)
    undone(row)
    assert said() == before
    assert load(HEAD + ONE).unchanged == 1
    assert not built_on(first)


def test_agreements_stay_while_flows_stand_in_them(load):
    agreements = load(AGREEMENTS, "agreements.csv")
    flows = load(HEAD + ONE)
    assert [str(each.subject) for each in built_on(agreements)] == [str(Document.objects.get())]
    undone(flows)
    undone(agreements)
