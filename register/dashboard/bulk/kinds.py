"""Every act that can be done with many entries, by its code."""

from register.dashboard.bulk.changing import CHANGING
from register.dashboard.bulk.reminding import REMIND
from register.dashboard.bulk.reviewing import SET_DATE, START

KINDS = {kind.code: kind for kind in (*CHANGING, SET_DATE, START, REMIND)}
