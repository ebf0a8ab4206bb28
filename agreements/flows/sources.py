"""The versions of other agreements whose flows somebody may copy."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from agreements.flows.models import Flow
from register.accounts.roles import EDIT_ALL, EDIT_FOR
from register.directory.reach import reach_of
from register.documents.lifecycle import EDITABLE, GOVERNING
from register.documents.models import Document, Version

FOUND_LIMIT = 50


def sources_for(by, version: Version, search: str = "") -> QuerySet[Version]:
    """Versions with flows that a login may read: in force, and drafts of agreements that it keeps."""
    reach = reach_of(by)
    kept = Q(document__partnership_id__in=reach.by_partnership.get(EDIT_ALL, set()))
    kept |= Q(document__lead_id__in=reach.bodies(EDIT_FOR))
    drafts = Q(state__in=EDITABLE) & (Q(pk__isnull=False) if reach.sees_everything else kept)
    rows = Version.objects.filter(Q(state__in=GOVERNING) | drafts)
    rows = rows.filter(document__in=Document.objects.visible_to(by).of_tier(3))
    rows = rows.filter(Exists(Flow.objects.filter(version_id=OuterRef("pk"))))
    if search:
        rows = rows.filter(Q(title__icontains=search) | Q(document__reference__icontains=search))
    return (
        rows.exclude(pk=version.pk)
        .select_related("document")
        .order_by("document__reference", "number")
    )


def counts_of(versions: QuerySet[Version]) -> dict[int, int]:
    """How many flows each version has."""
    rows = Flow.objects.filter(version__in=versions).order_by().values("version_id")
    return {row["version_id"]: row["count"] for row in rows.annotate(count=Count("pk"))}
