"""Tags of the look: statuses, dates, buttons with their reasons, signed bars, links that keep the query."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from js_asset import Media

from register.core import dates
from register.core.text import TextRefused, clean, strip
from register.ui.forms import dress

register = template.Library()

STATUSES = {
    "draft": ("Draft", "grey"),
    "consultation": ("In consultation", "blue"),
    "signing": ("Out for signature", "yellow"),
    "in_force": ("In force", "green"),
    "under_review": ("Under review", "purple"),
    "superseded": ("Superseded", "grey"),
    "ended": ("Ended", "grey"),
    "unconfirmed": ("As recorded, unconfirmed", "orange"),
    "suspended": ("Suspended", "orange"),
    "overdue": ("Review overdue", "red"),
}

LIBRARY_LABELS = {
    "Email": "E-mail address",
    "E-mail": "E-mail address",
    "Code": "Code",
    "Authenticator code": "Code from the authenticator",
}


@register.simple_tag
def described_by(field) -> SafeString:
    """The attribute that ties a field to its hint and its error."""
    parts = [("helptext", field.help_text), ("error", field.errors)]
    ids = " ".join(f"{field.auto_id}_{name}" for name, is_there in parts if is_there)
    return format_html(' aria-describedby="{}"', ids) if ids else mark_safe("")


@register.simple_tag
def described_widget(field) -> SafeString:
    """A field's widget, tied to its hint and its error."""
    parts = [("helptext", field.help_text), ("error", field.errors)]
    ids = " ".join(f"{field.auto_id}_{name}" for name, is_there in parts if is_there)
    attributes = {"aria-describedby": ids} if ids else {}
    css = field.field.widget.attrs.get("class", "")
    if field.errors and css:
        attributes["class"] = f"{css} {css.split()[0]}--error"
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.simple_tag
def status_tag(status: str) -> SafeString:
    """A status as a coloured tag; its words say everything that its colour does."""
    words, colour = STATUSES.get(status, (status, "grey"))
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words)


@register.filter
def status_words(status: str) -> str:
    """A status in words."""
    return STATUSES.get(status, (status, ""))[0]


@register.filter
def day(value) -> str:
    """A day as people write it: 21 November 2026; of an instant its day in London."""
    return dates.words(_day(value)) if value else ""


@register.filter
def short_day(value) -> str:
    """A day for dense tables: 21 Nov 2026; of an instant its day in London."""
    value = _day(value)
    return f"{value.day} {value:%b %Y}" if value else ""


@register.filter
def long_day(value) -> str:
    """A day with its name: Saturday 21 November 2026; of an instant its day in London."""
    return dates.long_words(_day(value)) if value else ""


@register.filter
def clock(value) -> str:
    """The time of day in London: 9:32am."""
    return dates.clock_words(value) if value else ""


@register.filter
def moment(value) -> str:
    """An instant as people write it, in London time: 21 November 2026 at 9:32am."""
    return dates.time_words(value) if value else ""


@register.filter
def how_far(value) -> str:
    """How far a day is, with the day: in 3 weeks (12 December 2026)."""
    return dates.relative(value) if value else ""


@register.filter
def clause(value: str) -> SafeString:
    """A clause's text as markup, cleaned once more on its way out."""
    return _markup(value or "")


@lru_cache(maxsize=2048)
def _markup(value: str) -> SafeString:
    try:
        return mark_safe(clean(value))
    except TextRefused:
        return mark_safe(f"<p>{escape(strip(value))}</p>")


@register.inclusion_tag("ui/_signed.html")
def signed_bar(signed: int, slots: int) -> dict:
    """How many of the slots are signed, as a bar and in words."""
    share = round(signed / slots * 10) if slots else 0
    return {"signed": signed, "slots": slots, "tenths": share}


@register.inclusion_tag("ui/_verdict_button.html")
def verdict_button(verdict, url: str, words: str, style: str = "") -> dict:
    """A button where something may be done; the reason in words where it may not."""
    return {"verdict": verdict, "url": url, "words": words, "style": style}


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The address's query string with some parts changed; None or an empty word takes a part out."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            values.pop(name, None)
        else:
            values[name] = value
    return f"?{values.urlencode()}" if values else "?"


@register.simple_tag(takes_context=True)
def sort_link(context, column: str, words: str, current: str) -> SafeString:
    """A column's heading as a link that sorts by it, and back again."""
    is_up, is_down = current == column, current == f"-{column}"
    target = query(
        context, sort=f"-{column}" if is_up else column, after=None, before=None, at=None
    )
    arrow = " ▲" if is_up else " ▼" if is_down else ""
    return format_html(
        '<a class="register-sort" href="{}">{}<span aria-hidden="true">{}</span></a>',
        target,
        words,
        arrow,
    )


@register.filter
def sort_state(current: str, column: str) -> str:
    """What a heading tells of its sorting."""
    if current == column:
        return "ascending"
    return "descending" if current == f"-{column}" else "none"


@register.simple_tag(takes_context=True)
def form_media(context, form) -> SafeString:
    """The scripts and styles that a form's fields need, under the page's content policy."""
    media = Media.from_media(form.media, nonce=context.get("CSP_NONCE", ""))
    return media.render()


@register.filter
def dressed(form):
    """A form of a library, drawn like ours."""
    for name, field in form.fields.items():
        field.label = LIBRARY_LABELS.get(str(field.label), field.label)
        dress(field, name)
        for error in form.errors.get(name, []).as_data() if name in form.errors else []:
            if error.code == "required":
                error.message = field.error_messages["required"]
        field.widget.attrs.pop("placeholder", None)
    form.use_required_attribute = False
    form.label_suffix = ""
    return form


def _day(value):
    return dates.day_of(value) if isinstance(value, datetime) else value
