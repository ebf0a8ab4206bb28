"""Finds a list by the code in an address."""

from __future__ import annotations

from django.http import Http404

from register.lists.catalogue import LISTS
from register.lists.shapes import ReferenceList


def list_or_404(code: str) -> ReferenceList:
    """The list of a code, or the answer that there is none."""
    if code not in LISTS:
        raise Http404("There is no such list.")
    return LISTS[code]
