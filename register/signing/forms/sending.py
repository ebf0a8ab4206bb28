"""How a version is sent out for signature: who is asked, in which order, by when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from register.documents.models import Version
from register.signing.models import OnMissed, Order
from register.signing.services import Proposed, Round
from register.ui.forms import Form, TypedDate, dress

STEPS = 9


class SendForm(Form):
    """Who is asked in each place, the order, the day, and what happens when it passes."""

    sign_by = TypedDate(label="Sign by", required=False)
    on_missed = forms.ChoiceField(
        label="When that day passes", choices=OnMissed.choices, initial=OnMissed.TELL,
        widget=forms.RadioSelect,
    )  # fmt: skip
    order = forms.ChoiceField(
        label="Order", choices=Order.choices, initial=Order.TOGETHER, widget=forms.RadioSelect,
        help_text="Step by step: those of step 2 are asked when all who are needed in step 1 have "
        "signed",
    )  # fmt: skip
    carry = forms.BooleanField(
        label="Let signatures carry over where a party's part has not changed in substance",
        required=False, initial=True,
        help_text="They are told what changed and may object for four weeks",
    )  # fmt: skip
    message = forms.CharField(
        label="Message to those who sign", required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Two or three sentences: what it is for, why now",
    )  # fmt: skip
    copies_to = forms.CharField(
        label="Who else hears when it is in force", required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="E-mail addresses, one on each line",
    )  # fmt: skip
    despite = forms.CharField(
        label="Why it is sent with these gaps", max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands in the history of the entry, with the numbers of the rules",
        error_messages={"required": "Enter the reason for sending it with these gaps."},
    )  # fmt: skip

    def __init__(
        self, *args, version: Version, proposed: list[Proposed], has_gaps: bool, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = proposed
        for each in proposed:
            self._add(_people(each), _who(each))
            self._add(_step(each), _which_step(each))
        if not has_gaps:
            del self.fields["despite"]
        if version.document.governing is None:
            del self.fields["carry"]

    def _add(self, name: str, field: forms.Field) -> None:
        dress(field, name)
        self.fields[name] = field

    @property
    def places(self) -> list[tuple[Proposed, BoundField, BoundField]]:
        """Each place with its fields."""
        return [(each, self[_people(each)], self[_step(each)]) for each in self.proposed]

    @property
    def about(self) -> list[BoundField]:
        """The fields about the whole round."""
        names = ("sign_by", "on_missed", "order", "carry", "message", "copies_to", "despite")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """What the service takes: the round, who is asked in each place, the reason."""
        said = super().clean() or self.cleaned_data
        chosen, steps = {}, {}
        for each in self.proposed:
            known = {str(person.pk): person for person in each.able}
            chosen[each.slot.pk] = [known[pk] for pk in said.get(_people(each), []) if pk in known]
            steps[each.slot.pk] = said.get(_step(each)) or 1
        # Everything on paper is a way too, but never by accident.
        is_silent = self.proposed and not any(chosen.values()) and not self.errors
        if is_silent and not self.data.get("all_on_paper"):
            raise ValidationError(
                "Choose somebody to ask, or confirm that everybody signs on paper."
            )
        return {
            "round_": Round(
                sign_by=said.get("sign_by"),
                order=said.get("order", Order.TOGETHER),
                on_missed=said.get("on_missed", OnMissed.TELL),
                message=said.get("message", ""),
                copies_to=tuple(said.get("copies_to", "").split()),
                carry=said.get("carry", True),
                steps=steps,
            ),
            "chosen": chosen,
            "despite": said.get("despite", ""),
        }


def _people(each: Proposed) -> str:
    return f"people_{each.slot.pk}"


def _step(each: Proposed) -> str:
    return f"step_{each.slot.pk}"


def _who(each: Proposed) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=f"Who is asked for {each.slot.organisation.legal_name}", required=False,
        choices=[(str(person.pk), person.name) for person in each.able],
        initial=[str(person.pk) for person in each.people],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def _which_step(each: Proposed) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Step", coerce=int, required=False, initial=each.slot.step,
        choices=[(number, str(number)) for number in range(1, STEPS + 1)],
    )  # fmt: skip
