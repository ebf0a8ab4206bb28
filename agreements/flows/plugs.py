"""Where information flows hang on to the rooms below."""

from __future__ import annotations

from agreements.flows import advice_needed, body, facts, points, reading, ripples
from agreements.flows import rules as flow_rules
from agreements.flows.panel import groups_panel
from agreements.flows.tasks import TASKS
from register.documents import case, comparing, panels, rules, score, steps, tasks


def plug_in() -> None:
    """Called once, when the program starts."""
    case.LOADERS["flows"] = facts.load_flows
    case.LOADERS["groups"] = facts.load_groups
    case.LOADERS.update(flow_rules.LOADERS)
    rules.MORE[1].extend(flow_rules.CHARTER_RULES)
    rules.MORE[2].extend(flow_rules.PROTOCOL_RULES)
    rules.MORE[3].extend(flow_rules.AGREEMENT_RULES)
    for tier, of_tier in points.POINTS.items():
        score.POINTS[tier].extend(of_tier)
    steps.MORE_SECTIONS.append(body.sections)
    steps.KEPT_UP.append(reading.refresh)
    steps.MORE_BODIES[3].append(facts.group_bodies)
    comparing.GROUP_MEMBERS.append(facts.members_by_group)
    steps.MORE_WORDS[3].append(reading.words_of)
    tasks.MORE_TASKS.extend(TASKS)
    panels.PANELS.append(groups_panel)
    ripples.plug_in()
    advice_needed.plug_in()
