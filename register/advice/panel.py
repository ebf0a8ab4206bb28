"""What advice shows on the pages of an entry: for its drafters, and for each body its own and the lead's."""

from __future__ import annotations

from django.urls import reverse

from register.accounts.roles import READ_FOR
from register.advice.kinds import DATA_PROTECTION, kind_of, weighing_kinds
from register.advice.models import Advice
from register.advice.permissions import may_read_words
from register.advice.progress import status_of
from register.advice.rules import TASK
from register.advice.standing import advice_on, last_of
from register.directory.reach import reach_of
from register.documents.bound import records_bound
from register.documents.models import Version
from register.documents.panels import Panel, TaskLine
from register.documents.permissions import may_edit


def advice_panel(user, version: Version) -> Panel | None:
    """Who advised and decided what, the newest answer of each kind and body."""
    given = list(last_of(advice_on(version)).values())
    rows = _readable(user, version, given) if given else []
    if not rows:
        return None
    return Panel(
        heading="Advice and decisions",
        template="advice/_advice.html",
        context={
            "rows": [(row, kind_of(row.request.kind), _opens(user, version, row)) for row in rows],
            "may_edit": may_edit(user, version.document),
        },
    )


def advice_task(version: Version) -> TaskLine:
    """How far the advice on a draft is; what is missing the rules say."""
    url = reverse("advice:entry", args=[version.document.reference])
    hint = "Who advises and decides before it is signed, and what they said"
    status = status_of(version)
    return TaskLine(TASK, "Advice and decisions", url, status, hint, is_answer=False)


def _readable(user, version: Version, rows: list[Advice]) -> list[Advice]:
    reach, document = reach_of(user), version.document
    reads_all = reach.sees_everything or document.partnership_id in reach.whole
    if reads_all or may_edit(user, document):
        return rows
    own = reach.bodies(READ_FOR)
    # What the lead was advised on data protection, and decided, counts for everybody who is bound;
    # what others were advised is their own.
    of_lead = {DATA_PROTECTION, *weighing_kinds()} if _is_party(version, own) else set()
    return [
        row
        for row in rows
        if row.request.organisation_id in own
        or (row.request.organisation_id == document.lead_id and row.request.kind in of_lead)
    ]


def _opens(user, version: Version, row: Advice) -> bool:
    """Whether the reader may open the paper that an answer was recorded from."""
    row.request.version = version
    return may_read_words(user, row.request)


def _is_party(version: Version, bodies: set[int]) -> bool:
    return not bodies.isdisjoint(records_bound(version))
