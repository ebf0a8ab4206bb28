"""What is asked before an act on many entries."""

from __future__ import annotations

from django import forms

from register.directory.models import Person
from register.documents.forms.facts import people_of
from register.reviews.services.outcomes import check_next
from register.ui.forms import Form, TypedDate

TAG_LENGTH = 60


class OwnerForm(Form):
    """Who will own the entries."""

    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label="New owner",
        empty_label="Choose a person",
        help_text="The officer who answers for the entries",
        error_messages={"required": "Choose the new owner."},
    )
    reason = forms.CharField(label="Reason", required=False, max_length=300)

    def __init__(self, *args, partnerships, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.none()
        for pk in partnerships:
            people = people | people_of(pk)
        self.fields["owner"].queryset = people.distinct().order_by("name")

    def clean(self) -> dict:
        """The values as they are stored: the key of the person."""
        super().clean()
        cleaned = self.cleaned_data
        if owner := cleaned.get("owner"):
            cleaned["owner"] = owner.pk
        return cleaned


class ReviewDateForm(Form):
    """When the entries are reviewed next, and why they are moved."""

    review_on = TypedDate(label="New review date")
    reason = forms.CharField(
        label="Reason", max_length=300, help_text="It stands in the history of each entry"
    )

    def clean(self) -> dict:
        """A day that reviews allow, as it is stored."""
        super().clean()
        cleaned = self.cleaned_data
        if day := cleaned.get("review_on"):
            check_next(day, "review_on")
            cleaned["review_on"] = day.isoformat()
        return cleaned


class ReviewForm(Form):
    """Why reviews are started."""

    reason = forms.CharField(
        label="Reason", max_length=300, help_text="It stands in the history of each entry"
    )


class TagsForm(Form):
    """Which tags the entries get, and which they lose."""

    add = forms.CharField(
        label="Tags to add", required=False, max_length=300, help_text="With commas between them"
    )
    remove = forms.CharField(
        label="Tags to remove", required=False, max_length=300, help_text="With commas between them"
    )

    def clean_add(self) -> list[str]:
        """The tags one by one."""
        return _tags(self.cleaned_data["add"])

    def clean_remove(self) -> list[str]:
        """The tags one by one."""
        return _tags(self.cleaned_data["remove"])

    def clean(self) -> dict:
        """Something to do, and nothing both ways."""
        super().clean()
        cleaned = self.cleaned_data
        added, removed = set(cleaned.get("add") or []), set(cleaned.get("remove") or [])
        if not self.errors and not added | removed:
            raise forms.ValidationError("Enter a tag to add or a tag to remove.")
        if both := sorted(added & removed):
            raise forms.ValidationError(f"Add or remove {both[0]}, not both.")
        return cleaned


def _tags(typed: str) -> list[str]:
    tags = [" ".join(tag.split()) for tag in typed.split(",") if tag.strip()]
    if any(len(tag) > TAG_LENGTH for tag in tags):
        raise forms.ValidationError(f"Enter tags of {TAG_LENGTH} characters or fewer.")
    return list(dict.fromkeys(tags))
