"""Where agreements stand."""

from __future__ import annotations

from django import forms

from register.documents.forms.starting import PlaceForm
from register.documents.forms.titles import TitledChoice, TitledChoices
from register.documents.models import Document


class AgreementPlaceForm(PlaceForm):
    """The main and further protocols of an agreement, or why it stands outside the framework."""

    protocol = TitledChoice(
        Document.objects.none(),
        label="Main protocol",
        required=False,
        empty_label="Not chosen yet, or outside the framework",
        help_text="The information community follows from it",
    )
    further = TitledChoices(
        Document.objects.none(),
        label="Further protocols",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_outside = forms.BooleanField(label="It stands outside the framework", required=False)
    outside_reason = forms.CharField(
        label="Why it stands outside the framework",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only where no protocol stands above it",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        protocols = Document.objects.visible_to(self.user).of_tier(2)
        protocols = protocols.filter(partnership=self.partnership)
        word = self.partnership.protocol_word.lower()
        self.fields["protocol"].queryset = self.fields["further"].queryset = protocols
        self.fields["protocol"].label = f"Main {word}"

    def clean_further(self) -> tuple[Document, ...]:
        """The further protocols as a plain tuple."""
        return tuple(self.cleaned_data["further"])
