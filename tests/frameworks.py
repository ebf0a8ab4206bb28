"""A small framework in force: a charter, a protocol for a community, two agreements under it."""

from __future__ import annotations

from dataclasses import dataclass

from register.core.dates import add_months, today
from register.directory.services import communities
from register.documents.lifecycle import State
from register.documents.models import Document
from tests import county as counties
from tests import make_documents as make

TEST = "system:test"


@dataclass
class Framework:
    """What tests speak of, by short names."""

    county: counties.County
    charter: Document
    protocol: Document
    ours: Document
    theirs: Document

    def slot(self, document: Document, body):
        """The first place where a body signs what governs."""
        return document.governing.slots.filter(organisation=body).first()


def found(county: counties.County | None = None) -> Framework:
    """A charter and a protocol of council, police and trust; “Ours” of council and police, “Theirs”
    of council and trust.
    """
    county = county or counties.found(add_months(today(), -13))
    council, police, trust = county.council, county.police, county.trust
    for body in (council, police, trust):
        communities.join_community(
            by=TEST,
            community=county.community,
            organisation=body,
            starts_on=add_months(today(), -9),
        )
    force = {"state": State.IN_FORCE}
    charter = make.charter(county.partnership, council, police, trust, **force)
    protocol = make.protocol(charter, county.community, council, police, trust, **force)
    place = {"protocol": protocol, **force}
    ours = make.agreement(county.partnership, council, police, title="Ours", **place)
    theirs = make.agreement(county.partnership, council, trust, title="Theirs", **place)
    return Framework(county, charter, protocol, ours, theirs)
