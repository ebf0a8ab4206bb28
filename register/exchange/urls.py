"""Addresses of imports."""

from django.urls import path

from register.exchange.views import bundles, imports, rows, starting, undoing

app_name = "exchange"

urlpatterns = [
    path("", imports.imports, name="imports"),
    path("new/", starting.new_import, name="new"),
    path("files/", bundles.bundles, name="bundles"),
    path("files/new/", bundles.new_bundle, name="new_bundle"),
    path("files/<int:pk>/", bundles.show_bundle, name="bundle"),
    path("files/<int:pk>/attach/", bundles.confirm_bundle, name="bundle_confirm"),
    path("files/<int:pk>/discard/", bundles.discard_bundle, name="bundle_discard"),
    path("<int:pk>/", imports.show_import, name="import"),
    path("<int:pk>/columns/", starting.choose_columns, name="columns"),
    path("<int:pk>/confirm/", imports.confirm_import, name="confirm"),
    path("<int:pk>/discard/", imports.discard_import, name="discard"),
    path("<int:pk>/mend/", rows.mend, name="mend"),
    path("<int:pk>/again/", rows.again, name="again"),
    path("<int:pk>/undo/", undoing.undo, name="undo"),
    path("<int:pk>/report.csv", rows.report_file, name="report"),
    path("<int:pk>/rejected.csv", rows.rejected_rows, name="rejected"),
    path("<int:pk>/rejected.xlsx", rows.rejected_sheet, name="rejected_sheet"),
]
