"""Which agreements rest on a row of law, or serve a purpose that is reworded."""

from __future__ import annotations

from agreements.flows.models import Citation, Flow
from charters import ripples as framework
from register.core import ripple
from register.core.ripple import Cause, Touch
from register.documents.models import Version
from register.documents.ripples import below, living, touches_of

LAW = "law"


def plug_in() -> None:
    """Answer wherever a change of law or of a purpose asks whom it touches."""
    ripple.FINDERS[LAW].append(law_touches)
    finders = ripple.FINDERS[framework.PURPOSE]
    finders[finders.index(framework.purpose_touches)] = purpose_touches


def law_touches(cause: Cause) -> list[Touch]:
    """A row of a list that changes or lapses (the key is “list:code”): the agreements that cite it."""
    list_code, _, code = cause.key.partition(":")
    cited = Citation.objects.filter(list_code=list_code, code=code).values("document_id")
    return touches_of(living().filter(pk__in=cited), "One of its information flows rests on it.")


def purpose_touches(cause: Cause) -> list[Touch]:
    """Purposes reworded or dropped (`pk` is the version): agreements whose flows serve them.

    An agreement under the protocol that names no purpose at all may serve any, and is touched too.
    """
    version = Version.objects.select_related("document").get(pk=cause.pk)
    under = living().filter(below([version.document]))
    naming = Flow.objects.filter(purpose_document=version.document)
    serving = naming.filter(purpose_lineage__in=_changed(version))
    silent = under.exclude(pk__in=naming.values("version__document_id"))
    return [
        *touches_of(
            living().filter(pk__in=serving.values("version__document_id")),
            "One of its information flows serves a purpose that differs.",
        ),
        *touches_of(silent, "It stands under this protocol and names no purpose."),
    ]


def _changed(version: Version) -> set[str]:
    older = version.document.versions.filter(number__lt=version.number, in_force_on__isnull=False)
    before = older.order_by("number").last()
    return framework.changed_rows(version, before) if before else set()
