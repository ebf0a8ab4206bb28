"""What the words of a list of people mean: kinds of post, capacities, names with addresses in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from register.exchange.headings import heading_key
from register.exchange.people.vocabulary import CAPACITIES, KIND_WORDS, NO, VACANT, YES

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MEANT = re.compile(r"(?P<name>.*?)\s*\(?#(?P<number>\d{1,9})\)?")
_ANOTHER = re.compile(r"(?P<name>.+?)\s*\(new\)", re.IGNORECASE)
_TITLES = re.compile(
    r"^(?:(?:dr|mr|mrs|ms|miss|prof|professor|sir|dame|cllr|rev)\.? )+", re.IGNORECASE
)


class Named(NamedTuple):
    """A person as a cell names them; `meant` is their number in the register, where it was said."""

    name: str = ""
    email: str = ""
    meant: int | None = None
    is_another: bool = False


def kind_of_post(text: str) -> str:
    """The kind of post that words mean, by the code of the list of kinds; "" where none."""
    key = heading_key(text)
    return next((kind for pattern, kind in KIND_WORDS if re.search(pattern, key)), "")


def capacity_of(text: str) -> str:
    """The capacity that words mean; "" where none."""
    key = text.casefold()
    return next((code for pattern, code in CAPACITIES if re.search(pattern, key)), "")


def is_vacant(text: str) -> bool:
    """Whether the cell of a holder says that nobody holds the post."""
    return not text.strip() or bool(re.fullmatch(VACANT, text.strip(), re.IGNORECASE))


def says_yes(text: str) -> bool | None:
    """Whether a cell says yes or no; None where it says something else, such as a name."""
    key = " ".join(text.casefold().split())
    return True if key in YES else False if key in NO else None


def person_of(text: str) -> Named:
    """The person in a cell: “Reeve, Jo <jo@council.example>” is Jo Reeve; “(#12)” says which one."""
    text = " ".join(text.split())
    email = found[0] if (found := _ADDRESS.search(text)) else ""
    name = _ADDRESS.sub("", text).replace("mailto:", "").strip(" <>()[],;:") if email else text
    meant, is_another = None, False
    if held := _MEANT.fullmatch(name):
        meant, name = int(held["number"]), held["name"]
    elif another := _ANOTHER.fullmatch(name):
        is_another, name = True, another["name"]
    if re.fullmatch(r"[\w'’ -]+, [\w'’ .-]+", name):
        last, first = name.split(", ", 1)
        name = f"{first} {last}"
    return Named(name.strip(), email, meant, is_another)


@lru_cache(maxsize=20_000)
def loose_name(name: str) -> str:
    """A name by which people are compared: without titles, capitals and dots."""
    return " ".join(_TITLES.sub("", name.strip()).casefold().replace(".", " ").split())
