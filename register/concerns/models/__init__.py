"""Breaches and concerns recorded on agreements, and checks of how they are kept."""

from register.concerns.models.checks import AdherenceCheck, CheckAnswer, Conclusion, Said
from register.concerns.models.concerns import (
    ICO_HOURS,
    Concern,
    ConcernBody,
    IcoAnswer,
    PeopleAnswer,
)

__all__ = [
    "ICO_HOURS",
    "AdherenceCheck",
    "CheckAnswer",
    "Concern",
    "ConcernBody",
    "Conclusion",
    "IcoAnswer",
    "PeopleAnswer",
    "Said",
]
