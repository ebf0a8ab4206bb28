"""The records of information flows."""

from agreements.flows.models.assets import Asset
from agreements.flows.models.flows import Direction, Flow, Onward, Side
from agreements.flows.models.groups import GroupMember, PartyGroup
from agreements.flows.models.reading import Citation, FlowCategory, Line
from agreements.flows.models.rows import FlowItem, FlowParty, FlowSide

__all__ = [
    "Asset",
    "Citation",
    "Direction",
    "Flow",
    "FlowCategory",
    "FlowItem",
    "FlowParty",
    "FlowSide",
    "GroupMember",
    "Line",
    "Onward",
    "PartyGroup",
    "Side",
]
