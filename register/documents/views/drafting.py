"""A draft as a task list, its first and last short pages, and the check before it is sent."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.documents import steps
from register.documents.answers import cards_of
from register.documents.forms.drafting import CommencementForm, TitleForm, values_of
from register.documents.forms.starting import place_edit_form
from register.documents.lifecycle import EDITABLE
from register.documents.models import Version
from register.documents.permissions import may_place
from register.documents.rules import broken_by
from register.documents.services.drafting import change_version
from register.documents.tasks import groups_of, lines_of, rule_url
from register.documents.tiers import TIERS
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import draft_or_refusal

TITLE = ("title", "kind", "label", "changes")
COMMENCEMENT = ("commencement", "commencement_on", "ends_on", "shared_since", "shared_since_reason")


@require_safe
def draft(request: HttpRequest, ref: str) -> HttpResponse:
    """The task list of a draft."""
    version = draft_or_refusal(request, ref)
    groups = groups_of(version)
    lines = [line for _, group in groups for line in group]
    context = {
        "title": version.title,
        "version": version,
        "document": version.document,
        "groups": groups,
        "complete": sum(line.is_complete for line in lines),
        "asked": sum(line.status != "Optional" for line in lines),
    }
    return render(request, "documents/draft.html", context)


@require_safe
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Every answer of a draft with the way to change it, and what bars sending it."""
    version = draft_or_refusal(request, ref)
    return render(request, "documents/check.html", _check_context(version))


@asks
def title(request: HttpRequest, ref: str) -> HttpResponse:
    """Title and kind."""
    version = draft_or_refusal(request, ref)
    kind_list = TIERS[version.document.tier].kind_list
    return task_page(
        request, version, partial(TitleForm, kind_list=kind_list), "Title and kind",
        initial=values_of(version, TITLE),
        act=partial(change_version, by=request.user, version=version),
    )  # fmt: skip


@asks
def commencement(request: HttpRequest, ref: str) -> HttpResponse:
    """When it comes into force and when it ends."""
    version = draft_or_refusal(request, ref)
    return task_page(
        request, version, CommencementForm, "Coming into force and ending",
        initial=values_of(version, COMMENCEMENT),
        act=partial(change_version, by=request.user, version=version),
    )  # fmt: skip


@asks
def place(request: HttpRequest, ref: str) -> HttpResponse:
    """Where it stands in the three tiers."""
    version = draft_or_refusal(request, ref)
    document = version.document
    room = TIERS[document.tier].place
    if room is None:
        return redirect("documents:draft", ref)
    require(may_place(request.user, document))
    initial = room.initial(document)

    def make(data=None, files=None, initial=None):
        return place_edit_form(room)(
            data, files, initial=initial, user=request.user, partnership=document.partnership,
            document=document,
        )  # fmt: skip

    return task_page(
        request, version, make, "Where it stands", initial=initial,
        act=partial(room.save, by=request.user, document=document),
    )  # fmt: skip


def task_page(request: HttpRequest, version: Version, make, title: str, **words) -> HttpResponse:
    """One short page of a draft; it goes back to the task list, or to the check that it came from."""
    reference = version.document.reference
    to = reverse("documents:draft", args=[reference])
    if request.GET.get("from") == "check":
        to = reverse("documents:check", args=[reference])
    words.setdefault("to", to)
    words.setdefault("back", to)
    words["context"] = {
        "document": version.document,
        "version": version,
        "caption": f"{reference} · version {version.number}",
        **words.get("context", {}),
    }
    return edit_page(request, make, title=title, button="Save and continue", **words)


def _check_context(version: Version) -> dict:
    document = version.document
    broken = [(finding, rule_url(version, finding)) for finding in broken_by(version)]
    lines = lines_of(version)
    bars = [(finding.says, url) for finding, url in broken if finding.is_bar]
    stops = [(problem, line.url) for line in lines for problem in line.problems]
    stops += [(f.says, url) for f, url in broken if f.is_bar and f.rule.is_absolute]
    slots = next((ask([version.pk]).get(version.pk, (0, 0)) for ask in steps.SIGNED_COUNTS), (0, 0))
    return {
        "title": "Check before you send",
        "version": version,
        "document": document,
        "cards": cards_of(version, lines),
        "bars": [*bars, *(stop for stop in stops if stop not in bars)],
        # What no reason overrides: there would be nothing to sign, or nowhere.
        "is_stopped": bool(stops),
        "warnings": [(finding.says, url) for finding, url in broken if not finding.is_bar],
        "slots": slots[1],
        "may_send": version.state in EDITABLE,
    }
