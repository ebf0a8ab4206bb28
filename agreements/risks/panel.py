"""What this room shows on the page of an agreement: its impact assessments and processor contracts."""

from __future__ import annotations

from agreements.risks.facts import missing_points
from agreements.risks.models import ContractLink, DpiaController, DpiaLink
from agreements.risks.warnings import contract_warnings, dpia_warnings
from register.core import dates
from register.documents.models import Version
from register.documents.panels import Panel
from register.documents.permissions import may_edit

AGREEMENT = 3


def records_panel(user, version: Version) -> Panel | None:
    """The DPIAs and contracts that serve an agreement, in five statements for any number of them."""
    document = version.document
    if document.tier != AGREEMENT:
        return None
    verdict = may_edit(user, document)
    dpias, contracts = _dpias(document), _contracts(document)
    if not dpias and not contracts and not verdict:
        return None
    return Panel(
        heading="Impact assessments and processor contracts",
        template="risks/_records.html",
        context={
            "document": document,
            "dpias": dpias,
            "contracts": contracts,
            "may_edit": verdict,
        },
    )


def _dpias(document) -> list[dict]:
    day = dates.today()
    links = list(
        DpiaLink.objects.filter(document=document)
        .select_related("dpia__owner")
        .order_by("dpia__reference")
    )
    rows = DpiaController.objects.filter(dpia_id__in=[link.dpia_id for link in links])
    rows = rows.select_related("organisation").order_by("organisation__legal_name")
    by_dpia: dict[int, list[DpiaController]] = {}
    for row in rows:
        by_dpia.setdefault(row.dpia_id, []).append(row)
    return [
        {
            "link": link,
            "dpia": link.dpia,
            "controllers": by_dpia.get(link.dpia_id, []),
            "warnings": dpia_warnings(link.dpia, day),
        }
        for link in links
    ]


def _contracts(document) -> list[dict]:
    day = dates.today()
    links = list(
        ContractLink.objects.filter(document=document)
        .select_related("contract__processor")
        .order_by("contract__reference")
    )
    missing = missing_points([link.contract_id for link in links])
    return [
        {
            "link": link,
            "contract": link.contract,
            "warnings": contract_warnings(link.contract, missing[link.contract_id], day),
        }
        for link in links
    ]
