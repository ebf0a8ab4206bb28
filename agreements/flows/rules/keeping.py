"""What happens afterwards: how long it is kept, how it is disposed of, and who gets it next."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.flows.models import Onward
from agreements.flows.rules.examined import TASK, personal
from register.documents.case import Case
from register.documents.rulebook import Where, rule


@rule("F71", bar=False, task=TASK, source="UK GDPR, Article 5(1)(e)")
def it_says_from_when_and_how_long_it_is_kept(case: Case) -> Iterator[Where]:
    """Say how long it is kept and from when, or name the retention schedule."""
    for flow in personal(case):
        row = flow.flow
        if row.retention_reference.strip():
            continue
        missing = [] if row.retention_period.strip() else ["for how long"]
        missing += [] if row.retention_trigger.strip() else ["from which event"]
        if missing:
            yield flow.at(f"Not said: {' and '.join(missing)}.")


@rule("F72", bar=False, task=TASK, source="UK GDPR, Article 5(1)(e); ICO data sharing code")
def it_says_how_it_is_disposed_of(case: Case) -> Iterator[Where]:
    """Say what happens to it at the end: deleted, returned, destroyed or archived."""
    return (flow.at() for flow in personal(case) if not flow.flow.disposal)


@rule("F73", bar=False, task=TASK, source="UK GDPR, Article 5(1)(b); ICO data sharing code")
def it_says_whether_it_goes_further(case: Case) -> Iterator[Where]:
    """Say whether the recipients may pass it on."""
    return (flow.at() for flow in personal(case) if not flow.flow.onward)


@rule("F74", bar=False, task=TASK, source="ICO data sharing code")
def those_who_get_it_next_are_named(case: Case) -> Iterator[Where]:
    """Name those to whom it may be passed on, and on what terms."""
    for flow in personal(case):
        if flow.flow.onward == Onward.NAMED and not flow.flow.onward_to.strip():
            yield flow.at()


RULES = (
    it_says_from_when_and_how_long_it_is_kept,
    it_says_how_it_is_disposed_of,
    it_says_whether_it_goes_further,
    those_who_get_it_next_are_named,
)
