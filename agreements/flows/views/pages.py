"""The short pages of a flow: each asks what the earlier answers make relevant, and goes on to the next."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from agreements.flows.facts import FlowFacts
from agreements.flows.forms.pages import Offers, page_form
from agreements.flows.forms.wording import WORDINGS
from agreements.flows.models import Flow, FlowSide, Side
from agreements.flows.pages import PAGES, Page, names_asked, page_after
from agreements.flows.progress import answer, law_of
from agreements.flows.purposes import key_of, read_key
from agreements.flows.relevance import Answers, always
from agreements.flows.said import answers_of
from agreements.flows.services.answers import answer_flow, answer_law
from agreements.flows.views.finding import agreement_draft, flow_address, flow_in, flow_or_404
from agreements.flows.views.offers import law_offers, offers_for
from register.documents.models import Version
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page
from register.documents.views.rows import gone

# Asked by pages of their own.
ROWS = {"items", "providers", "recipients"}


@asks
def page(request: HttpRequest, ref: str, lineage: UUID, code: str) -> HttpResponse:
    """One short page of a flow."""
    version = agreement_draft(request, ref)
    facts = flow_in(version, lineage)
    if facts is None:
        return gone(request)
    shown = next(each for each in PAGES if each.code == code)
    law = law_of(facts, shown)
    if law is not None:
        return _law_page(request, facts, shown, law)
    answers = answers_of(facts)
    if not shown.asked(answers):
        return _not_asked(request, version, facts, shown)
    names = asked_on(request, shown, answers, facts)
    address = flow_address(version, facts.flow, code)
    offers = offers_for(version, facts, address) if code == "what" else Offers()

    def act(asked="", row_version=None, **values):
        cleared = answer_flow(
            by=request.user, flow=facts.flow, row_version=row_version, **columns_of(values)
        )
        tell(request, cleared)

    return flow_page(
        request, version, facts, shown, names, form_for(names, facts.flow, offers), act,
        initial=_initial(facts.flow, names),
    )  # fmt: skip


def _law_page(request: HttpRequest, facts: FlowFacts, shown: Page, law: FlowSide) -> HttpResponse:
    version = facts.flow.version
    if not facts.flow.is_personal:
        return _not_asked(request, version, facts, shown)
    other = facts.provider.law
    is_copy = shown.code == Side.RECIPIENT and "same" in request.GET and other is not None
    source = other if is_copy and other is not None else law
    names = asked_on(request, shown, answers_of(facts, shown.code, source), facts)
    offers = law_offers(facts, source)

    def act(asked="", row_version=None, **values):
        tell(request, answer_law(by=request.user, law=law, row_version=row_version, **values))

    initial = _initial(source, names) | {"row_version": law.row_version}
    end = facts.end(shown.code)
    context = {"end": end, "same": shown.code == Side.RECIPIENT and not is_copy, "is_copy": is_copy}
    return flow_page(
        request, version, facts, shown, names, form_for(names, source, offers), act,
        initial=initial, context=context,
    )  # fmt: skip


def flow_page(
    request: HttpRequest, version: Version, facts: FlowFacts, shown: Page, names: Sequence[str],
    make, act, *, context: dict | None = None, template: str = "flows/page.html", **words,
) -> HttpResponse:  # fmt: skip
    """A short page of a flow; saved, it goes on to what its answers ask next."""
    place = f"{version.document.reference} · flow {facts.number}, {facts.flow.title}"
    context = {"facts": facts, "page": shown, "caption": place, **(context or {})}
    context["more"] = _more(request, names)
    return task_page(
        request, version, make, shown.heading, act=act, template=template,
        to=lambda _: _onwards(request, version, facts, shown, names),
        back=flow_address(version, facts.flow), context=context, **words,
    )  # fmt: skip


def form_for(
    names: Sequence[str], row: Flow | FlowSide, offers: Offers, *, changes: bool = True
) -> type[BaseForm]:
    """The form of some questions of a flow, or of the law at one of its ends."""
    return page_form([name for name in names if name not in ROWS], row, offers, changes=changes)


def columns_of(values: dict) -> dict:
    """What a form said as values of columns: a purpose is kept by its protocol and lineage."""
    if "purpose_of" in values:
        document, lineage = read_key(values.pop("purpose_of"))
        values |= {"purpose_document_id": document, "purpose_lineage": lineage}
    return values


def asked_on(
    request: HttpRequest, shown: Page, answers: Answers, facts: FlowFacts
) -> tuple[str, ...]:
    """The questions of a page: what the answers make relevant, and what is answered all the same.

    A form that was sent has the questions that it was opened with.
    """
    known = [question.name for question in shown.questions]
    if request.method == "POST" and "asked" in request.POST:
        sent = set(request.POST["asked"].split())
        return tuple(name for name in known if name in sent)
    relevant = set(names_asked(shown, answers))
    return tuple(
        name
        for name in known
        if name in relevant or (name not in ROWS and answer(facts, shown, name))
    )


def tell(request: HttpRequest, cleared: list[str]) -> None:
    """Say what an act cleared."""
    if cleared:
        messages.info(request, f"No longer asked, so cleared: {', '.join(cleared)}.")


def _onwards(
    request: HttpRequest, version: Version, facts: FlowFacts, shown: Page, names: Sequence[str]
) -> str:
    now = flow_or_404(version, facts.flow.lineage)
    answers = answers_of(now, shown.code if shown.is_law else Side.PROVIDER)
    # A question that every flow is asked and this form did not have, such as the purpose of a
    # protocol where none stands above, has nothing to choose from: it does not follow from answers.
    unconditional = {question.name for question in shown.questions if question.asked is always}
    new = [
        name
        for name in names_asked(shown, answers)
        if not (name in names or name in ROWS or name in unconditional or answer(now, shown, name))
    ]
    if new:
        return f"{flow_address(version, facts.flow, shown.code)}?more={','.join(new)}"
    following = page_after(shown.code, answers)
    return flow_address(version, facts.flow, following.code if following else "flow")


def _more(request: HttpRequest, names: Sequence[str]) -> list[tuple[str, str]]:
    """The questions that have just come up, each with the place where it stands on the page."""
    new = [name for name in request.GET.get("more", "").split(",") if name in names]
    words = [(name, WORDINGS[name]) for name in new if name in WORDINGS]
    return [
        (f"question-{name}" if each.look in {"radios", "ticks"} else f"id_{name}", each.label)
        for name, each in words
    ]


def _initial(row: Flow | FlowSide, names: Sequence[str]) -> dict:
    said = {name: getattr(row, name) for name in names if hasattr(row, name)}
    if isinstance(row, Flow) and "purpose_of" in names:
        said["purpose_of"] = key_of(row.purpose_document_id, row.purpose_lineage)
    return said | {"row_version": row.row_version}


def _not_asked(
    request: HttpRequest, version: Version, facts: FlowFacts, shown: Page
) -> HttpResponse:
    messages.info(request, f"“{shown.heading}” is not asked of this flow.")
    return redirect(flow_address(version, facts.flow))
