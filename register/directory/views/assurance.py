"""Pages about what makes a body safe to share with: its facts, and whose assurance ends soon."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from register.core.ripple import Cause, Touch, touched_for
from register.core.verdicts import require
from register.directory.assurance_kinds import KINDS, Asked
from register.directory.assurance_lines import earlier_facts, section_of
from register.directory.forms.assurance import ConfirmForm, EndFactForm, FactForm
from register.directory.models import Assurance, AssuranceFact, Organisation
from register.directory.permissions import may_maintain
from register.directory.services import assurance as services
from register.directory.views.conversation import asks, body_or_404
from register.ui.pages import form_page


@asks
def record_fact(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """The questions of one kind of fact, what stood before, and what hangs on it."""
    body, asked = _body_and_kind(request, pk, fact)
    standing = AssuranceFact.objects.standing().filter(organisation=body, kind=fact).first()
    version = _row_version(body)
    held = _answers(body, standing, asked)
    return form_page(
        request,
        partial(FactForm, asked=asked, held=held.get("value") or ""),
        act=partial(services.record_fact, by=request.user, organisation=body, kind=fact),
        title=f"{asked.heading} of {body.called}",
        button="Record the fact",
        done="The fact is recorded.",
        to=_back(body),
        back=_back(body),
        template="directory/assurance_fact.html",
        initial={**held, "row_version": version},
        theirs=lambda _: _theirs(body, asked),
        context={
            "intro": asked.hint,
            "earlier": earlier_facts(body, fact),
            "standing": standing,
            "touches": touches_of(request.user, body),
        },
    )


@asks
def end_fact(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """End a fact that holds no longer."""
    body, asked = _body_and_kind(request, pk, fact)
    return form_page(
        request,
        EndFactForm,
        act=partial(services.end_fact, by=request.user, organisation=body, kind=fact),
        title=f"End the fact: {asked.heading} of {body.called}",
        button="End the fact",
        done="The fact has ended.",
        to=_back(body),
        back=_back(body),
        template="directory/assurance_fact.html",
        initial={"row_version": _row_version(body)},
        context={
            "intro": "It stays readable among the earlier facts. The level may fall.",
            "danger": True,
            "touches": touches_of(request.user, body),
        },
    )


@asks
def confirm_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that nothing has changed: the facts hold for another twelve months."""
    body = _body(request, pk)
    return form_page(
        request,
        ConfirmForm,
        act=partial(services.confirm_facts, by=request.user, organisation=body),
        title=f"Has nothing changed at {body.called}?",
        button="Confirm that nothing has changed",
        done="The facts are confirmed.",
        to=_back(body),
        back=_back(body),
        template="directory/assurance_confirm.html",
        initial={"row_version": _row_version(body)},
        context={"assurance": section_of(request.user, body)},
    )


def touches_of(user, body: Organisation) -> list[Touch]:
    """What relies on a body and on all that take its assurance, as far as a login may know of it."""
    return touched_for(Cause("assurance_ahead", f"{body.pk}:", "", body.pk), user)


def _body(request: HttpRequest, pk: int) -> Organisation:
    body = body_or_404(request, pk)
    require(may_maintain(request.user, body))
    return body


def _body_and_kind(request: HttpRequest, pk: int, fact: str) -> tuple[Organisation, Asked]:
    body = _body(request, pk)
    if fact not in KINDS:
        raise Http404("There is no such kind of fact.")
    return body, KINDS[fact]


def _row_version(body: Organisation) -> int:
    found = Assurance.objects.filter(organisation=body).values_list("row_version", flat=True)
    return found.first() or 1


def _answers(body: Organisation, standing: AssuranceFact | None, asked: Asked) -> dict:
    return {
        name: getattr(body if name in services.ON_BODY else standing, name, None)
        for name in asked.columns
    }


def _theirs(body: Organisation, asked: Asked) -> list[tuple]:
    stored = AssuranceFact.objects.standing().filter(organisation=body, kind=asked.kind).first()
    found = _answers(Organisation.objects.get(pk=body.pk), stored, asked)
    if found.get("value"):
        found["value"] = asked.words_of(found["value"])
    return [(label, found[name]) for name, label in asked.columns.items()]


def _back(body: Organisation) -> str:
    return f"{body.get_absolute_url()}#assurance"
