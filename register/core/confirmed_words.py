"""Refuses free text that looks like personal data of the public, until somebody has confirmed it."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from register.core.personal import suspects

CONFIRM = "Take it out, or tick “It is nobody’s personal data” at the end of the page if it only looks so."


def flagged(texts: dict) -> dict[str, list[str]]:
    """By the name of each field: what in its text looks like personal data, in words."""
    found = {
        name: [suspect.words for suspect in suspects(text)]
        for name, text in texts.items()
        if isinstance(text, str) and text
    }
    return {name: words for name, words in found.items() if words}


def check_words(facts: dict, is_confirmed: bool) -> dict:
    """What the act notes of texts that were confirmed. Raises ValidationError naming each field
    that looks like personal data, where nobody has confirmed that it is none.
    """
    found = flagged(facts)
    if found and not is_confirmed:
        raise ValidationError(
            {name: f"{'; '.join(words)}. {CONFIRM}" for name, words in found.items()}
        )
    return {"confirmed_no_personal_data": sorted(found)} if found else {}
