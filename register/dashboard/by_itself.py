"""What the register does by itself: last runs, what failed and why, what waits; for the office."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from register.accounts.roles import ADMINISTER, EDIT_ALL
from register.core.verdicts import YES, Verdict, no, require
from register.dashboard.wellbeing import FAILED_THRICE, given_up, queues, worker_words
from register.directory.models import Partnership
from register.directory.reach import reach_of
from register.jobs.items import TRIES
from register.jobs.models import FailedItem, Run
from register.jobs.registry import DAILY, Job, jobs
from register.jobs.services import try_again
from register.ui.listing import page_of

AT_ONCE = 50


@dataclass(frozen=True)
class Line:
    """One kind of work as the page shows it."""

    job: Job
    run: Run | None
    items: int

    @property
    def name(self) -> str:
        """What it does, in the office's words."""
        return self.job.says or self.job.name

    @property
    def how_often(self) -> str:
        """ "Every day", "every hour", "every 10 minutes", "all the time"."""
        seconds = self.job.every_seconds
        if seconds >= DAILY:
            return "Every day"
        if seconds >= 60 * 60:
            return "Every hour"
        minutes = seconds // 60
        return f"Every {minutes} minutes" if minutes > 1 else "All the time"

    @property
    def why(self) -> str:
        """The kind of error that the last run ended with; its sentence, which may name an entry of
        another partnership, stands in the log.
        """
        return self.run.failure.partition(":")[0] if self.run else ""

    @property
    def is_running(self) -> bool:
        """Whether a run has begun and not ended."""
        return self.run is not None and (
            self.run.ended_at is None or self.run.ended_at < self.run.started_at
        )

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        failures = self.run.failures if self.run else 0
        if failures >= FAILED_THRICE:
            return f"Failed {failures} times"
        if failures:
            return "Failed, tried again"
        if self.items:
            return "Some failed"
        return "Well" if self.run else "Not run yet"


def may_see_what_runs(by) -> Verdict:
    """Whether somebody may see what the register does by itself: the office and administrators."""
    reach = reach_of(by)
    if reach.is_register_officer() or reach.may_administer():
        return YES
    return no("What the register does by itself is for register officers and administrators.")


def by_itself(request: HttpRequest) -> HttpResponse:
    """Every kind of work with its last run, what failed with its reason, and what waits."""
    require(may_see_what_runs(request.user))
    shown = page_of(
        failed_for(request.user),
        order=["-failed_at", "-pk"],
        asked={key: request.GET.get(key, "")[:2000] for key in ("after", "before", "at")},
        size=AT_ONCE,
    )
    _say(shown.rows)
    context = {
        "title": "What the register does by itself",
        "lines": _lines(request.user),
        "page": shown,
        "failed": shown.rows,
        "tries": TRIES,
        "queues": queues(),
        "given_up": given_up(),
        "worker": worker_words(),
    }
    return render(request, "jobs/by_itself.html", context)


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Have one failed thing, or all that the reader sees, tried again."""
    require(may_see_what_runs(request.user))
    rows = failed_for(request.user)
    if asked := request.POST.get("item", ""):
        row = get_object_or_404(rows, pk=int(asked) if asked.isdecimal() and len(asked) < 19 else 0)
        rows = rows.filter(pk=row.pk)
    count = try_again(items=rows)
    things = "1 thing is" if count == 1 else f"{count} things are"
    messages.success(request, f"{things} tried again within a minute or two.")
    return redirect("dashboard:by_itself")


def failed_for(by) -> QuerySet[FailedItem]:
    """The failures that somebody may read: those of their partnerships, and those of no single one."""
    held = reach_of(by).by_partnership
    mine = held.get(EDIT_ALL, set()) | held.get(ADMINISTER, set())
    return FailedItem.objects.filter(Q(partnership__isnull=True) | Q(partnership__in=mine))


def _say(rows: list) -> None:
    """What failed in words; of what belongs to no single partnership only the kind of error, where
    there are several: its sentence may name an entry of another.
    """
    words = {job.name: job.says or job.name for job in jobs()}
    is_one = Partnership.objects.count() < 2
    for row in rows:
        row.name = words.get(row.job, row.job)
        is_ours = is_one or row.partnership is not None
        row.why = row.failure if is_ours else row.failure.partition(":")[0]


def _lines(by) -> list[Line]:
    runs = Run.objects.in_bulk()
    failing: dict[str, int] = {}
    for name in failed_for(by).values_list("job", flat=True):
        failing[name] = failing.get(name, 0) + 1
    found = [Line(job, runs.get(job.name), failing.get(job.name, 0)) for job in jobs()]
    # What failed stands first; the order of the rooms after that.
    return sorted(found, key=lambda line: -(line.run.failures if line.run else 0) - line.items)
