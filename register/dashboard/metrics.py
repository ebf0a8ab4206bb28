"""`/metrics`: figures for Prometheus, for whoever sends METRICS_TOKEN and for officers who are signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from register.core.verdicts import require
from register.dashboard.by_itself import may_see_what_runs
from register.dashboard.exposition import CONTENT_TYPE, written
from register.dashboard.figures import families
from register.dashboard.health import holds_token

NO_TOKEN = "Send the register's METRICS_TOKEN as “Authorization: Bearer …”.\n"


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Every figure in the text format 0.0.4; 401 for a stranger."""
    if not holds_token(request):
        if not request.user.is_authenticated:
            answer = HttpResponse(NO_TOKEN, status=401, content_type="text/plain; charset=utf-8")
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        require(may_see_what_runs(request.user))
    return HttpResponse(written(families()), content_type=CONTENT_TYPE)
