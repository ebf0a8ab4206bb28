"""The forms of the pages about the register's own records."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from register.directory.permissions import visible_bodies, visible_people
from register.documents.models import Document
from register.records.holds import BODY, DOCUMENT, KINDS, PERSON
from register.ui.forms import EditForm, Form, TypedDate

LINES = forms.Textarea(attrs={"rows": 3})


class RuleForm(Form):
    """How long a kind of record is kept, and why; the service says when the reason is missing."""

    hide_optional = True

    months = forms.IntegerField(
        label="Months it is kept for", min_value=1, max_value=1200,
        error_messages={
            "required": "Enter the months to keep it for, from 1 to 1200.",
            "invalid": "Enter the months as a number, from 1 to 1200.",
            "min_value": "Enter the months to keep it for, from 1 to 1200.",
            "max_value": "Enter the months to keep it for, from 1 to 1200.",
        },
    )  # fmt: skip
    reason = forms.CharField(
        label="Reason", widget=LINES, max_length=2000, required=False,
        help_text="Such as the schedule or the law that says so. It stands in the history.",
    )  # fmt: skip


class HoldForm(Form):
    """On what a legal hold is set, until when, and why."""

    kind = forms.ChoiceField(
        label="What is put on hold", choices=list(KINDS.items()), initial=DOCUMENT,
        widget=forms.RadioSelect,
    )  # fmt: skip
    which = forms.CharField(
        label="Which", max_length=300,
        help_text="The reference of the entry, or the whole name of the body or person. Of two with "
        "one name, enter the number at the end of the address of its page.",
    )  # fmt: skip
    until = TypedDate(
        label="Until", required=False,
        help_text="Leave empty to hold it until it is released. For example, 21 11 2027",
    )  # fmt: skip
    reason = forms.CharField(
        label="Reason", widget=LINES, max_length=2000,
        error_messages={"required": "Give the reason for the hold."},
        help_text="Such as the claim, inquiry or complaint. It stands in the history.",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict:
        """Find what is meant among what the reader may know of."""
        asked = super().clean() or {}
        kind, which = asked.get("kind"), " ".join((asked.get("which") or "").split())
        if kind and which:
            asked["subject"] = self._subject(kind, which)
        return asked

    def _subject(self, kind: str, which: str):
        rows = {
            DOCUMENT: Document.objects.visible_to(self.user).filter(reference__iexact=which),
            BODY: visible_bodies(self.user).filter(legal_name__iexact=which),
            PERSON: visible_people(self.user).filter(name__iexact=which),
        }[kind]
        if kind != DOCUMENT and which.isdigit() and len(which) < 18:
            known = visible_bodies if kind == BODY else visible_people
            rows = known(self.user).filter(pk=int(which))
        found = list(rows[:2])
        if len(found) == 1:
            return found[0]
        word = KINDS[kind].lower()
        said = f"There is no {word} “{which}” that you may know of."
        if found:
            said = f"There is more than one {word} “{which}”: enter the number of its page."
        self.add_error("which", ValidationError(said))
        return None


class ReasonForm(Form):
    """A reason, for acts that must have one; the services say when it is missing."""

    hide_optional = True

    reason = forms.CharField(label="Reason", widget=LINES, max_length=2000, required=False)


class RemarkForm(Form):
    """A remark that may be left out."""

    reason = forms.CharField(label="Remark", widget=LINES, max_length=2000, required=False)


class FindTextForm(Form):
    """The entry and the exact text that is to be taken out of it."""

    entry = forms.CharField(label="Reference of the entry", max_length=30)
    version = forms.IntegerField(
        label="Version", required=False, min_value=1, max_value=99_999,
        help_text="Leave empty to look in every version, and in notes and files' names.",
    )  # fmt: skip
    text = forms.CharField(
        label="The exact text", widget=LINES, strip=False, max_length=5000,
        help_text="As it stands, capitals and spaces included. It is forgotten here when this is closed.",
    )  # fmt: skip

    def clean_text(self) -> str:
        """The text as it stands in the register: with its line breaks, without those around it."""
        return self.cleaned_data["text"].replace("\r\n", "\n").strip("\n")


class AskForm(FindTextForm):
    """The same, with the places that were chosen and the reason."""

    reason = forms.CharField(
        label="Reason", widget=LINES, max_length=2000,
        error_messages={"required": "Give the reason for the redaction."},
        help_text="Without the text itself: the reason stays in the register.",
    )  # fmt: skip


class PrivacyForm(EditForm):
    """Who is controller of the register's own data, and how to reach the data protection officer."""

    controller = forms.CharField(
        label="Controller", max_length=300,
        error_messages={"required": "Enter who is controller."},
        help_text="The body, or the bodies together, that decide why and how the register is kept.",
    )  # fmt: skip
    controller_address = forms.CharField(
        label="Postal address", widget=LINES, max_length=1000, required=False
    )
    controller_email = forms.EmailField(label="E-mail address", required=False)
    ico_number = forms.CharField(label="ICO registration number", max_length=20, required=False)
    dpo_name = forms.CharField(label="Data protection officer", max_length=200, required=False)
    dpo_email = forms.EmailField(label="Their e-mail address", required=False)
    dpo_phone = forms.CharField(label="Their telephone", max_length=40, required=False)
    more = forms.CharField(
        label="More that people should know", widget=LINES, max_length=5000,
        required=False,
    )  # fmt: skip
