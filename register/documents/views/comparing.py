"""The page that compares any two versions of a document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register.documents.comparing import compare as compared
from register.documents.comparing import signed_under, who_signs_again
from register.documents.comparing.classes import LIST
from register.documents.forms.comparing import PairForm
from register.documents.lifecycle import PREPARING
from register.documents.models import Version
from register.documents.place import place_of
from register.documents.views.finding import document_or_404, standing_of


@require_safe
def compare(request: HttpRequest, ref: str) -> HttpResponse:
    """What differs between two versions that the reader may read, and who signs the newer one again."""
    document = document_or_404(request, ref)
    standing = standing_of(request, document)
    if standing.shown is None:
        raise Http404("It has no version that you may read.")
    form = PairForm(request.GET.dict(), standing=standing)
    pair = form.pair(standing)
    if pair is None:
        raise Http404("There is no such version, or you may not read it.")
    context = {
        "title": f"Compare versions of {document.reference}",
        "document": document,
        "standing": standing,
        "place": place_of(request.user, document),
        "form": form,
        "classes_url": reverse("lists:list", args=[LIST]),
        **_difference(*pair),
    }
    return render(request, "documents/compare.html", context)


def _difference(old: Version, new: Version) -> dict:
    if old.pk == new.pk:
        return {"old": old, "new": new, "difference": None}
    signed = signed_under(old)
    difference = compared(old, new, signed=signed)
    everybody = set(difference.bodies.bound_before) if signed is None else signed
    is_ahead = old.number < new.number and new.state in PREPARING
    return {
        "old": old,
        "new": new,
        "difference": difference,
        "is_backward": old.number > new.number,
        "again": who_signs_again(difference, signed=everybody) if is_ahead else None,
        "is_guess": signed is None,
    }
