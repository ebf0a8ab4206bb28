"""Which period a report is about, as the address asks for it."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, QueryDict

from register.core.dates import today
from register.directory.permissions import visible_partnerships
from register.reports.periods.period import CHOICES, Period, chosen
from register.ui.forms import Form, TypedDate

USUAL = "this_month"
EARLIEST = date(1990, 1, 1)
LONGEST = timedelta(days=3653)


class PeriodForm(Form):
    """The period, and the partnership where the reader has several."""

    period = forms.ChoiceField(
        label="Period",
        choices=list(CHOICES.items()),
        required=False,
        error_messages={"invalid_choice": "Choose a period from the list."},
    )
    first = TypedDate(label="From", required=False)
    last = TypedDate(label="To", required=False)
    partnership = forms.ChoiceField(
        label="Partnership",
        required=False,
        error_messages={"invalid_choice": "Choose a partnership from the list."},
    )
    hide_optional = True

    def __init__(self, request: HttpRequest) -> None:
        asked = request.GET.copy()
        asked.setdefault("period", USUAL)
        super().__init__(asked)
        mine = visible_partnerships(request.user).order_by("name").values_list("pk", "name")
        self.partnerships = {str(pk): name for pk, name in mine}
        if len(self.partnerships) > 1:
            self.fields["partnership"].choices = [
                ("", "All your partnerships"), *self.partnerships.items(),
            ]  # fmt: skip
        else:
            del self.fields["partnership"]

    def clean(self) -> dict:
        """Both days where the period runs between days, in their order."""
        asked = super().clean() or {}
        if asked.get("period") != "between":
            return asked
        first, last = asked.get("first"), asked.get("last")
        for name, words, value in (("first", "first", first), ("last", "last", last)):
            if value is None and name not in self.errors:
                self.add_error(name, f"Enter the {words} day of the period.")
            elif value is not None and not EARLIEST <= value <= date(2999, 12, 31):
                self.add_error(name, "Enter a day of the years 1990 to 2999.")
        if not self.errors and first and last:
            self._check_order(first, last)
        return asked

    def _check_order(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("last", "Enter a day that is not before the first day.")
        elif last - first > LONGEST:
            self.add_error("last", "Enter a day at most ten years after the first day.")

    @property
    def chosen(self) -> Period:
        """The period that was asked for; the form is valid."""
        asked = self.cleaned_data
        if asked.get("period") == "between":
            return Period("days", asked["first"], asked["last"])
        return chosen(asked.get("period") or USUAL, today())

    @property
    def chosen_partnership(self) -> int | None:
        """The partnership that was asked for, or None for all of the reader's."""
        asked = self.cleaned_data.get("partnership")
        return int(asked) if asked else None

    @property
    def about(self) -> str:
        """Whose entries the report counts, in a sentence."""
        names = self.partnerships
        key = self.cleaned_data.get("partnership") or (next(iter(names)) if len(names) == 1 else "")
        whose = names.get(key, "") or "your partnerships"
        return f"Entries of {whose} that you may read."

    @property
    def kept(self) -> str:
        """The query string that asks for the same again."""
        asked = QueryDict(mutable=True)
        for name in self.fields:
            if value := self.data.get(name):
                asked[name] = value
        return asked.urlencode()
