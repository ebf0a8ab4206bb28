"""Fields that offer the rows of a list, with what each means and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django import forms

from register.lists.fields import CodesChoice
from register.lists.labels import choices

TEMPLATE = "flows/_choices.html"


@dataclass(frozen=True)
class Group:
    """Some of the choices of a field under a heading of their own, folded or open."""

    heading: str
    codes: tuple[str, ...]
    is_folded: bool = True


class OneChoice(forms.ChoiceField):
    """One row of a list, by radio buttons."""

    widget = forms.RadioSelect

    def __init__(
        self, *, list_code: str, held: str = "", is_guided: bool = True, **options
    ) -> None:
        self.list_code, self.is_guided = list_code, is_guided
        super().__init__(choices=choices(list_code, also=held), **options)
        self.template_name = TEMPLATE


class SomeChoices(CodesChoice):
    """Some rows of a list, by ticks; `offered` narrows them, `groups` puts them under headings."""

    def __init__(
        self, *, list_code: str, held: Collection[str] = (), is_guided: bool = True,
        offered: Collection[str] | None = None, groups: Sequence[Group] = (), **options,
    ) -> None:  # fmt: skip
        self.is_guided, self.groups = is_guided, tuple(groups)
        super().__init__(list_code=list_code, held=held, **options)
        self.template_name = TEMPLATE
        rows = choices(list_code, also=held)
        if offered is not None:
            rows = [row for row in rows if row[0] in offered or row[0] in held]
        self.choices = rows
