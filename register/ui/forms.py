"""Forms as the design system draws them, and the fields that every room uses."""

from __future__ import annotations

import json
from datetime import date

from dateutil import parser as date_parser
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django_prose_editor.widgets import ProseEditorWidget

from register.core.text import clean, from_plain, to_plain

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
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
    template_name_label = "django/forms/label.html"

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

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
    """A date typed in any usual way, day first: 21 11 2026, 21/11/26, 21 November 2026, 2026-11-21."""

    default_error_messages = {
        "invalid": "Enter a date such as 21 11 2026.",
        "implausible": "Enter a date between 1900 and 2200, with the year in four digits.",
    }

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("help_text", "For example, 21 11 2026")
        kwargs.setdefault("widget", forms.DateInput(format="%-d %B %Y"))
        super().__init__(**kwargs)

    def to_python(self, value) -> date | None:
        """The date that was typed, or None for nothing."""
        try:
            day = super().to_python(value)
        except ValidationError:
            day = _typed(str(value))
            if day is None:
                raise
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(self.error_messages["implausible"], code="implausible")
        return day


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
        html = value or ""
        context = super().get_context(name, to_plain(html), attrs)
        context["widget"]["html"] = html
        context["widget"]["config"] = json.dumps(self.get_config(), separators=(",", ":"))
        context["widget"]["attrs"].pop("data-django-prose-editor-configurable", None)
        return context

    def value_from_datadict(self, data, files, name):
        """What was sent as markup, whichever of the two forms of the field sent it."""
        value = super().value_from_datadict(data, files, name)
        if value is None or data.get(f"{name}-form") == "html":
            return value
        return from_plain(value)


class ClauseField(forms.CharField):
    """A text with the markup that clauses allow; see `register.core.text`."""

    widget = ClauseWidget

    def to_python(self, value) -> str:
        """The cleaned text."""
        return clean(super().to_python(value))


class Upload(forms.FileField):
    """A file that somebody chooses."""

    default_error_messages = {
        "required": "Choose a file.",
        "empty": "The file is empty. Choose the file again.",
    }


_LOOKS = (
    (forms.RadioSelect, "govuk-radios__input", "radios"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input", "checkboxes"),
    (forms.CheckboxInput, "govuk-checkboxes__input", "checkbox"),
    (forms.Select, "govuk-select", "input"),
    (forms.Textarea, "govuk-textarea", "input"),
    (forms.FileInput, "govuk-file-upload", "input"),
    (forms.DateInput, "govuk-input govuk-input--width-10", "input"),
    (forms.NumberInput, "govuk-input govuk-input--width-5", "input"),
    (forms.Widget, "govuk-input", "input"),
)


def dress(field: forms.Field) -> None:
    """Give a field the classes and the kind by which the templates draw it."""
    css, kind = next(
        (css, kind) for widget, css, kind in _LOOKS if isinstance(field.widget, widget)
    )
    field.look = kind  # type: ignore[attr-defined]
    field.widget.attrs["class"] = f"{css} {field.widget.attrs.get('class', '')}".strip()
    if kind in {"radios", "checkboxes"}:
        field.widget.use_fieldset = True
    if isinstance(field.widget, forms.Select):
        field.widget.attrs.setdefault("class", "govuk-select")
    required = field.error_messages.get("required", "")
    if required.startswith("This field"):
        field.error_messages["required"] = _required(field, kind)


def _required(field: forms.Field, kind: str) -> str:
    label = str(field.label or "").strip()
    label = label[:1].lower() + label[1:] if label[1:2].islower() else label
    verb = "Choose" if kind != "input" or isinstance(field.widget, forms.Select) else "Enter"
    return f"{verb} {label or 'an answer'}."


def _typed(words: str) -> date | None:
    try:
        return date_parser.parse(words, dayfirst=True, fuzzy=False).date()
    except (ValueError, OverflowError, date_parser.ParserError):
        return None
