"""What advice shows on the page of an entry: for its drafters, and for each body its own and the lead's."""

from __future__ import annotations

from register.accounts.roles import READ_FOR
from register.advice.kinds import kind_of
from register.advice.models import Advice
from register.advice.standing import advice_on, last_of
from register.directory.reach import reach_of
from register.documents.models import Version
from register.documents.panels import Panel
from register.documents.permissions import may_edit


def advice_panel(user, version: Version) -> Panel | None:
    """Who advised and decided what, the newest answer of each kind and body; one statement."""
    rows = _readable(user, version, list(last_of(advice_on(version)).values()))
    if not rows:
        return None
    return Panel(
        heading="Advice and decisions",
        template="advice/_advice.html",
        context={
            "rows": [(row, kind_of(row.request.kind)) for row in rows],
            "may_edit": may_edit(user, version.document),
        },
    )


def _readable(user, version: Version, rows: list[Advice]) -> list[Advice]:
    reach, document = reach_of(user), version.document
    reads_all = reach.sees_everything or document.partnership_id in reach.whole
    if reads_all or may_edit(user, document):
        return rows
    own = reach.bodies(READ_FOR)
    # The lead's word counts for everybody who is bound; what others were advised is their own.
    is_bound = bool(own & {row.request.organisation_id for row in rows}) or _is_party(version, own)
    shown = own | ({document.lead_id} if is_bound else set())
    return [row for row in rows if row.request.organisation_id in shown]


def _is_party(version: Version, bodies: set[int]) -> bool:
    return version.party_rows.filter(organisation_id__in=bodies).exists()
