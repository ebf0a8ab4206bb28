"""What this room adds to the house: the way to imports, and the kinds of files that come in."""

from register.documents import steps
from register.exchange import kinds
from register.exchange.entries import ENTRIES
from register.exchange.flows.kind import FLOWS
from register.exchange.forgetting import forget_entry
from register.exchange.organisations.kind import ORGANISATIONS
from register.exchange.people.kind import PEOPLE
from register.exchange.permissions import may_import
from register.ui.navigation import Item, add


def plug_in() -> None:
    """Add the way to imports, for those who may import, the kinds of files, and what is forgotten."""
    add(Item(80, "Import", "exchange:imports", lambda user: bool(may_import(user)), "/import/"))
    kinds.plug_in(FLOWS)
    kinds.plug_in(PEOPLE)
    kinds.plug_in(ORGANISATIONS)
    kinds.plug_in(ENTRIES)
    steps.ON_DISPOSED.append(forget_entry)
