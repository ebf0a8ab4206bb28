"""Notes sign-ins, refusals and where an act came from. Addresses are kept apart, to be erased."""

import re
from contextvars import ContextVar

from register.core.dates import now
from register.ledger.canonical import canonical, sha256
from register.ledger.chain import new_salt
from register.ledger.models import AccessEvent, Trace
from register.ledger.open_acts import require_act

# What happens in one request is noted once: a list of the kinds that were noted in it.
noted: ContextVar[list[str] | None] = ContextVar("noted", default=None)
# A link that lets somebody in carries 43 letters after a stroke.
_SECRET = re.compile(r"(?<=/)[\w-]{43}(?![\w-])")


def note_access(
    *, kind: str, user=None, path: str = "", detail: str = "", ip: str = "", browser: str = ""
) -> AccessEvent:
    """Note a sign-in, a refusal or other access, outside the chain. `user` may be anonymous.

    What lets somebody in is taken out of the path; the address and browser stand in a row of their own.
    """
    known = user is not None and user.pk is not None
    event = AccessEvent.objects.create(
        at=now(),
        kind=kind[:60],
        user_id=str(user.pk) if known else "",
        user_label=str(user)[:300] if known else "",
        path=_SECRET.sub("…", path.replace("\0", ""))[:500],
        detail=detail.replace("\0", ""),
    )
    if (kinds := noted.get()) is not None:
        kinds.append(kind)
    if ip or browser:
        trace = _trace(ip, browser)
        trace.access = event
        trace.save()
    return event


def leave_trace(*, ip: str = "", browser: str = "") -> Trace:
    """Keep the address and browser of the open act in an erasable row, and their digest with it."""
    trace = _trace(ip, browser)
    this = require_act("Leaving a trace")
    this.attached.append(trace)
    this.detail["origin_sha256"] = trace_sha256(trace)
    return trace


def trace_sha256(trace: Trace) -> str:
    """The salted digest of an address and browser, as the entry of the act keeps it."""
    origin = {"browser": trace.browser, "ip": trace.ip}
    return sha256(trace.salt.encode() + canonical(origin))


def _trace(ip: str, browser: str) -> Trace:
    browser = browser.replace("\0", "")[:500]
    return Trace(at=now(), ip=ip or None, browser=browser, salt=new_salt())
