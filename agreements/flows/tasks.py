"""The pages on flows in the task list of a draft."""

from __future__ import annotations

from agreements.flows.facts import flows_of
from agreements.flows.models import PartyGroup
from agreements.flows.progress import is_complete
from register.documents.models import Version
from register.documents.tasks import COMPLETE, IN_PROGRESS, NOT_STARTED, OPTIONAL, MoreTask


def flows_status(version: Version) -> str:
    """How far the flows of a draft are: complete once every page of every flow is."""
    flows = flows_of([version.pk]).get(version.pk, [])
    if not flows:
        return NOT_STARTED
    return COMPLETE if all(map(is_complete, flows)) else IN_PROGRESS


def groups_status(version: Version) -> str:
    """Whether a draft names groups of parties."""
    return COMPLETE if PartyGroup.objects.filter(version=version).exists() else OPTIONAL


TASKS = (
    MoreTask(
        "groups",
        "Groups of parties",
        "flows:groups",
        groups_status,
        "Many bodies that join by a form, without a new version",
    ),
    MoreTask(
        "flows",
        "Information flows",
        "flows:flows",
        flows_status,
        "Who gives what to whom, on what basis, how, and for how long it is kept",
    ),
)
