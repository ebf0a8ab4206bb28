"""What the rules say: of one entry, with its score, and all of them with what a partnership made of each."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.directory.models import Partnership
from register.directory.permissions import visible_partnerships
from register.documents.case import case_of
from register.documents.forms.rules import SetRuleForm
from register.documents.models import PartnershipRule, Version
from register.documents.permissions import may_set_rules
from register.documents.rules import RULES, findings_of, rules_of
from register.documents.score import score_of
from register.documents.services.checking import set_rule as set_it
from register.documents.tasks import task_url
from register.documents.tiers import TIERS
from register.documents.views.conversation import asks, edit_page
from register.documents.views.finding import document_or_404, standing_of


@require_safe
def entry_rules(request: HttpRequest, ref: str) -> HttpResponse:
    """The broken rules and the score of an entry, asked now, each with the way to put it right."""
    standing = standing_of(request, document_or_404(request, ref))
    version = standing.editable or standing.shown
    if version is None:
        raise Http404("It has no version that you may read.")
    case = case_of(version)
    found, score = findings_of(case), score_of(case)
    context = {
        "title": "What the rules say",
        "document": standing.document,
        "version": version,
        "bars": [(f, _where(version, f.task)) for f in found if f.is_bar],
        "warnings": [(f, _where(version, f.task)) for f in found if not f.is_bar],
        "score": score,
        "lost": [(point, _where(version, point.task)) for point in score.lost],
    }
    return render(request, "documents/entry_rules.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule with its number, sentence and source, and which the partnership made bars."""
    home = request.GET.get("partnership", "")
    partnerships = visible_partnerships(request.user).order_by("name")
    shown = partnerships.filter(slug=home).first() or partnerships.first()
    made = _made(shown)
    own = [(f"{_words(shown, number)}", number) for number in sorted(TIERS)]
    groups = [("Every tier", _lines(RULES, made))]
    groups += [
        (words, _lines([rule for rule in rules_of(number) if rule not in RULES], made))
        for words, number in own
    ]
    context = {
        "title": "Rules",
        "groups": groups,
        "partnerships": partnerships,
        "shown": shown,
        "may_set": may_set_rules(request.user, shown) if shown else None,
    }
    return render(request, "documents/rules.html", context)


@asks
def set_rule(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Make a warning a bar in a partnership, or let it only warn again."""
    partnership = get_object_or_404(visible_partnerships(request.user), slug=slug)
    every = {rule.code: rule for tier in TIERS for rule in rules_of(tier)}
    if code not in every:
        raise Http404("There is no such rule.")
    require(may_set_rules(request.user, partnership))
    is_bar = code in _made(partnership)
    back = f"{reverse('documents:rules')}?partnership={slug}#rule-{code}"
    words = f"Let rule {code} only warn" if is_bar else f"Make rule {code} a bar"
    return edit_page(
        request, SetRuleForm, title=words, button=words, to=back, back=back,
        act=partial(
            set_it, by=request.user, partnership=partnership, code=code, is_bar=not is_bar
        ),
        context={"intro": f"{code}: {every[code].says}"},
    )  # fmt: skip


def _made(partnership: Partnership | None) -> set[str]:
    rows = PartnershipRule.objects.filter(partnership=partnership, is_bar=True)
    return set(rows.values_list("code", flat=True))


def _lines(rules, made: set[str]) -> list[dict]:
    return [{"rule": rule, "is_made": rule.code in made} for rule in rules]


def _words(partnership: Partnership | None, tier: int) -> str:
    return f"{(partnership or Partnership()).word(tier)}s"


def _where(version: Version, task: str) -> str:
    """Where something is put right: the page of the draft, else the place on the entry's page."""
    if version.is_editable:
        return task_url(version, task)
    return f"{version.get_absolute_url()}#section-{task}"
