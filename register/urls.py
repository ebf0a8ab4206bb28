"""Every address, included by name: the project imports no room above it."""

from django.urls import include, path

handler400 = "register.dashboard.errors.bad_request"
handler403 = "register.dashboard.errors.forbidden"
handler404 = "register.dashboard.errors.not_found"
handler500 = "register.dashboard.errors.server_error"

urlpatterns = [
    path("", include("register.dashboard.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("register.ui.urls")),
    path("lists/", include("register.lists.urls")),
    path("import/", include("register.exchange.urls")),
    path("print/", include("register.printing.urls")),
    path("", include("register.directory.urls")),
    path("", include("register.signing.urls")),
    path("", include("register.documents.urls")),
]
