"""Addresses of impact assessments, processor contracts, and the risks of a draft."""

from django.urls import path

from agreements.risks.views import answers, contract_parts, contracts, controllers, dpias, links
from agreements.risks.views import risks as risk_pages

app_name = "risks"

_DPIA = "dpias/<slug:ref>/"
_CONTRACT = "processor-contracts/<slug:ref>/"
_RISKS = "register/<slug:ref>/draft/risks/"

urlpatterns = [
    path("dpias/", dpias.dpias, name="dpias"),
    path("dpias/new/", dpias.make, name="make_dpia"),
    path(_DPIA, dpias.dpia, name="dpia"),
    path(f"{_DPIA}change/", dpias.change, name="change_dpia"),
    path(f"{_DPIA}file/", dpias.download, name="dpia_file"),
    path(f"{_DPIA}file/replace/", dpias.file, name="file_dpia"),
    path(f"{_DPIA}history/", dpias.history, name="dpia_history"),
    path(f"{_DPIA}controllers/add/", controllers.add, name="add_dpia_controller"),
    path(f"{_DPIA}controllers/<int:pk>/", controllers.status, name="dpia_status"),
    path(f"{_DPIA}controllers/<int:pk>/advise/", controllers.advise, name="advise_dpia"),
    path(f"{_DPIA}controllers/<int:pk>/decide/", controllers.decide, name="decide_dpia"),
    path(f"{_DPIA}controllers/<int:pk>/remove/", controllers.remove, name="remove_dpia_controller"),
    path(f"{_DPIA}links/<int:pk>/remove/", links.unlink_dpia, name="unlink_dpia"),
    path("register/<slug:ref>/dpias/link/", links.link_dpia, name="link_dpia"),
    path("processor-contracts/", contracts.contracts, name="contracts"),
    path("processor-contracts/new/", contracts.make, name="make_contract"),
    path(_CONTRACT, contracts.contract, name="contract"),
    path(f"{_CONTRACT}change/", contracts.change, name="change_contract"),
    path(f"{_CONTRACT}file/", contracts.download, name="contract_file"),
    path(f"{_CONTRACT}file/replace/", contracts.file, name="file_contract"),
    path(f"{_CONTRACT}history/", contracts.history, name="contract_history"),
    path(f"{_CONTRACT}checklist/", contract_parts.checklist, name="contract_checklist"),
    path(f"{_CONTRACT}sub-processors/add/", contract_parts.add, name="add_sub_processor"),
    path(
        f"{_CONTRACT}sub-processors/<int:pk>/", contract_parts.change, name="change_sub_processor"
    ),
    path(
        f"{_CONTRACT}sub-processors/<int:pk>/remove/",
        contract_parts.remove,
        name="remove_sub_processor",
    ),
    path(f"{_CONTRACT}links/<int:pk>/remove/", links.unlink_contract, name="unlink_contract"),
    path("register/<slug:ref>/contracts/link/", links.link_contract, name="link_contract"),
    path("register/<slug:ref>/draft/security/", answers.answers, name="answers"),
    path(_RISKS, risk_pages.risks, name="risks"),
    path(f"{_RISKS}propose/", risk_pages.propose, name="propose_risks"),
    path(f"{_RISKS}add/", risk_pages.add, name="add_risk"),
    path(f"{_RISKS}<int:pk>/", risk_pages.change, name="change_risk"),
    path(f"{_RISKS}<int:pk>/remove/", risk_pages.remove, name="remove_risk"),
    path(f"{_RISKS}<int:pk>/move/", risk_pages.move, name="move_risk"),
]
