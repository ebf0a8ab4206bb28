"""The page of a document, and of each of its versions."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.documents.body import body_of
from register.documents.life import LIFE_ACTS, offered
from register.documents.models import Document, Version
from register.documents.panels import NextStep, panels_of
from register.documents.permissions import (
    may_edit,
    may_read_notes,
    may_start_any,
    readable_versions,
)
from register.documents.place import place_of
from register.documents.standing import Standing, is_draft, steps_of
from register.documents.timeline import last_lines
from register.documents.views.finding import document_or_404, standing_of


@require_safe
def document(request: HttpRequest, ref: str) -> HttpResponse:
    """A document as it stands: what governs, else what is being prepared."""
    found = document_or_404(request, ref)
    standing = standing_of(request, found)
    if standing.shown is None:
        raise Http404("It has no version that you may read.")
    context = _version_page(request, standing, standing.shown)
    context |= _about(request, standing) | _acts(request, standing, context["panels"])
    return render(request, "documents/document.html", context)


@require_safe
def version(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """One version as it was signed, or as it is drafted."""
    standing = standing_of(request, document_or_404(request, ref))
    chosen = next((v for v in standing.versions if v.number == number), None)
    if chosen is None:
        raise Http404("There is no such version, or you may not read it.")
    return render(request, "documents/version.html", _version_page(request, standing, chosen))


def body_shown(version: Version) -> dict:
    """The canonical body of a version: the stored bytes where it is frozen, else as it stands."""
    if version.frozen_at is None:
        return body_of(version)
    return json.loads(bytes(version.body.content))


def _version_page(request: HttpRequest, standing: Standing, version: Version) -> dict:
    panels = panels_of(request.user, version)
    said = [panel.sentence for panel in panels if panel.sentence]
    return {
        "title": version.title,
        "document": standing.document,
        "version": version,
        "standing": standing,
        "status": standing.status(version),
        "sentences": [*said, *standing.sentences(version)],
        "steps": steps_of(version),
        "body": body_shown(version),
        "is_headings_only": request.GET.get("form") == "headings",
        "panels": panels,
        "place": place_of(request.user, standing.document),
    }


def _about(request: HttpRequest, standing: Standing) -> dict:
    document = standing.document
    reads_notes = may_read_notes(request.user, document=document)
    return {
        "may_edit": may_edit(request.user, document),
        "attachments": _attachments(document),
        "references": list(document.external_references.order_by("pk")),
        "copied_from": _copied_from(request, document),
        "tags": list(document.tags.order_by("word")),
        "notes": _notes(document) if reads_notes else None,
        "extras": sorted(json.loads(document.extras).items()) if document.extras else [],
        "lines": last_lines(request.user, standing, limit=5),
    }


def _acts(request: HttpRequest, standing: Standing, panels) -> dict:
    acts = offered(request.user, standing)
    step = _next_step(standing, panels)
    return {
        "next_step": step if may_edit(request.user, standing.document) else None,
        "may_check": may_edit(request.user, standing.document) and is_draft_ahead(standing),
        "acts": [act for act in acts if step is None or act.code not in step.url],
        "may_copy": may_start_any(request.user, standing.document.partnership),
        "revise": LIFE_ACTS["revise"].verdict(request.user, standing),
    }


def is_draft_ahead(standing: Standing) -> bool:
    """Whether a draft is in preparation that may be checked and sent for signature."""
    return standing.preparing is not None and is_draft(standing.preparing)


def _next_step(standing: Standing, panels) -> NextStep | None:
    reference = standing.document.reference
    for panel in panels:
        if panel.next_step is not None:
            return panel.next_step
    if is_draft_ahead(standing):
        return NextStep("Continue the draft", reverse("documents:draft", args=[reference]))
    if standing.governing and standing.status() == "unconfirmed":
        act = LIFE_ACTS["confirm"]
        return NextStep(act.button, reverse(f"documents:{act.code}", args=[reference]))
    return None


def _copied_from(request: HttpRequest, document: Document) -> Version | None:
    """The version that an entry began as a copy of, where the reader may read it."""
    if document.copied_from_id is None:
        return None
    visible = Document.objects.visible_to(request.user)
    if (source := visible.filter(versions=document.copied_from_id).first()) is None:
        return None
    return readable_versions(request.user, source).filter(pk=document.copied_from_id).first()


def _attachments(document: Document) -> list:
    rows = document.attachments.filter(removed_at__isnull=True).select_related("file")
    return list(rows.order_by("-pk"))


def _notes(document: Document) -> list:
    return list(document.notes.select_related("writer").order_by("-on", "-pk"))
