"""Why a code that was typed does not hold, in a sentence that says what to do."""

from __future__ import annotations

from register.core.dates import now
from register.signing.models import SignCode, SignLink
from register.signing.services import CODE_TRIES


def why_not(link: SignLink) -> str:
    """Why the code that was just typed on a link is not taken."""
    codes = SignCode.objects.filter(link=link).order_by("-asked_at")
    newest = codes.first()
    if newest is None:
        return "No code was sent yet. Send yourself a code first."
    if newest.expires_at is None:
        return "The newest code is still on its way. Wait a minute, then use that one."
    if newest.used_at is not None:
        return "That code was used already. Send yourself another code."
    if newest.expires_at <= now():
        return "That code is too old: a code holds for 30 minutes. Send yourself another code."
    if newest.tries >= CODE_TRIES:
        return "That was wrong too often. Send yourself another code."
    return "That is not the code. Look at the newest message and type its 6 numbers."
