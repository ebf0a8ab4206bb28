"""What the pages of reviews ask."""

from __future__ import annotations

from django import forms

from register.core.dates import add_months, today, words
from register.documents.forms.life import ConfirmForm
from register.documents.models import Document
from register.lists.labels import choices, items
from register.reviews.models import Answer, Basis, Missed, PartyAnswer, ReviewAnswer
from register.reviews.models.cycles import LONGEST_MONTHS
from register.reviews.sections import SECTIONS
from register.reviews.services.answering import QUESTION, SECTION, Said
from register.ui.confirming import Confirming
from register.ui.forms import EditForm, Form, TypedDate, dress


def _text(label: str, *, rows: int = 3, required: bool = False, **more) -> forms.CharField:
    more.setdefault("error_messages", {"required": "Enter the reason."})
    return forms.CharField(
        label=label, required=required, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": rows}), **more,
    )  # fmt: skip


def _months(label: str, *, required: bool, help_text: str = "") -> forms.IntegerField:
    sentence = f"Enter a number of months from 1 to {LONGEST_MONTHS}."
    return forms.IntegerField(
        label=label, required=required, min_value=1, max_value=LONGEST_MONTHS, help_text=help_text,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )  # fmt: skip


class _CycleForm(Form):
    row_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    months = _months("Months between reviews", required=True, help_text="For example, 12 or 24")
    first_months = _months(
        "Months to the first review", required=False, help_text="Where the first one comes sooner"
    )
    basis = forms.ChoiceField(label="Counted", choices=Basis.choices, widget=forms.RadioSelect)


class CycleForm(_CycleForm):
    """The cycle of a tier, and what happens when a review is missed."""

    missed = forms.ChoiceField(
        label="When a review is three months late", choices=Missed.choices, widget=forms.RadioSelect
    )


class OwnCycleForm(_CycleForm):
    """The cycle of one entry, with the reason."""

    reason = _text("Why it is reviewed at other times than its tier", required=True)


class DateForm(EditForm):
    """A review date and its reason."""

    review_on = TypedDate(label="Review date", error_messages={"required": "Enter a review date."})
    reason = _text("Reason", required=True)


class RenewForm(EditForm):
    """The next review date; nothing else is asked."""

    next_on = TypedDate(
        label="Next review", error_messages={"required": "Enter the next review date."}
    )


class BeginForm(ConfirmForm):
    """Why it is reviewed, where there is something to say."""

    reason = _text("Why now", help_text="Leave it empty for a planned review")


