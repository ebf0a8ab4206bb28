"""Where advice hangs on to the rooms below."""

from __future__ import annotations

from register.advice import rules, ways
from register.advice.models import Advice, ChecklistAnswer, ReviewRequest
from register.advice.panel import advice_panel, advice_task
from register.advice.services.asking import lapse
from register.advice.standing import load_advice
from register.documents import case, panels, privacy, steps, tasks


def plug_in() -> None:
    """Called once, when the program starts."""
    case.LOADERS["advice"] = load_advice
    rules.plug_in()
    tasks.MORE_PAGES[rules.TASK] = "advice:entry"
    panels.TASKS.append(advice_task)
    panels.PANELS.append(advice_panel)
    steps.ON_CLOSED.append(lapse)
    privacy.keep(ReviewRequest, "version__document_id")
    privacy.keep(Advice, "request__version__document_id")
    privacy.keep(ChecklistAnswer, "advice__request__version__document_id")
    ways.plug_in()
