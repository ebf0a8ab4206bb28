"""One thing of every kind for the pages on risk: a DPIA, a processor contract, a risk of a draft."""

from __future__ import annotations

from agreements.risks.services import contracts, dpias, links, risks
from tests import make
from tests.access.pdf import PDF


class RiskThings:
    """What the council keeps: a DPIA that names the police too, and a contract that does not."""

    def __init__(self, world) -> None:
        by, place = world.cast.office, world.cast.partnership
        self.agreement = make.agreement(place, world.council, world.police, lead=world.council)
        self.dpia = dpias.make_dpia(
            by=by, partnership=place, owner=world.council, title="A DPIA",
            controllers=[world.police],
        )  # fmt: skip
        self.dpia = dpias.file_dpia(by=by, dpia=self.dpia, row_version=1, content=PDF, name="a.pdf")
        self.dpia_row = self.dpia.controllers.get(organisation=world.police)
        self.dpia_link = links.link_dpia(by=by, dpia=self.dpia, document=self.agreement)
        self.contract = contracts.make_contract(
            by=by, partnership=place, title="A contract", controllers=[world.council],
            processor=make.organisation("Supplier Ltd"),
        )  # fmt: skip
        contracts.file_contract(
            by=by, contract=self.contract, row_version=1, content=PDF, name="a.pdf"
        )
        self.sub = contracts.add_sub_processor(by=by, contract=self.contract, name="Cloud Ltd")
        self.contract_link = links.link_contract(
            by=by, contract=self.contract, document=self.agreement
        )
        self.risk = risks.add_risk(
            by=by, version=self.agreement.newest, title="Lost", likelihood=3, impact=3
        )

    def argument(self, page: str, parameter: str):
        """What to put into the address of a page of this room."""
        if parameter == "pk":
            return self._row(page).pk
        if page.startswith("link_") or page in {"answers", "risks"} or "risk" in page:
            return self.agreement.reference
        return (self.dpia if "dpia" in page else self.contract).reference

    def _row(self, page: str):
        if page.endswith("_risk"):
            return self.risk
        if page.startswith("unlink_"):
            return self.dpia_link if "dpia" in page else self.contract_link
        return self.dpia_row if "dpia" in page else self.sub
