"""Sending a version out for signature."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from register.core.verdicts import require
from register.documents.lifecycle import EDITABLE
from register.documents.permissions import may_edit
from register.documents.rules import broken_by
from register.documents.tasks import rule_url
from register.documents.views.conversation import asks, edit_page, refused
from register.documents.views.finding import draft_or_refusal
from register.signing import emails, services
from register.signing.forms.sending import SendForm
from register.signing.panels import slots_task


@asks
def send(request: HttpRequest, ref: str) -> HttpResponse:
    """Who is asked, in which order, by when; then it goes out, and its text is frozen."""
    version = draft_or_refusal(request, ref)
    if version.state not in EDITABLE:
        state = version.get_state_display().lower()
        return refused(request, f"{version} is {state}: it is not a draft.", status=409)
    require(may_edit(request.user, version.document))
    proposed = services.proposed(version)
    bars = [finding for finding in broken_by(version) if finding.is_bar]
    stops = [finding for finding in bars if finding.rule.is_absolute]
    where = reverse("documents:check", args=[ref])
    make = partial(SendForm, version=version, proposed=proposed, has_gaps=bool(bars) and not stops)
    return edit_page(
        request, make, act=partial(services.send, by=request.user, version=version),
        title="Send for signature", button=_button(proposed), to=version.document.get_absolute_url(),
        back=where, done="It is out for signature, and everybody who signs is asked.",
        template="signing/send.html",
        context={
            "document": version.document,
            "version": version,
            "proposed": proposed,
            "stops": [(f.says, rule_url(version, f)) for f in stops],
            "gaps": [(f.says, rule_url(version, f)) for f in bars],
            "missing": slots_task(version).problems,
            "mail": emails.preview(proposed[0].slot, request.user) if proposed else None,
        },
    )  # fmt: skip


def _button(proposed: list[services.Proposed]) -> str:
    count = len({person.pk for each in proposed for person in each.people})
    return f"Send to {count} signator{'y' if count == 1 else 'ies'}"
