"""What is asked about rules: why a warning is made a bar, why a version is sent in spite of them."""

from __future__ import annotations

from django import forms

from register.ui.forms import Form


class SetRuleForm(Form):
    """The reason, which stands in the history."""

    reason = forms.CharField(
        label="Why",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason."},
    )


class DespiteForm(Form):
    """Why a version is sent with the gaps that the rules name."""

    despite = forms.CharField(
        label="Why it is sent with these gaps",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the history of the entry, with the numbers of the rules",
        error_messages={"required": "Enter the reason for sending it with these gaps."},
    )
