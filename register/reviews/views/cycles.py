"""Review cycles: of each tier in a partnership, and of one entry."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from register.core.verdicts import require
from register.directory.models import Partnership
from register.directory.models.partnerships import Tier
from register.directory.permissions import partnerships_of
from register.documents.views.conversation import asks, edit_page
from register.reviews import services
from register.reviews.forms import CycleForm, OwnCycleForm
from register.reviews.models import Basis, Cycle, Missed
from register.reviews.permissions import may_set_cycles
from register.reviews.views.finding import kept, words_of

FIELDS = ("months", "first_months", "basis", "row_version")


@require_safe
def cycles(request: HttpRequest) -> HttpResponse:
    """The review cycles of every partnership of the reader, tier by tier."""
    places = list(_places(request))
    rows = Cycle.objects.filter(partnership__in=places, document__isnull=True)
    found = {(row.partnership_id, row.tier): row for row in rows}
    shown = [
        {
            "partnership": place,
            "may_set": may_set_cycles(request.user, place),
            "tiers": [
                {"tier": tier, "word": place.word(tier), "cycle": found.get((place.pk, tier))}
                for tier in Tier.values
            ],
        }
        for place in places
    ]
    return render(request, "reviews/cycles.html", {"title": "Review cycles", "places": shown})


@asks
def set_cycle(request: HttpRequest, slug: str, tier: int) -> HttpResponse:
    """Set the cycle of a tier."""
    place = get_object_or_404(_places(request), slug=slug)
    if tier not in Tier.values:
        raise Http404("There is no such tier.")
    require(may_set_cycles(request.user, place))
    row = Cycle.objects.filter(partnership=place, tier=tier, document__isnull=True).first()
    return edit_page(
        request, CycleForm, initial=_initial(row, missed=row.missed if row else Missed.FLAGGED),
        act=partial(services.set_cycle, by=request.user, partnership=place, tier=tier),
        title=f"Review cycle: {place.word(tier).lower()}", button="Set the review cycle",
        done="The review cycle is set. Dates that are set stay as they are.",
        to=reverse("reviews:cycles"), back=reverse("reviews:cycles"),
        context={"caption": place.name, "intro": "From now on the review date is set by itself "
                 "when something comes into force, unless an officer sets another."},
        template="documents/form.html", theirs=_theirs,
    )  # fmt: skip


@asks
def own_cycle(request: HttpRequest, ref: str) -> HttpResponse:
    """Give an entry a cycle of its own."""
    document = kept(request, ref)
    row = Cycle.objects.filter(document=document).first()
    return edit_page(
        request, OwnCycleForm, initial=_initial(row, reason=row.reason if row else ""),
        act=partial(services.set_own_cycle, by=request.user, document=document),
        title="A review cycle of its own", button="Set the review cycle",
        done="The review cycle is set. Its review date stays as it is.",
        to=document.get_absolute_url(), back=document.get_absolute_url(),
        context=words_of(request, document) | {"own": row}, template="reviews/own_cycle.html",
        theirs=_theirs,
    )  # fmt: skip


@require_POST
def follow_tier(request: HttpRequest, ref: str) -> HttpResponse:
    """Let an entry follow its tier's cycle again."""
    document = kept(request, ref)
    services.remove_own_cycle(by=request.user, document=document)
    messages.success(request, "It follows the review cycle of its tier again.")
    return redirect(document.get_absolute_url())


def _places(request: HttpRequest):
    return Partnership.objects.filter(pk__in=partnerships_of(request.user)).order_by("name")


def _initial(row: Cycle | None, **more) -> dict:
    if row is None:
        return {"row_version": 0, "months": 12, "basis": Basis.IN_FORCE, **more}
    return {**{name: getattr(row, name) for name in FIELDS}, **more}


def _theirs(row: Cycle) -> list[tuple[str, object]]:
    return [
        ("Months between reviews", row.months),
        ("Months to the first review", row.first_months),
        ("Counted", row.get_basis_display()),
        ("When a review is three months late", row.get_missed_display()),
        ("Why it is reviewed at other times than its tier", row.reason),
    ]
