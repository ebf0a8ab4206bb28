"""What a consultation adds to the page of a document and to the task list of a draft."""

from __future__ import annotations

from django.urls import reverse

from register.consultation.permissions import (
    as_editor,
    consultee_of,
    may_read,
    may_respond,
    may_settle,
)
from register.consultation.standing import figures_of
from register.documents.lifecycle import State
from register.documents.models import Version
from register.documents.panels import Panel, TaskLine


def consultation_panel(user, version: Version) -> Panel | None:
    """What came of it, with the way to read and comment; for those who may know of the draft.

    A version that is issued shows it where there are comments to be read again.
    """
    if version.is_admitted or not may_read(user, version):
        return None
    figures = figures_of(version)
    if not version.is_editable and not figures.comments:
        return None
    context = {
        "version": version,
        "reference": version.document.reference,
        "figures": figures,
        "is_open": version.state == State.CONSULTATION,
    }
    if version.is_editable:
        context |= {
            "consultee": consultee_of(user, version),
            "may_respond": may_respond(user, version),
            "may_settle": may_settle(user, version),
            "is_editor": bool(as_editor(user, version.document)),
        }
    return Panel("Consultation", "consultation/_panel.html", context)


def comments_task(version: Version) -> TaskLine | None:
    """The line of the task list: how many comments wait, and who has not responded."""
    if version.is_admitted:
        return None
    figures = figures_of(version)
    if figures.unsettled or figures.asked > figures.responded:
        status = "In progress"
    else:
        status = "Complete" if figures.comments or figures.asked else "Optional"
    hint = figures.sentence or "Ask people to read the draft, and answer what they say"
    url = reverse("consultation:comments", args=[version.document.reference])
    heading = "Consultation and comments"
    return TaskLine("comments", heading, url, status, hint, is_answer=False)
