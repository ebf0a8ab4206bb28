"""Copying the flows of another agreement into a draft."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from agreements.flows.forms.copying import CopyFromForm
from agreements.flows.services.copying import Copied, copy_flows
from agreements.flows.sources import FOUND_LIMIT, counts_of, sources_for
from agreements.flows.views.finding import agreement_draft, list_address
from register.documents.models import Version
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page


@asks
def copy_from(request: HttpRequest, ref: str) -> HttpResponse:
    """Find another agreement, and copy all its flows into this draft."""
    version = agreement_draft(request, ref)
    search = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    found = sources_for(request.user, version, search)
    shown = list(found.values_list("pk", flat=True)[:FOUND_LIMIT])
    sources = found.filter(pk__in=shown)
    make = partial(
        CopyFromForm, sources=sources, counts=counts_of(Version.objects.filter(pk__in=shown))
    )

    def act(source):
        tell_copied(request, copy_flows(by=request.user, version=version, source=source))

    to = list_address(version)
    return task_page(
        request, version, make, "Copy flows from another agreement", act=act, to=to, back=to,
        template="flows/copy_from.html",
        context={
            "search": search,
            "found": len(shown),
            "button": "Copy its flows",
            "unsaved_page": "",
        },
    )  # fmt: skip


def tell_copied(request: HttpRequest, copied: Copied) -> None:
    """Say how many flows came over, and who and what stayed out."""
    many = "1 flow is" if copied.flows == 1 else f"{copied.flows} flows are"
    messages.success(request, f"{many} copied.")
    if copied.left_out:
        names = ", ".join(copied.left_out)
        messages.info(request, f"No party here, so left out of the flows: {names}.")
    if copied.purposes_left:
        messages.info(request, "Choose the purposes anew: other protocols stand above this draft.")
