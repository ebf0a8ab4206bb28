"""Where the reports on sharing stand."""

from django.urls import path

from register.reports.views import (
    corrections,
    duplicates,
    inventory,
    partners,
    picture,
    sharing,
)

_FLOW = "<slug:first>/<uuid:first_flow>/<slug:second>/<uuid:second_flow>/"

urlpatterns = [
    path("who-shares/", sharing.who_shares, name="who_shares"),
    path("who-shares/picture/", picture.picture, name="picture"),
    path("who-shares/flows/", sharing.flows, name="flows"),
    path("who-shares/export/<slug:what>/<slug:form>/", sharing.export, name="export_sharing"),
    path("reports/inventory/", inventory.inventory, name="inventory"),
    path("reports/inventory/export/<slug:form>/", inventory.export, name="export_inventory"),
    path("reports/partner/", partners.choose, name="partners"),
    path("reports/partner/<int:pk>/", partners.partner, name="partner"),
    path("reports/partner/<int:pk>/pdf/", partners.pdf, name="partner_pdf"),
    path("reports/partner/<int:pk>/export/<slug:form>/", partners.export, name="export_partner"),
    path("reports/corrections/", corrections.corrections, name="corrections"),
    path("reports/corrections/export/<slug:form>/", corrections.export, name="export_corrections"),
    path("reports/duplicates/", duplicates.duplicates, name="duplicates"),
    path("reports/duplicates/flows/" + _FLOW, duplicates.flows, name="duplicate_flows"),
    path(
        "reports/duplicates/agreements/<slug:first>/<slug:second>/",
        duplicates.agreements,
        name="duplicate_agreements",
    ),
    path("reports/duplicates/<int:pk>/reopen/", duplicates.take_back, name="take_back_dismissal"),
]
