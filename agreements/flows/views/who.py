"""Who gives and who receives: parties, units of parties, groups."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from agreements.flows import pages
from agreements.flows.bodies import ends_offered, key_of, words_of
from agreements.flows.facts import FlowFacts
from agreements.flows.forms.ends import EndsForm
from agreements.flows.services.flows import mark_of_ends, name_ends
from agreements.flows.views.finding import agreement_draft, flow_in
from agreements.flows.views.pages import flow_page
from register.documents.views.conversation import asks
from register.documents.views.rows import gone

SIDES = ("providers", "recipients")


@asks
def who(request: HttpRequest, ref: str, lineage: UUID) -> HttpResponse:
    """The bodies and groups at the two ends of a flow."""
    version = agreement_draft(request, ref)
    facts = flow_in(version, lineage)
    shown = pages.page("who")
    if facts is None or shown is None:
        return gone(request)
    ends = (facts.provider, facts.recipient)
    offered = ends_offered(version, [body for end in ends for body in end.bodies])
    choices = [(key, words_of(each)) for key, each in offered.items()]
    make = partial(EndsForm, offered=choices, direction=facts.flow.direction)

    def act(providers, recipients, row_version):
        name_ends(
            by=request.user, flow=facts.flow, seen=row_version,
            providers=[offered[key] for key in providers],
            recipients=[offered[key] for key in recipients],
        )  # fmt: skip

    return flow_page(
        request, version, facts, shown, SIDES, make, act, initial=_initial(facts),
        theirs=lambda _: _theirs(make(), ends), template="flows/who.html",
        context={"has_few": len(offered) < 2},
    )  # fmt: skip


def _initial(facts: FlowFacts) -> dict:
    ends = (facts.provider, facts.recipient)
    chosen = [[key_of(each) for each in _all(end)] for end in ends]
    return dict(zip(SIDES, chosen, strict=True)) | {"row_version": mark_of_ends(facts.flow)}


def _theirs(form: EndsForm, ends) -> list[tuple[str, list[str]]]:
    """What somebody else has named meanwhile, by question."""
    return [
        (str(form[name].label), [words_of(each) for each in _all(end)])
        for name, end in zip(SIDES, ends, strict=True)
    ]


def _all(end) -> list:
    return [*end.bodies, *(each.group for each in end.groups)]
