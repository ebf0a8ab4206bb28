"""Where risks and impact assessments hang on to the rooms below."""

from __future__ import annotations

from agreements.risks.facts import load_risks
from agreements.risks.models import Dpia, ProcessorContract
from agreements.risks.panel import records_panel
from agreements.risks.sections import TASKS, sections_of
from agreements.risks.ways import plug_in_ways
from register.advice.papers import PAPERS
from register.documents import case, panels, steps, tasks
from register.ledger.private import READERS


def plug_in() -> None:
    """Called once, when the program starts."""
    case.LOADERS["risks"] = load_risks
    steps.MORE_SECTIONS.append(sections_of)
    tasks.MORE_TASKS.extend(TASKS)
    panels.PANELS.append(records_panel)
    PAPERS.append(records_panel)
    for model in (Dpia, ProcessorContract):
        READERS[model._meta.label_lower] = model.objects.visible_to
    plug_in_ways()
