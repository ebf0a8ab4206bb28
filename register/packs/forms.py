"""What is asked before a release copy is made: of every part whether it is withheld, and why."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from register.lists.fields import CodesChoice
from register.packs.grounds import GROUNDS
from register.packs.naming import senior_posts
from register.packs.withholding import Part
from register.ui.forms import Form

GIVEN = "Give it out"


class ReleaseForm(Form):
    """A release copy of a text with some parts."""

    requested_as = forms.CharField(
        label="Reference of the request", max_length=100, required=False,
        help_text="For example, FOI 2026/114. Leave it empty where nobody has asked yet.",
    )  # fmt: skip
    named_posts = CodesChoice(
        list_code="post_kind", label="Posts whose holders stay named", required=False,
        help_text="The names of all others are replaced by their posts.",
    )  # fmt: skip

    def __init__(self, *args, parts: Iterable[Part], **kwargs) -> None:
        kwargs["initial"] = {"named_posts": senior_posts()} | (kwargs.get("initial") or {})
        self.parts = list(parts)
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, parts: Iterable[Part]) -> type[ReleaseForm]:
        """The form for a text: with two fields for each of its parts."""
        found = list(parts)
        fields: dict[str, forms.Field] = {}
        grounds = [("", GIVEN), *((code, f"{g.words} ({code.replace('s', 's.', 1)})")
                                  for code, g in GROUNDS.items())]  # fmt: skip
        for n, part in enumerate(found):
            fields[f"ground_{n}"] = forms.ChoiceField(
                label=part.heading, choices=grounds, required=False
            )
            fields[f"because_{n}"] = forms.CharField(
                label=f"Why “{part.heading}” is withheld", max_length=1_000, required=False
            )
        fields["is_decided"] = forms.BooleanField(
            label="What is not withheld may be given to somebody outside",
            error_messages={"required": "Tick the box when you have decided on every part."},
        )
        return type("ReleaseFormOfAText", (cls,), fields)

    def clean(self) -> dict:
        """Put the answers about parts together; each needs both, or neither."""
        told = super().clean() or self.cleaned_data
        told.pop("is_decided", None)
        withheld = {}
        for n, part in enumerate(self.parts):
            ground, because = told.pop(f"ground_{n}", ""), told.pop(f"because_{n}", "")
            if ground and not because:
                self.add_error(f"because_{n}", f"Say why “{part.heading}” is withheld.")
            elif because and not ground:
                self.add_error(
                    f"ground_{n}",
                    f"Choose the exemption for “{part.heading}”, or empty the reason.",
                )
            elif ground:
                withheld[part.code] = (ground, because)
        return told | {"withheld": withheld}
