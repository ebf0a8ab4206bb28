"""What is asked of advisers and deciders, and what they answer."""

from register.advice.models.advice import Advice, ChecklistAnswer, Outcome
from register.advice.models.requests import Closed, ReviewRequest

__all__ = ["Advice", "ChecklistAnswer", "Closed", "Outcome", "ReviewRequest"]
