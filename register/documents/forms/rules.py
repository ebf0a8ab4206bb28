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
