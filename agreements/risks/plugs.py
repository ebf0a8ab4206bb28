"""Where risks and impact assessments hang on to the rooms below."""

from __future__ import annotations

from agreements.risks.facts import load_risks
from agreements.risks.panel import records_panel
from agreements.risks.sections import TASKS, sections_of
from agreements.risks.ways import plug_in_ways
from register.documents import case, panels, steps, tasks


def plug_in() -> None:
    """Called once, when the program starts."""
    case.LOADERS["risks"] = load_risks
    steps.MORE_SECTIONS.append(sections_of)
    tasks.MORE_TASKS.extend(TASKS)
    panels.PANELS.append(records_panel)
    plug_in_ways()
