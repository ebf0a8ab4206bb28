"""What is asked of somebody who checks a copy: the code that is printed on it, or the PDF itself."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from register.core.codes import read_code
from register.ui.forms import Form, Upload

NO_CODE = "Enter the ten letters and digits that are printed on the copy, such as 7QK2M-0ZX4B."
NO_FILE = "Choose the PDF to check."


class CodeForm(Form):
    """The code of a text, as it is printed on every page."""

    code = forms.CharField(
        label="Text code",
        max_length=100,
        help_text="Ten letters and digits at the foot of every page, such as 7QK2M-0ZX4B",
        error_messages={
            "required": NO_CODE,
            "max_length": NO_CODE,
            "null_characters_not_allowed": NO_CODE,
        },
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """The code as it is printed."""
        if found := read_code(self.cleaned_data["code"]):
            return found
        raise ValidationError(NO_CODE)


class FileForm(Form):
    """A PDF, of any name; an empty one is answered like any other."""

    file = Upload(
        label="PDF",
        allow_empty_file=True,
        error_messages={"required": NO_FILE, "missing": NO_FILE, "invalid": NO_FILE},
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self):
        """The file, unless it is larger than anything that the register seals."""
        if self.cleaned_data["file"].size > settings.UPLOAD_LIMIT_BYTES:
            raise ValidationError(too_large())
        return self.cleaned_data["file"]


def too_large() -> str:
    """The sentence for a file that is over the limit."""
    limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
    return f"The file is larger than {limit} MB. The register seals no file of that size."
