"""Answers as coloured tags."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from register.advice.models import Outcome
from register.advice.progress import TONES

register = template.Library()


@register.simple_tag
def outcome_tag(code: str) -> SafeString:
    """An answer as a tag; its words say everything that its colour does."""
    outcome = Outcome(code)
    return format_html(
        '<strong class="govuk-tag govuk-tag--{} register-tag--long">{}</strong>',
        TONES[outcome],
        outcome.label,
    )
