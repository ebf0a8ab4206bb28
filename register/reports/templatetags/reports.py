"""What reports add to pages of rooms below them."""

from __future__ import annotations

from django import template

from register.reports.task_panels import SHOWN, tasks_of_body
from register.reports.task_reading import Line

register = template.Library()


@register.simple_tag(takes_context=True)
def body_tasks(context, organisation) -> list[Line]:
    """The open tasks about a body that the reader may know of."""
    return tasks_of_body(context["request"].user, organisation)[:SHOWN]
