"""Information assets: the list, the record with the flows that use it, adding, changing, ending."""

from __future__ import annotations

from functools import partial

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agreements.flows.forms.assets import AssetAddForm, AssetEditForm, EndForm
from agreements.flows.models import Asset, Flow
from agreements.flows.permissions import may_add_assets, may_keep_assets
from agreements.flows.services import assets as services
from register.core.verdicts import require
from register.directory.forms.fields import offer_bodies
from register.directory.permissions import visible_bodies
from register.directory.views.conversation import belongs
from register.documents.forms.drafting import values_of
from register.documents.lifecycle import GOVERNING
from register.documents.models import Document
from register.documents.views.conversation import asks, edit_page
from register.ui.listing import page_of, size_of

FIELDS = ("name", "keeper", "standard", "quality")


@require_safe
@belongs
def assets(request: HttpRequest) -> HttpResponse:
    """The assets of the bodies that the reader may know of."""
    search = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    rows = _visible(request)
    if search:
        rows = rows.filter(
            Q(name__icontains=search)
            | Q(organisation__legal_name__icontains=search)
            | Q(organisation__short_name__icontains=search)
        )
    if request.GET.get("show") != "ended":
        rows = rows.filter(is_ended=False)
    page = page_of(rows, order=["name", "pk"], asked=request.GET.dict(), size=size_of(request.GET))
    context = {
        "title": "Information assets",
        "page": page,
        "q_assets": search,
        "show": request.GET.get("show", ""),
        "may_add": may_add_assets(request.user),
    }
    return render(request, "flows/assets.html", context)


@require_safe
def asset(request: HttpRequest, pk: int) -> HttpResponse:
    """What is recorded of an asset, and the flows in force that take from it."""
    row = get_object_or_404(_visible(request), pk=pk)
    known = Document.objects.visible_to(request.user)
    flows = Flow.objects.filter(
        asset=row, version__state__in=GOVERNING, version__document__in=known
    )
    context = {
        "title": row.name,
        "asset": row,
        "flows": flows.select_related("version__document").order_by(
            "version__document__reference", "position", "pk"
        ),
        "may_keep": may_keep_assets(request.user, row.organisation),
    }
    return render(request, "flows/asset.html", context)


@belongs
@asks
def add(request: HttpRequest) -> HttpResponse:
    """Record an asset of a body."""
    require(may_add_assets(request.user))

    def make(data=None, files=None, initial=None):
        made = AssetAddForm(data, files, initial=initial)
        offer_bodies(made, request.user)
        return made

    return edit_page(
        request, make, title="Add an asset", button="Add asset",
        act=partial(services.add_asset, by=request.user), done="The asset is added.",
        to=lambda made: made.get_absolute_url(), back=reverse("flows:assets"),
    )  # fmt: skip


@asks
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is recorded of an asset."""
    row = get_object_or_404(_visible(request), pk=pk)
    require(may_keep_assets(request.user, row.organisation))
    to = row.get_absolute_url()
    return edit_page(
        request, AssetEditForm, title="Change the asset", button="Save the asset",
        initial=values_of(row, FIELDS), act=partial(services.change_asset, by=request.user, asset=row),
        done="The asset is changed.", to=to, back=to, context={"caption": str(row.organisation)},
    )  # fmt: skip


@asks
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that an asset is no longer used, or is used again."""
    row = get_object_or_404(_visible(request), pk=pk)
    require(may_keep_assets(request.user, row.organisation))
    to, ends = row.get_absolute_url(), not row.is_ended
    title = "This asset is no longer used" if ends else "This asset is used again"
    return edit_page(
        request, EndForm, title=title, button="Record it", initial=values_of(row, ()),
        act=partial(services.change_asset, by=request.user, asset=row, is_ended=ends),
        done="It is recorded.", to=to, back=to,
        context={
            "caption": str(row),
            "unsaved_page": "",
            "intro": "Flows that name it keep it; new ones are no longer offered it." if ends else "",
        },
    )  # fmt: skip


def _visible(request: HttpRequest):
    bodies = visible_bodies(request.user)
    return Asset.objects.filter(organisation__in=bodies).select_related("organisation")
