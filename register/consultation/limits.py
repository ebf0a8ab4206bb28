"""Bounds on what strangers may try: so many a window of time, counted in the shared cache."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

UNKNOWN_LINKS, WINDOW_SECONDS = 30, 600  # dead links from one address in ten minutes
WRITTEN = 60  # comments and responses by one link in ten minutes


def unknown_link(request: HttpRequest) -> bool:
    """Count a link that leads nowhere; True when there were too many from this address."""
    return _is_over(f"link:{_address(request)}", UNKNOWN_LINKS)


def is_shut(request: HttpRequest) -> bool:
    """Whether so many dead links came from this address that no link of it is looked at for a while."""
    return cache.get(_key(f"link:{_address(request)}"), 0) > UNKNOWN_LINKS


def written(consultee_id: int) -> bool:
    """Count what is written by a link; True when there was too much."""
    return _is_over(f"written:{consultee_id}", WRITTEN)


def _is_over(what: str, most: int) -> bool:
    key = _key(what)
    if cache.add(key, 1, timeout=WINDOW_SECONDS):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        return False


def _key(what: str) -> str:
    return f"consultation:{hashlib.sha256(what.encode()).hexdigest()}"


def _address(request: HttpRequest) -> str:
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return "unknown"
