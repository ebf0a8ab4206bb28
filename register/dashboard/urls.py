"""The faces of the register: home, the list, search, history, and what stands apart from all rooms."""

from django.urls import path

from register.dashboard import (
    exports,
    health,
    history,
    home,
    register_list,
    search_results,
    standing,
)

app_name = "dashboard"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("register/", register_list.register, name="register"),
    path("register/export/<slug:form>/", exports.export, name="export"),
    path("search/", search_results.search, name="search"),
    path("history/", history.history, name="history"),
    path("history/export/", history.export_history, name="export_history"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path(".well-known/security.txt", standing.security_txt, name="security_txt"),
]
