"""The faces of the register: home, the list, search, history, and what stands apart from all rooms."""

from django.urls import path

from register.dashboard import (
    by_itself,
    column_picker,
    exports,
    health,
    history,
    home,
    keys,
    metrics,
    register_list,
    saved_views,
    search_results,
    standing,
)
from register.dashboard.bulk import views as bulk

app_name = "dashboard"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("register/", register_list.register, name="register"),
    path("register/export/<slug:form>/", exports.export, name="export"),
    path("register/columns/", column_picker.columns, name="columns"),
    path("register/views/", saved_views.views, name="views"),
    path("register/views/save/", saved_views.save_view, name="save_view"),
    path("register/views/open-with/", saved_views.open_with, name="open_with"),
    path("register/views/<int:pk>/", saved_views.change_view, name="change_view"),
    path("register/views/<int:pk>/save-over/", saved_views.save_over, name="save_over"),
    path("register/views/<int:pk>/remove/", saved_views.remove_view, name="remove_view"),
    path("register/together/", bulk.bulk, name="bulk"),
    path("register/together/<int:pk>/", bulk.bulk_task, name="bulk_task"),
    path("register/together/<int:pk>/preview/", bulk.bulk_preview, name="bulk_preview"),
    path("register/together/<int:pk>/undo/", bulk.undo, name="bulk_undo"),
    path("register/together/<int:pk>/<slug:form>/", bulk.bulk_export, name="bulk_export"),
    path("keys/", keys.keys, name="keys"),
    path("keys/state/", keys.state, name="keys_state"),
    path("search/", search_results.search, name="search"),
    path("history/", history.history, name="history"),
    path("history/export/", history.export_history, name="export_history"),
    path("by-itself/", by_itself.by_itself, name="by_itself"),
    path("by-itself/again/", by_itself.again, name="try_again"),
    path("accessibility/", standing.accessibility, name="accessibility"),
    path(".well-known/security.txt", standing.security_txt, name="security_txt"),
]
