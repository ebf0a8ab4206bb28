"""Parts of pages: panels of other rooms, words of lists, notes and files about a body."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from register.documents.panels import Panel
from register.documents.permissions import may_read_notes
from register.documents.services.notes import may_note
from register.lists.labels import label

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context, panel: Panel) -> SafeString:
    """A part of a document's page that another room adds."""
    return render_to_string(
        panel.template,
        {"heading": panel.heading, "document": context["document"], **panel.context},
        request=context["request"],
    )


@register.filter
def list_label(code: str, list_code: str) -> str:
    """The wording of a list's value."""
    return label(list_code, code)


@register.simple_tag(takes_context=True)
def about_body(context, organisation) -> dict | None:
    """Notes and files about a body, for those who may read them."""
    user = context["request"].user
    if not may_read_notes(user, organisation=organisation):
        return None
    files = organisation.attachments.filter(removed_at__isnull=True).select_related("file")
    return {
        "notes": list(organisation.notes.select_related("writer").order_by("-on", "-pk")),
        "attachments": list(files.order_by("-pk")),
        "may_edit": may_note(user, organisation=organisation),
        "note_url": reverse("documents:write_note_on_body", args=[organisation.pk]),
        "attach_url": reverse("documents:attach_to_body", args=[organisation.pk]),
    }
