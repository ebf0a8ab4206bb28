"""Where tasks and reports stand."""

from django.urls import path

from register.reports import (
    coverage_pages,
    gap_pages,
    index,
    period_urls,
    sharing_urls,
    task_pages,
)

app_name = "reports"

urlpatterns = [
    path("tasks/", task_pages.tasks, name="tasks"),
    path("tasks/close/", task_pages.close_tasks, name="close_tasks"),
    path("tasks/<int:pk>/", task_pages.task, name="task"),
    path("tasks/<int:pk>/close/", task_pages.close_task, name="close_task"),
    path("tasks/<int:pk>/assign/", task_pages.assign_task, name="assign_task"),
    path("reports/", index.reports, name="reports"),
    path("reports/coverage/", coverage_pages.coverage, name="coverage"),
    path(
        "reports/coverage/export/<slug:form>/",
        coverage_pages.export_coverage,
        name="export_coverage",
    ),
    path("reports/not-covered/", gap_pages.not_covered, name="gaps"),
    path(
        "reports/not-covered/export/<slug:form>/",
        gap_pages.export_not_covered,
        name="export_gaps",
    ),
    *sharing_urls.urlpatterns,
    *period_urls.urlpatterns,
]
