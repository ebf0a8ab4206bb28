"""Keeping slots, asking for signatures, signing online, and recording what was signed on paper."""

from register.signing.services.asking import (
    Proposed,
    Round,
    ask_due,
    ask_for_signatures,
    extend,
    proposed,
    send,
)
from register.signing.services.delegating import delegate, designate, end_delegation
from register.signing.services.leaving import accede, leave
from register.signing.services.links import (
    ask_new_link,
    ask_new_link_at,
    check_code,
    forget_devices,
    is_known_device,
    open_link,
    remember_device,
    send_code,
    waiting_for,
)
from register.signing.services.online import (
    ask_question,
    note_opened,
    object_to,
    refuse,
    return_with_comments,
    sign,
    withdraw,
)
from register.signing.services.paper import (
    record_refusal,
    record_signature,
    record_withdrawal,
)
from register.signing.services.passing import (
    colleagues,
    colleagues_of,
    domains_of,
    pass_on,
    pass_on_to_new,
)
from register.signing.services.requests import (
    ask_again,
    cancel,
    release,
    remind,
    replace,
    send_back,
)
from register.signing.services.slots import add_slot, propose_slots, void_slot

__all__ = [
    "Proposed",
    "Round",
    "accede",
    "add_slot",
    "ask_again",
    "ask_due",
    "ask_for_signatures",
    "ask_new_link",
    "ask_new_link_at",
    "ask_question",
    "cancel",
    "check_code",
    "colleagues",
    "colleagues_of",
    "delegate",
    "designate",
    "domains_of",
    "end_delegation",
    "extend",
    "forget_devices",
    "is_known_device",
    "leave",
    "note_opened",
    "object_to",
    "open_link",
    "pass_on",
    "pass_on_to_new",
    "propose_slots",
    "proposed",
    "record_refusal",
    "record_signature",
    "record_withdrawal",
    "refuse",
    "release",
    "remember_device",
    "remind",
    "replace",
    "return_with_comments",
    "send",
    "send_back",
    "send_code",
    "sign",
    "void_slot",
    "waiting_for",
    "withdraw",
]
