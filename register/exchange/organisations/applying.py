"""Writing what a plan of bodies says through the service of the directory; a few statements a chunk."""

from __future__ import annotations

import json
from dataclasses import asdict

from register.directory.models import Partnership
from register.directory.services.listed import Listed, take_in_bodies
from register.documents.models import Note
from register.documents.services.notes import write_note
from register.exchange.kinds import Effects
from register.exchange.matching import Directory
from register.exchange.models import ImportedBody
from register.exchange.organisations.plan import BodyChunk, BodyPlan


def apply_bodies(
    *, by, partnership: Partnership, source: str, came_from: str, plan: BodyChunk,
    directory: Directory,
) -> Effects:  # fmt: skip
    """Write a chunk's plan inside the act that is open.

    Gives what was written, as `register.exchange.organisations.taking_back` reads it.
    """
    writing = [body for body in plan.bodies.values() if body.writes]
    effects: Effects = {}
    if writing:
        listed = [_listed(body) for body in writing]
        done = take_in_bodies(by=by, partnership=partnership, listed=listed, came_from=came_from)
        effects = asdict(done)
    effects["notes"] = [
        note.pk
        for body in plan.bodies.values()
        if body.successors and (note := _note_successors(by, body, came_from))
    ]
    effects["remembered"] = _remember(partnership, source, list(plan.bodies.values()))
    return effects


def _listed(body: BodyPlan) -> Listed:
    return Listed(body.body, body.facts, body.names, body.numbers, body.membership)


def _note_successors(by, body: BodyPlan, came_from: str) -> Note | None:
    """Who followed it is kept as a note: what passes to whom is for a succession to say."""
    text = f"{came_from} names as its successor: {'; '.join(body.successors)}."
    if Note.objects.filter(organisation=body.body, text=text).exists():
        return None
    return write_note(by=by, organisation=body.body, text=text)


def _remember(partnership: Partnership, source: str, bodies: list[BodyPlan]) -> list[list]:
    """Keep what the list said; gives the rows with what they said before, nothing for new ones."""
    before, new, changed = [], [], []
    for body in bodies:
        text = json.dumps(body.said, ensure_ascii=False, sort_keys=True)
        row = body.held
        if row is None:
            new.append(
                ImportedBody(
                    partnership=partnership, source=source, key=body.row_key,
                    organisation_id=body.body.pk, said_text=text,
                )
            )  # fmt: skip
        elif (row.said_text, row.organisation_id) != (text, body.body.pk):
            before.append([row.pk, row.organisation_id, row.said_text])
            row.said_text, row.organisation_id = text, body.body.pk
            changed.append(row)
    ImportedBody.objects.bulk_update(changed, ["said_text", "organisation_id"], batch_size=500)
    before += [[row.pk, None, ""] for row in ImportedBody.objects.bulk_create(new)]
    return before
