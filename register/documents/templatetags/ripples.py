"""What a draft would touch by coming into force, for the page on which it is checked."""

from __future__ import annotations

from django import template

from register.core.ripple import touched_for
from register.documents import steps
from register.documents.models import Version

register = template.Library()


@register.inclusion_tag("tasks/_would_touch.html", takes_context=True)
def would_touch(context, version: Version) -> dict:
    """Each change that a draft would make to others, with what it touches."""
    user = context["request"].user
    causes = [cause for ask in steps.WOULD_CHANGE for cause in ask(version)]
    return {"changes": [(cause.says, touched_for(cause, user)) for cause in causes]}
