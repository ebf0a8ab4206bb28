"""The questions about security, and the risks of a draft."""

from __future__ import annotations

from django import forms

from agreements.risks.levels import QUESTIONS
from agreements.risks.ratings import IMPACTS, LIKELIHOODS
from register.lists.fields import CodesChoice
from register.lists.labels import choices
from register.ui.forms import EditForm, Form, TypedDate


def _question(question) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=question.label, choices=question.choices, required=False, widget=forms.RadioSelect
    )


class AnswersForm(EditForm):
    """Storage, transit, access and processing, and the controls in place."""

    storage, transit, access, processing, amount, sensitivity = map(_question, QUESTIONS)
    controls = CodesChoice(list_code="control", label="Controls in place", required=False)


class RiskForm(Form):
    """A risk: what may go wrong, how great it is, what is done, who accepts what is left."""

    title = forms.CharField(label="What may go wrong", max_length=300)
    cause = forms.CharField(
        label="Why it may happen", required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    consequence = forms.CharField(
        label="What it would do to people", required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    likelihood = forms.TypedChoiceField(
        label="Likelihood", choices=LIKELIHOODS, coerce=int, widget=forms.RadioSelect
    )
    impact = forms.TypedChoiceField(
        label="Impact", choices=IMPACTS, coerce=int, widget=forms.RadioSelect
    )
    treatment = forms.ChoiceField(label="Treatment", required=False)
    treatment_text = forms.CharField(
        label="What is done about it", required=False, max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    owner = forms.CharField(
        label="Who answers for it", required=False, max_length=200, help_text="A post or a person"
    )
    likelihood_after = forms.TypedChoiceField(
        label="Likelihood after treatment", required=False, coerce=int, empty_value=None,
        choices=[("", "Not said yet"), *LIKELIHOODS],
    )  # fmt: skip
    impact_after = forms.TypedChoiceField(
        label="Impact after treatment", required=False, coerce=int, empty_value=None,
        choices=[("", "Not said yet"), *IMPACTS],
    )  # fmt: skip
    accepted_by = forms.CharField(
        label="What is left is accepted by", required=False, max_length=200,
        help_text="Name and post; needed where what is left is high or very high",
    )  # fmt: skip
    accepted_on = TypedDate(label="Accepted on", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = (kwargs.get("initial") or {}).get("treatment", "")
        self.fields["treatment"].choices = choices(
            "risk_treatment", also=held, empty="Not chosen yet"
        )


class RiskEditForm(RiskForm, EditForm):
    """A risk that is there already."""


class ProposalsForm(Form):
    """Which of the proposed risks are taken over."""

    codes = forms.MultipleChoiceField(
        label="Take over",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one risk to take over."},
    )

    def __init__(self, *args, proposed, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(each.code, each.title) for each in proposed]
