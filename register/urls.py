"""Every address, included by name: the project imports no room above it."""

from django.urls import include, path
from django.utils.module_loading import import_string

handler400 = "register.dashboard.errors.bad_request"
handler403 = "register.dashboard.errors.forbidden"
handler404 = "register.dashboard.errors.not_found"
handler500 = "register.dashboard.errors.server_error"

urlpatterns = [
    path("", include("register.dashboard.urls")),
    path("api/", import_string("register.api.machine.URLS")),
    path("", include("register.api.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("register.ui.urls")),
    path("lists/", include("register.lists.urls")),
    path("import/", include("register.exchange.urls")),
    path("clean-up/", include("register.cleanup.urls")),
    path("everything/", include("register.everything.urls")),
    path("requests/", include("agreements.requests.urls")),
    path("past/", include("register.past.urls")),
    path("print/", include("register.printing.urls")),
    path("", include("register.evidence.urls")),
    path("", include("register.packs.urls")),
    path("", include("register.public.urls")),
    path("", include("register.chasing.urls")),
    path("", include("register.worklist.urls")),
    path("", include("register.reports.urls")),
    path("", include("register.records.urls")),
    path("", include("register.directory.urls")),
    path("", include("register.signing.urls")),
    path("", include("register.approval.urls")),
    path("", include("register.advice.urls")),
    path("", include("register.consultation.urls")),
    path("", include("register.concerns.urls")),
    path("", include("register.endings.urls")),
    path("", include("register.succession.urls")),
    path("", include("agreements.risks.urls")),
    path("", include("agreements.flows.urls")),
    path("", include("register.reviews.urls")),
    path("", include("register.documents.urls")),
]
