"""“May A send B this?”: what the register answers, and always why."""

from agreements.flows.asking.answers import NOTE, Answer, Verdict
from agreements.flows.asking.asked import Asked, categories_named
from agreements.flows.asking.may_share import may_share

__all__ = ["NOTE", "Answer", "Asked", "Verdict", "categories_named", "may_share"]