class AnswersForm(EditForm, Confirming):
    """Asks about each of some lines: an answer, and words."""

    part = ""

    def __init__(self, *args, lines, labels, excerpts=None, answers=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [(code, asked, help_text) for code, asked, help_text in lines]
        self.excerpts = excerpts or {}
        given = {row.code: row for row in answers}
        for code, asked, help_text in self.lines:
            self._add(code, asked, help_text, labels, given.get(code))
        self.look_through()

    def _add(self, code: str, asked: str, help_text: str, labels, row: ReviewAnswer | None) -> None:
        field = forms.ChoiceField(
            label=asked, help_text=help_text, choices=labels, required=False,
            widget=forms.RadioSelect, initial=row.answer if row else None,
        )  # fmt: skip
        words_field = _text(f"What there is to say of “{asked}”", rows=2)
        words_field.initial = row.words if row else ""
        for name, each in ((code, field), (f"{code}_words", words_field)):
            self.fields[name] = each
            dress(each, name)

    def rows(self) -> list[dict]:
        """Each line with its two fields and what the register holds of it."""
        return [
            {"answer": self[code], "words": self[f"{code}_words"],
             "excerpts": self.excerpts.get(code, [])}
            for code, _, _ in self.lines
        ]  # fmt: skip

    def said(self, cleaned: dict) -> list[Said]:
        """The answers that were given."""
        return [
            Said(code, asked, cleaned.get(code, ""), cleaned.get(f"{code}_words", ""))
            for code, asked, _ in self.lines
        ]


def section_lines() -> tuple[str, list, list]:
    """The part, the lines and the answers of “still true?”."""
    labels = [(Answer.YES, "Still correct"), (Answer.NO, "Change")]
    return SECTION, [(s.code, s.heading, s.asks) for s in SECTIONS], labels


def question_lines() -> tuple[str, list, list]:
    """The part, the lines and the answers of the checklist: two reviewed lists, one after the other."""
    lines = [
        (code, row.label, row.meaning)
        for list_code in ("review_question", "quality_check")
        for code, row in items(list_code).items()
        if row.holds_on(today())
    ]
    return QUESTION, lines, list(Answer.choices)


class AskForm(EditForm, Confirming):
    """Which parties are asked, by when, with which words."""

    parties = forms.MultipleChoiceField(
        label="Parties to ask", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a party to ask."},
    )  # fmt: skip
    due_on = TypedDate(label="Answer by", error_messages={"required": "Enter a day."})
    message = _text("A word from you", help_text="It stands in the message above the link")

    def __init__(self, *args, proposed, lead_id=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = [(str(a.organisation.pk), _asked(a)) for a in proposed]
        self.fields["parties"].initial = [
            str(a.organisation.pk) for a in proposed if a.organisation.pk != lead_id
        ]
        self.fields["due_on"].initial = _default_day()


class AgainForm(EditForm):
    """Somebody of a party who is asked anew."""

    name = forms.CharField(label="Whom to ask", max_length=200)
    email = forms.EmailField(label="E-mail address", max_length=254)
    due_on = TypedDate(label="Answer by", error_messages={"required": "Enter a day."})


class PartyAnswerForm(Confirming):
    """What a party says."""

    answer = forms.ChoiceField(
        label="Does it still say what you do?", choices=PartyAnswer.choices,
        widget=forms.RadioSelect, error_messages={"required": "Choose an answer."},
    )  # fmt: skip
    said = _text(
        "What must change, or since when you no longer share",
        help_text="Name no member of the public",
    )
    name = forms.CharField(
        label="Your name", max_length=200, error_messages={"required": "Enter your name."}
    )


class HeardForm(EditForm, Confirming):
    """What a party said elsewhere, recorded by an officer."""

    answer_ = forms.ChoiceField(
        label="What it said", choices=PartyAnswer.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer."},
    )  # fmt: skip
    said = _text("In its words", help_text="Say also how you heard it: by telephone, by letter")
    name = forms.CharField(
        label="Who answered", max_length=200, error_messages={"required": "Enter who answered."}
    )


class CloseForm(EditForm, Confirming):
    """What was found and what is decided."""

    findings = _text("Findings", rows=4, help_text="What the review found, and what is to change")
    outcome = forms.ChoiceField(
        label="Outcome", widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided."},
    )  # fmt: skip
    next_on = TypedDate(
        label="Next review", required=False,
        help_text="Needed for no change and for deferred. For example, 21 11 2027",
    )  # fmt: skip
    reason = _text("Reason", help_text="Needed when it is merged, ended, suspended or deferred")
    merge_into = forms.CharField(
        label="Merged into", required=False, max_length=30,
        help_text="The reference of the entry that takes it over",
    )  # fmt: skip
    on = TypedDate(
        label="From which day nobody shares under it", required=False,
        help_text="Where it is merged or ended; today where empty",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["outcome"].choices = [
            (code, f"{label}: {_meaning(code)}" if _meaning(code) else label)
            for code, label in choices("review_outcome")
        ]

    def clean_merge_into(self) -> Document | None:
        """The entry that takes it over."""
        reference = self.cleaned_data["merge_into"].strip()
        if not reference:
            return None
        found = Document.objects.visible_to(self.user).filter(reference__iexact=reference).first()
        if found is None:
            raise forms.ValidationError("Enter a reference that stands in the register.")
        return found


class EndDateForm(Form):
    """Another end date, and why."""

    to_on = TypedDate(
        label="New end date", required=False, help_text="Leave it empty for no fixed end"
    )
    reason = _text("Reason", required=True)


class ConsentForm(Form):
    """Who consented for a party, when and how."""

    given_by = forms.CharField(
        label="Given by", max_length=200, help_text="Name and post",
        error_messages={"required": "Enter who gave it."},
    )  # fmt: skip
    given_on = TypedDate(label="Given on", error_messages={"required": "Enter the day."})
    how = forms.CharField(
        label="How", max_length=300, help_text="For example, e-mail to the partnership office",
        error_messages={"required": "Enter how it was given."},
    )  # fmt: skip


def _asked(party) -> str:
    whom = ", ".join(filter(None, (party.name, party.post)))
    if party.email:
        return f"{party.organisation.called}: {whom} ({party.email})"
    return f"{party.organisation.called}: no address is known, so record its answer yourself"


def _meaning(code: str) -> str:
    row = items("review_outcome").get(code)
    meaning = row.meaning if row else ""
    return meaning[:1].lower() + meaning[1:]


def _default_day():
    return add_months(today(), 1)


def renew_words(document: Document) -> str:
    """What pressing the button on the page of renewal does."""
    ends = document.governing.ends_on if document.governing else None
    said = "Nothing of the text changes. Only the review date moves."
    if ends:
        said += f" It still ends on {words(ends)}: that day moves only by a new version, or with the recorded consent of every party."
    return said
