"""Impact assessments, processor contracts, and what a version says of its risks."""

from agreements.risks.models.content import Risk, RiskAnswers
from agreements.risks.models.contracts import (
    ContractController,
    ContractLink,
    ContractPoint,
    Point,
    ProcessorContract,
    SubProcessor,
)
from agreements.risks.models.dpias import Advice, Dpia, DpiaController, DpiaLink

__all__ = [
    "Advice",
    "ContractController",
    "ContractLink",
    "ContractPoint",
    "Dpia",
    "DpiaController",
    "DpiaLink",
    "Point",
    "ProcessorContract",
    "Risk",
    "RiskAnswers",
    "SubProcessor",
]
