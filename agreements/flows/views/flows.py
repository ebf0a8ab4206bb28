"""The flows of a draft: the list, one flow with its pages, adding, copying, removing, moving."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agreements.flows.facts import FlowFacts, flows_of
from agreements.flows.models import Flow
from agreements.flows.progress import progress_of
from agreements.flows.services import flows as services
from agreements.flows.views.finding import agreement_draft, flow_address, flow_or_404, list_address
from agreements.flows.views.offers import offers_for
from agreements.flows.views.pages import columns_of, form_for
from register.documents.forms.life import ConfirmForm
from register.documents.models import Version
from register.documents.rulebook import Finding
from register.documents.rules import broken_by
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.rows import move_page

FIRST = (
    "title", "identifiability", "direction", "use_kind", "purpose_of", "purpose", "necessity", "asset"
)  # fmt: skip


@require_safe
def flows(request: HttpRequest, ref: str) -> HttpResponse:
    """The flows in order, each with its ends, how far its pages are, and what the rules say."""
    version = agreement_draft(request, ref)
    found = flows_of([version.pk]).get(version.pk, [])
    said = findings_by_flow(version)
    rows = [_row(version, facts, said) for facts in found]
    context = {
        "title": "Information flows",
        "version": version,
        "document": version.document,
        "rows": rows,
        "complete": sum(row["is_complete"] for row in rows),
    }
    return render(request, "flows/flows.html", context)


@require_safe
def flow(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """The pages of one flow, each with how far it is, and what the rules say of it."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    pages = [
        (each, flow_address(version, facts.flow, each.page.code)) for each in progress_of(facts)
    ]
    context = {
        "title": facts.flow.title,
        "facts": facts,
        "flow": facts.flow,
        "version": version,
        "document": version.document,
        "pages": pages,
        "findings": [
            (_end_of(each, facts), each)
            for each in findings_by_flow(version).get(str(facts.flow.lineage), [])
        ],
    }
    return render(request, "flows/flow.html", context)


@asks
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a flow: what moves. Its other pages follow."""
    version = agreement_draft(request, ref)
    new = Flow(version=version)
    offers = offers_for(version)

    def act(asked="", **values):
        if not Flow(identifiability=values["identifiability"]).is_personal:
            values["necessity"] = ""
        return services.add_flow(by=request.user, version=version, **columns_of(values))

    return task_page(
        request, version, form_for(FIRST, new, offers, changes=False), "Add a flow",
        initial={"direction": new.direction}, act=act,
        to=lambda made: flow_address(version, made, "who"), back=list_address(version),
        template="flows/page.html",
    )  # fmt: skip


@asks
def copy(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """Add a copy of a flow, and open it."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    if request.method != "POST":
        return redirect(flow_address(version, facts.flow))
    made = services.copy_flow(by=request.user, flow=facts.flow)
    messages.success(request, f"“{facts.flow.title}” is copied. Change here what differs.")
    return redirect(flow_address(version, made, "what"))


@asks
def remove(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """Remove a flow, once it is confirmed."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    to = list_address(version)
    return task_page(
        request, version, ConfirmForm, "Remove this flow?",
        act=lambda: services.remove_flow(by=request.user, flow=facts.flow), to=to, back=to,
        done=f"Removed: {facts.flow.title}.",
        context={
            "intro": f"“{facts.flow.title}” leaves the draft with its law and its items of data. "
            "What it said stays in the history.",
            "button": "Remove this flow",
            "danger": True,
            "unsaved_page": "",
        },
    )  # fmt: skip


@asks
def move(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """Move a flow up or down."""
    version = agreement_draft(request, ref)
    facts = flow_or_404(version, lineage)
    return move_page(request, facts.flow, to=list_address(version))


def findings_by_flow(version: Version) -> dict[str, list[Finding]]:
    """What the rules say of each flow of a draft, by the flow's lineage."""
    said: dict[str, list[Finding]] = defaultdict(list)
    for finding in broken_by(version):
        if finding.where.lineage:
            said[finding.where.lineage].append(finding)
    return said


def _end_of(finding: Finding, facts: FlowFacts) -> str:
    """The end that a finding is about, as the page of its flow names it; nothing of the whole flow."""
    return finding.where.words.removeprefix(facts.words).lstrip(", ").capitalize()


def _row(version: Version, facts: FlowFacts, said: dict[str, list[Finding]]) -> dict:
    pages = progress_of(facts)
    findings = said.get(str(facts.flow.lineage), [])
    done = sum(page.is_complete for page in pages)
    return {
        "facts": facts,
        "flow": facts.flow,
        "pages": len(pages),
        "done": done,
        "is_complete": done == len(pages),
        "next": next(
            (
                flow_address(version, facts.flow, page.page.code)
                for page in pages
                if not page.is_complete
            ),
            "",
        ),
        "bars": sum(finding.is_bar for finding in findings),
        "warnings": sum(not finding.is_bar for finding in findings),
    }
