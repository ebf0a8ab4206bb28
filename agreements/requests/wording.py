"""Refuses free text that looks like personal data of the public, until somebody has confirmed it."""

from register.core.confirmed_words import CONFIRM, check_words, flagged

__all__ = ["CONFIRM", "check_words", "flagged"]
