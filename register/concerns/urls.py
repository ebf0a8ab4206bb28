"""Addresses of concerns and checks: recorded under the agreement, then by their own."""

from django.urls import path

from register.concerns.views import checks, concerns, due

app_name = "concerns"

urlpatterns = [
    path("register/<slug:ref>/concerns/record/", concerns.record, name="record"),
    path("register/<slug:ref>/checks/record/", checks.record, name="record_check"),
    path("concerns/", concerns.listing, name="concerns"),
    path("concerns/<int:pk>/", concerns.concern, name="concern"),
    path("concerns/<int:pk>/correct/", concerns.correct, name="correct"),
    path("concerns/<int:pk>/told/<int:row>/", concerns.told, name="told"),
    path("concerns/<int:pk>/close/", concerns.close, name="close"),
    path("concerns/<int:pk>/reopen/", concerns.reopen, name="reopen"),
    path("concerns/<int:pk>/history/", concerns.history, name="history"),
    path("checks/", due.done_and_due, name="checks"),
    path("checks/export.csv", due.export, name="export_checks"),
    path("checks/<int:pk>/", checks.check, name="check"),
    path("checks/<int:pk>/correct/", checks.correct, name="correct_check"),
    path("checks/<int:pk>/history/", checks.history, name="check_history"),
]
