"""Where the report of a period stands."""

from django.urls import path

from register.reports.views import period_lists, periods

urlpatterns = [
    path("reports/periods/", periods.page, name="period"),
    path("reports/periods/pdf/", periods.pdf, name="period_pdf"),
    path("reports/periods/export/<slug:form>/", periods.export, name="export_period"),
    path("reports/periods/<slug:figure>/", period_lists.entries, name="period_list"),
    path(
        "reports/periods/<slug:figure>/export/<slug:form>/",
        period_lists.export,
        name="export_period_list",
    ),
]
