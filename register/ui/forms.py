"""Forms as the design system draws them, and the fields that every room uses."""

from __future__ import annotations

import json
from datetime import date
from typing import Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils.html import escape
from django_prose_editor.widgets import ProseEditorWidget

from register.core import typed_dates
from register.core.text import TextRefused, clean, from_plain, strip, to_plain

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "HardBreak": True,
    "Heading": {"levels": [3, 4]},
    "Link": {"protocols": ["https", "mailto"], "enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
}
# The editor writes one style element of its own; this is its digest for django-prose-editor 0.28.0.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


class GovukRenderer(TemplatesSetting):
    """Draws every form and field by the templates in `templates/django/forms`."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"


class Form(forms.Form):
    """A form of the register: no browser validation, sentences instead, typing comes back."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            dress(field, name)

    @property
    def has_editor(self) -> bool:
        """Whether a field of the form is edited as rich text."""
        return any(isinstance(field, ClauseField) for field in self.fields.values())


class EditForm(Form):
    """A form that changes a row: it carries the row version that it was opened with."""

    row_version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Open the page again: the form lost track of what it was changing.",
            "invalid": "Open the page again: the form lost track of what it was changing.",
            "min_value": "Open the page again: the form lost track of what it was changing.",
        },
    )


class TypedDate(forms.DateField):
    """A date typed in any usual way, day first: 21 11 2026, 21/11/2026, 21 November 2026."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("help_text", "For example, 21 11 2026")
        kwargs.setdefault("widget", forms.DateInput(format="%-d %B %Y"))
        super().__init__(**kwargs)

    def to_python(self, value) -> date | None:
        """The date that was typed, or None for nothing."""
        if value is None or isinstance(value, date):
            return value
        try:
            return typed_dates.read(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="unread") from None


class Typed(str):
    """Plain words as they were typed into a clause's field."""

    __slots__ = ("before",)

    def __new__(cls, words: str, before: str = "") -> Self:
        """Keep the words; `before` is the markup that they stood for when the page was made."""
        made = super().__new__(cls, words)
        made.before = before
        return made

    def html(self) -> str:
        """The words as a clean text; what has no plain form stays while the words stay."""
        before = clean(self.before)
        made = from_plain(self)
        return before if before and from_plain(to_plain(before)) == made else made


class ClauseWidget(ProseEditorWidget):
    """A plain text area that the rich-text editor takes over where scripts run."""

    template_name = "django/forms/widgets/clause.html"

    def __init__(self, attrs=None) -> None:
        super().__init__(
            attrs={"rows": 6, **(attrs or {})},
            config={"extensions": EXTENSIONS},
            preset="configurable",
        )

    def get_context(self, name, value, attrs) -> dict:
        """The text area with the plain form, and the markup beside it for the editor."""
        html, plain = _both_forms(value or "")
        context = super().get_context(name, plain, attrs)
        context["widget"]["html"] = html
        context["widget"]["before"] = "" if _survives(html) else html
        context["widget"]["config"] = json.dumps(self.get_config(), separators=(",", ":"))
        context["widget"]["attrs"].pop("data-django-prose-editor-configurable", None)
        return context

    def value_from_datadict(self, data, files, name):
        """Markup, or `Typed` words, by which of the two forms of the field was sent."""
        value = super().value_from_datadict(data, files, name)
        if value is None or data.get(f"{name}-form") == "html":
            return value
        return Typed(value, data.get(f"{name}-before", ""))


class ClauseField(forms.CharField):
    """A text with the markup that clauses allow; see `register.core.text`."""

    widget = ClauseWidget

    def to_python(self, value) -> str:
        """The cleaned text."""
        if isinstance(value, Typed):
            return value.html()
        return clean(super().to_python(value) or "")


class Upload(forms.FileField):
    """A file that somebody chooses."""

    default_error_messages = {
        "required": "Choose a file.",
        "empty": "The file is empty. Choose the file again.",
    }


_LOOKS = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input", "checkboxes"),
    (forms.RadioSelect, "govuk-radios__input", "radios"),
    (forms.CheckboxInput, "govuk-checkboxes__input", "checkbox"),
    (forms.Select, "govuk-select", "input"),
    (forms.Textarea, "govuk-textarea", "input"),
    (forms.FileInput, "govuk-file-upload", "input"),
    (forms.DateInput, "govuk-input govuk-input--width-10", "input"),
    (forms.NumberInput, "govuk-input govuk-input--width-5", "input"),
    (forms.Widget, "govuk-input", "input"),
)


def dress(field: forms.Field, name: str = "") -> None:
    """Give a field the classes, the kind and the words by which the templates draw it."""
    if field.label is None:
        field.label = pretty_name(name)
    css, kind = next(
        (css, kind) for widget, css, kind in _LOOKS if isinstance(field.widget, widget)
    )
    field.look = kind
    field.widget.attrs["class"] = f"{css} {field.widget.attrs.get('class', '')}".strip()
    if kind in {"radios", "checkboxes"}:
        field.widget.use_fieldset = True
    if isinstance(field.widget, forms.Select):
        field.widget.attrs.setdefault("class", "govuk-select")
    if str(field.error_messages.get("required", "")).startswith("This field"):
        field.error_messages["required"] = _required(field, kind)


def _required(field: forms.Field, kind: str) -> str:
    label = str(field.label or "an answer").strip()
    if kind == "checkbox":
        return f"Tick “{label}” to go on."
    label = label[:1].lower() + label[1:] if label[1:2].islower() else label
    verb = "Choose" if kind != "input" or isinstance(field.widget, forms.Select) else "Enter"
    return f"{verb} {label}."


def _survives(html: str) -> bool:
    """Whether the way to plain words and back keeps all of a text; one to be refused has no other."""
    try:
        return from_plain(to_plain(html)) == html
    except TextRefused:
        return True


def _both_forms(value: str) -> tuple[str, str]:
    """A value as markup for the editor and as plain words; one that was refused keeps its words."""
    try:
        if isinstance(value, Typed):
            return value.html(), str(value)
        html = clean(value)
    except TextRefused:
        words = str(value) if isinstance(value, Typed) else strip(value)
        return f"<p>{escape(words)}</p>", words
    return html, to_plain(html)
