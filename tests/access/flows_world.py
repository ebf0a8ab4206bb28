"""One thing of every kind for the pages on flows: a draft with a flow, its items, a group, an asset."""

from __future__ import annotations

from agreements.flows.models import FlowItem, PartyGroup
from agreements.flows.services import answers, assets, flows, groups
from register.documents.services import content
from tests import make
from tests.access.pdf import PDF


class FlowThings:
    """A draft that the council leads, with one flow to the police and a group with one member."""

    def __init__(self, world) -> None:
        by, place = world.cast.office, world.cast.partnership
        self.agreement = make.agreement(place, world.council, world.police, lead=world.council)
        version = self.agreement.newest
        self.flow = flows.add_flow(by=by, version=version, title="Concerns")
        flows.name_ends(by=by, flow=self.flow, providers=[world.council], recipients=[world.police])
        answers.add_row(by=by, flow=self.flow, name="Notes", category="case_notes")
        self.item = FlowItem.objects.get(flow=self.flow)
        self.group = content.add_item(by=by, version=version, model=PartyGroup, name="Practices")
        self.member = groups.join_group(
            by=by, document=self.agreement, group=self.group.lineage, organisation=world.police,
            form_signatory="A. Partner", content=PDF, name="form.pdf",
        )  # fmt: skip
        self.asset = assets.add_asset(by=by, organisation=world.council, name="Mosaic")

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        fixed = {
            "ref": self.agreement.reference,
            "lineage": self.flow.lineage,
            "group": self.group.lineage,
        }
        return fixed[parameter] if parameter in fixed else self._row(page).pk

    def _row(self, page: str):
        if page in {"leave_group", "joining_form"}:
            return self.member
        if "asset" in page:
            return self.asset
        return self.group if "group" in page else self.item
