"""How long each kind of record is kept, changed with a reason; and what goes without a list."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.dates import add_months, today
from register.core.verdicts import require
from register.ledger.models import RetentionRule
from register.ledger.retention import MESSAGES, change_rule, erase_old_access, rule_for, rules
from register.records.due import old_messages
from register.records.permissions import may_change_rules

BY = "system:retention"


def set_rule(*, by, kind: str, months: int, reason: str) -> RetentionRule:
    """Keep a kind of record for so many months from now on, with the reason."""
    require(may_change_rules(by))
    if kind not in {rule.kind for rule in rules()}:
        raise ValidationError(f"There is no kind of record “{kind}”.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is kept for so long."})
    return change_rule(by=by, kind=kind, months=months, reason=reason)


def erase_what_is_over() -> int:
    """Erase access events, addresses, browsers and the words of sent messages that are over; how many."""
    return erase_old_access(by=BY) + _empty_messages()


def _empty_messages() -> int:
    """Empty messages that went or were given up long ago; their keys stay, so that none goes twice."""
    rows = old_messages(add_months(today(), -rule_for(MESSAGES).months))
    return rows.update(to="", reply_to="", subject="", text="", html="")
