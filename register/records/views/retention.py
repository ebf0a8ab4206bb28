"""How long each kind of record is kept, and what falls due."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.ledger.models import RetentionRule
from register.ledger.retention import rules
from register.records.due import count_due
from register.records.forms import RuleForm
from register.records.papers import NAMES
from register.records.permissions import (
    may_change_rules,
    may_keep_records,
    may_read_records,
)
from register.records.services.rules import set_rule
from register.records.views.finding import asks, partnerships_for
from register.ui.pages import form_page

CHANGE = "Change the rule"


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Where each of these pages is."""
    require(may_read_records(request.user))
    places = list(partnerships_for(request))
    context = {
        "title": "Records", "places": places, "papers": NAMES.items(),
        "may_keep": bool(may_keep_records(request.user)),
    }  # fmt: skip
    return render(request, "records/records.html", context)


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The rules, and how many records of each kind fall due today."""
    require(may_read_records(request.user))
    places = set(partnerships_for(request).values_list("pk", flat=True))
    lines = [
        {"rule": rule, "slug": slugify(rule.kind), "due": count_due(rule.kind, places, rule.months)}
        for rule in rules()
    ]
    context = {
        "title": "How long records are kept", "lines": lines,
        "verdict": may_change_rules(request.user), "places": list(partnerships_for(request)),
        "may_keep": bool(may_keep_records(request.user)),
    }  # fmt: skip
    return render(request, "records/retention.html", context)


@asks
def rule(request: HttpRequest, kind: str) -> HttpResponse:
    """Change how long a kind of record is kept; what would fall due is shown first."""
    require(may_read_records(request.user))
    found = _rule_or_404(kind)
    require(may_change_rules(request.user))
    if request.method == "POST" and "preview" in request.POST:
        return _preview(request, found)
    return form_page(
        request, RuleForm, act=partial(set_rule, by=request.user, kind=found.kind),
        title=_title(found), button=CHANGE, done="The rule is changed.",
        to=reverse("records:retention"), back=reverse("records:retention"),
        initial={"months": found.months}, template="records/rule.html", context={"rule": found},
    )  # fmt: skip


def _preview(request: HttpRequest, found: RetentionRule) -> HttpResponse:
    form = RuleForm(request.POST)
    context: dict[str, object] = {
        "form": form, "rule": found, "title": _title(found), "button": CHANGE,
        "back": reverse("records:retention"),
    }  # fmt: skip
    if form.is_valid():
        places = set(partnerships_for(request).values_list("pk", flat=True))
        months = form.cleaned_data["months"]
        context |= {
            "months": months,
            "then": count_due(found.kind, places, months),
            "now": count_due(found.kind, places, found.months),
        }
    return render(request, "records/rule.html", context, status=200 if form.is_valid() else 422)


def _title(found: RetentionRule) -> str:
    return f"How long to keep: {found.kind}"


def _rule_or_404(kind: str) -> RetentionRule:
    for each in rules():
        if slugify(each.kind) == kind:
            return each
    raise Http404("There is no such kind of record.")
