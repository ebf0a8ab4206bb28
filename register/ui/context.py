"""What every page is given: the partnership's name, the ways to go, and whom to ask."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from register.ui.navigation import items_for
from register.ui.sessions import ends_at


def page(request: HttpRequest) -> dict:
    """The parts of the frame round a page; they cost nothing until the template asks for them."""
    return {
        "frame": Frame(request),
        "is_demonstration": settings.DEMONSTRATION,
        "htmx_config": '{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true}',
    }


class Frame:
    """The frame round a page, asked for part by part."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def home(self):
        """The partnership that the reader belongs to, or None."""
        if not getattr(self.request, "user", None) or not self.request.user.is_authenticated:
            return None
        if not hasattr(self.request, "_home_partnership"):
            self.request._home_partnership = HOME[0](self.request.user) if HOME else None
        return self.request._home_partnership

    @cached_property
    def ways(self) -> list[dict]:
        """The ways to go that the reader may take."""
        return items_for(self.request)

    @property
    def navigation(self) -> list[dict]:
        """The ways that always show at the head of a page."""
        return [way for way in self.ways if not way["is_rare"]]

    @property
    def more_ways(self) -> list[dict]:
        """The ways that stand under “More”."""
        return [way for way in self.ways if way["is_rare"]]

    @property
    def session_ends(self) -> str:
        """When the reader will be signed out, as an ISO instant; nothing where nobody is signed in."""
        ends = ends_at(self.request)
        return ends.isoformat() if ends else ""


# Answers which partnership a login belongs to; the directory plugs it in.
HOME: list = []
