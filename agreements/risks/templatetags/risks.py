"""Tags of risk pages: how an impact assessment stands, how great a risk is."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agreements.risks.ratings import Rating
from agreements.risks.statuses import COLOURS
from register.lists.labels import label

register = template.Library()


@register.simple_tag
def dpia_tag(status: str) -> SafeString:
    """How an impact assessment stands with a controller, as a tag whose words say it all."""
    colour = COLOURS.get(status, "grey")
    words = label("dpia_status", status)
    return format_html(
        '<strong class="govuk-tag register-tag--long govuk-tag--{}">{}</strong>', colour, words
    )


@register.simple_tag
def rating_tag(rating: Rating | None) -> SafeString:
    """How great a risk is: word and number in a coloured tag."""
    if rating is None:
        return format_html('<span class="register-quiet">{}</span>', "Not said")
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>', rating.colour, str(rating)
    )
