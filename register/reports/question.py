"""What the pages of a report on sharing ask and offer: the selects of the filter, the other forms."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from register.lists.labels import labels
from register.reports.forms import PERSONAL, STATES, SharingFilter
from register.reports.seen import Body
from register.reports.who_shares import Pair


def names_in(pairs: list[Pair], bodies: dict[int, Body]) -> dict[int, str]:
    """The bodies in some pairs by name, as the filter offers them."""
    found = {pk for pair in pairs for pk in (pair.giver, pair.taker)}
    named = sorted((bodies[pk] for pk in found), key=lambda body: body.name.casefold())
    return {body.pk: body.name for body in named}


def choices(wanted: SharingFilter, bodies: dict[int, str]) -> list[tuple]:
    """The selects of the filter: name, label, words for none, and the options as markup."""
    offered = [
        ("community", "Information community", "Any community", wanted.names["community"]),
        ("body", "Body", "Any body", bodies),
        ("purpose", "General purpose", "Any purpose", wanted.names["purpose"]),
        ("category", "Category of data", "Any category", labels("data_category")),
        ("use", "Used for", "Any use", labels("use_kind")),
        ("personal", "About people", "Either", PERSONAL),
        ("state", "State", "", STATES),
    ]
    if len(wanted.names["partnership"]) > 1:
        offered.insert(
            0, ("partnership", "Partnership", "Any partnership", wanted.names["partnership"])
        )
    return [
        (name, words, none, _options(known, wanted.asked.get(name)))
        for name, words, none, known in offered
    ]


def ways(wanted: SharingFilter) -> dict[str, str]:
    """The addresses of the same question asked in the other forms."""
    kept = wanted.kept(form=None, each=None)
    pages = {
        "matrix": reverse("reports:who_shares"),
        "picture": reverse("reports:picture"),
        "flows": reverse("reports:flows"),
    }
    found = {name: f"{address}?{kept}" for name, address in pages.items()}
    as_list = wanted.kept(form="list", each=None)
    found["list"] = f"{pages['matrix']}?{as_list}"
    return found


def _options(known: dict, chosen) -> SafeString:
    """Choices as markup: there may be hundreds, and a template would take its time over each."""
    options = (
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>'
        f"{escape(words)}</option>"
        for code, words in known.items()
    )
    return mark_safe("".join(options))
