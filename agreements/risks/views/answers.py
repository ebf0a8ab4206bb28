"""The questions about security of a draft, and the level that the answers require."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse

from agreements.risks.facts import controls_in_flows
from agreements.risks.forms.risks import AnswersForm
from agreements.risks.levels import QUESTION, level_of, missing_controls, required_controls
from agreements.risks.models import RiskAnswers
from agreements.risks.sections import controls_words
from agreements.risks.services import risks as services
from agreements.risks.views.draft import agreement_draft
from register.documents.models import Version
from register.documents.views.conversation import asks
from register.documents.views.drafting import task_page


@asks
def answers(request: HttpRequest, ref: str) -> HttpResponse:
    """Storage, transit, access, processing, amount, sensitivity, and the controls in place."""
    version = agreement_draft(request, ref)
    row = RiskAnswers.objects.filter(version=version).first()
    initial: dict[str, object] = {"row_version": row.row_version if row else 1}
    if row is not None:
        initial |= row.answers | {"controls": row.controls}
    return task_page(
        request, version, AnswersForm, "Security questions", initial=initial,
        act=partial(services.save_answers, by=request.user, version=version),
        template="risks/answers.html", context=_level(version, row),
    )  # fmt: skip


def _level(version: Version, row: RiskAnswers | None) -> dict:
    said = row.answers if row else dict.fromkeys(QUESTION, "")
    level = level_of(said)
    held = [*(row.controls if row else ()), *controls_in_flows([version.pk]).get(version.pk, ())]
    missing = missing_controls(level.code, held, said)
    return {
        "level": level,
        "required": controls_words(required_controls(level.code, said)),
        "missing": controls_words(missing) if missing else "",
    }
