"""How an impact assessment may stand with a controller, by the codes of the list "dpia_status"."""

from __future__ import annotations

SCREENING = "screening"
NOT_REQUIRED = "not_required"
IN_PROGRESS = "in_progress"
WITH_DPO = "with_dpo"
ACCEPTED = "accepted"
ACCEPTED_WITH_CONDITIONS = "accepted_with_conditions"
NOT_ACCEPTED = "not_accepted"
RELIES = "relies_on_joint"
PRIOR_CONSULTATION = "prior_consultation"

# The controller decides these; everybody else records the others.
DECISIONS = (ACCEPTED, ACCEPTED_WITH_CONDITIONS, NOT_ACCEPTED)
RECORDED = (SCREENING, NOT_REQUIRED, IN_PROGRESS, WITH_DPO, RELIES, PRIOR_CONSULTATION)
# With these the controller has done what it must.
SETTLED = (NOT_REQUIRED, ACCEPTED, ACCEPTED_WITH_CONDITIONS, RELIES)
COLOURS = {
    SCREENING: "grey",
    NOT_REQUIRED: "grey",
    IN_PROGRESS: "blue",
    WITH_DPO: "yellow",
    ACCEPTED: "green",
    ACCEPTED_WITH_CONDITIONS: "green",
    NOT_ACCEPTED: "red",
    RELIES: "green",
    PRIOR_CONSULTATION: "orange",
}
# The kinds of post whose holders decide for their body.
DECIDERS = ("siro", "iao")
