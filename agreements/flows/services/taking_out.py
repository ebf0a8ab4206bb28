"""Taking out flows that came in from a sheet, many at a time, with everything that hangs on them."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.flows.models import Flow
from agreements.flows.services.admitting import lock_open
from register.documents.models import Content
from register.documents.services.keeping_up import keep_up
from register.ledger.acts import act, bulk_delete


def take_flows_out(*, by, flows: Iterable[int], reason: str) -> int:
    """Take flows out of drafts and entries of an old register, by their keys, in one act: a constant
    number of statements for each 500. Says how many went.

    Raises ValidationError for a version whose text is closed, see `admitting.why_closed`.
    """
    rows = list(Flow.objects.filter(pk__in=list(flows)).select_related("version").order_by("pk"))
    if not rows:
        return 0
    with act(by=by, verb="flow.removed", reason=reason) as this:
        documents = lock_open(by, {row.version_id: row.version.document_id for row in rows})
        this.subject = next(iter(documents.values())).partnership
        this.detail["flows"] = len(rows)
        for row in rows:
            row.version.document = documents[row.version.document_id]
        for model, link in _hanging():
            bulk_delete(model._default_manager.filter(**{f"{link}__in": rows}).order_by("pk"))
        bulk_delete(rows)
        keep_up(sorted(documents))
    return len(rows)


def _hanging() -> list[tuple[type[Content], str]]:
    """What hangs on a flow: models of content, and the name of their link to it."""
    return [
        (model, link.name)
        for model in Content.kinds()
        for link in model.content_links()
        if link.related_model is Flow
    ]
