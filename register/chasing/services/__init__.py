"""Reminding, giving more time, cancelling, acting on days that pass, and testing whom messages reach."""

from register.chasing.services.chasing import cancel_many, extend_many
from register.chasing.services.holders import tell_new_holders
from register.chasing.services.needs import settle
from register.chasing.services.passing_days import act_on_missed_days, tell_of_bounces
from register.chasing.services.reach import confirm, start_test
from register.chasing.services.reminding import remind_all

__all__ = [
    "act_on_missed_days",
    "cancel_many",
    "confirm",
    "extend_many",
    "remind_all",
    "settle",
    "start_test",
    "tell_new_holders",
    "tell_of_bounces",
]
