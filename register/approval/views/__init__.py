"""What somebody who is asked to sign sees and sends."""

from register.approval.views.answering import ask, decline, object_to, pass_on, send_back, take_back
from register.approval.views.arriving import code, landing, lost, new_link
from register.approval.views.delegating import delegate, end_delegation
from register.approval.views.papers import day, file, text
from register.approval.views.releasing import held, release
from register.approval.views.reviewing import done, review
from register.approval.views.signing import confirm
from register.approval.views.tray import tray

__all__ = [
    "ask",
    "code",
    "confirm",
    "day",
    "decline",
    "delegate",
    "done",
    "end_delegation",
    "file",
    "held",
    "landing",
    "lost",
    "new_link",
    "object_to",
    "pass_on",
    "release",
    "review",
    "send_back",
    "take_back",
    "text",
    "tray",
]
