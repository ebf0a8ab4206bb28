"""Addresses of the past."""

from django.urls import path

from register.past.views import changes, entry, listing

app_name = "past"

urlpatterns = [
    path("", listing.start, name="start"),
    path("compare/<str:ref>/", changes.compare, name="compare"),
    path("<str:when>/", listing.entries, name="list"),
    path("<str:when>/pdf/", listing.paper, name="paper"),
    path("<str:when>/export/<slug:form>/", listing.export, name="export"),
    path("<str:when>/<str:ref>/", entry.entry, name="entry"),
    path("<str:when>/<str:ref>/pdf/", entry.pdf, name="pdf"),
    path("<str:when>/<str:ref>/put-back/<slug:key>/", changes.restore, name="put_back"),
]
