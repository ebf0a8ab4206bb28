"""A draft of an agreement with flows, for the tests of this folder."""

from __future__ import annotations

from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.models import Flow
from agreements.flows.services import flows as services
from register.documents.models import Version
from tests import make, people

TEST = "system:test"


class Draft:
    """A council's draft with the police, and what tests do with it."""

    def __init__(self, **facts) -> None:
        self.cast = people.cast()
        self.council = self.cast.council.organisation
        self.police = self.cast.police.organisation
        self.document = make.agreement(
            self.cast.partnership, self.council, self.police, lead=self.council, **facts
        )
        self.version = Version.objects.get(document=self.document)
        self.officer = self.cast.off_a

    @property
    def ref(self) -> str:
        """The reference of the agreement."""
        return self.document.reference

    def flow(self, title: str = "Concerns", *, ends: bool = True, **facts) -> Flow:
        """A flow from the council to the police."""
        flow = services.add_flow(by=TEST, version=self.version, title=title, **facts)
        if ends:
            services.name_ends(
                by=TEST, flow=flow, providers=[self.council], recipients=[self.police]
            )
        return flow

    def facts(self, flow: Flow) -> FlowFacts:
        """A flow with what hangs on it, as it stands now."""
        found = flows_of([self.version.pk])[self.version.pk]
        return next(each for each in found if each.flow.pk == flow.pk)

    def all(self) -> list[FlowFacts]:
        """Every flow as it stands now, in order."""
        return flows_of([self.version.pk]).get(self.version.pk, [])

    def url(self, path: str = "", flow: Flow | None = None) -> str:
        """An address under the flows of the draft, or under one flow."""
        own = f"{flow.lineage}/" if flow else ""
        return f"/register/{self.ref}/draft/flows/{own}{path}"
