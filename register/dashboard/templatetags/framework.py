"""The picture of a partnership's three tiers, for its page."""

from __future__ import annotations

from django import template

from register.dashboard.framework import picture_of

register = template.Library()


@register.inclusion_tag("dashboard/_framework.html", takes_context=True)
def framework_picture(context, partnership) -> dict:
    """The three tiers as a picture with live counts, as far as the reader may know of entries."""
    return {"partnership": partnership, **picture_of(partnership, context["request"].user)}
