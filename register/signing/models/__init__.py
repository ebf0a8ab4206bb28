"""Slots and signatures; who is asked, how they prove who they are, who signs for them."""

from register.signing.models.asking import (
    Closed,
    MailKind,
    OnMissed,
    Order,
    RequestMail,
    RequestTrace,
    SigningRequest,
    SigningRound,
)
from register.signing.models.delegations import Delegation
from register.signing.models.links import KnownDevice, SignCode, SignLink
from register.signing.models.settings import DesignatedOfficer
from register.signing.models.slots import (
    COUNTS_AS_SIGNED,
    STRENGTHS,
    Method,
    RefusalClass,
    Signature,
    SignatureKind,
    Slot,
)

__all__ = [
    "COUNTS_AS_SIGNED",
    "STRENGTHS",
    "Closed",
    "Delegation",
    "DesignatedOfficer",
    "KnownDevice",
    "MailKind",
    "Method",
    "OnMissed",
    "Order",
    "RefusalClass",
    "RequestMail",
    "RequestTrace",
    "SignCode",
    "SignLink",
    "Signature",
    "SignatureKind",
    "SigningRequest",
    "SigningRound",
    "Slot",
]
