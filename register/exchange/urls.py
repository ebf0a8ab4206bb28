"""Addresses of imports."""

from django.urls import path

from register.exchange import views

app_name = "exchange"

urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/", views.new_import, name="new"),
    path("<int:pk>/", views.show_import, name="import"),
    path("<int:pk>/confirm/", views.confirm_import, name="confirm"),
    path("<int:pk>/discard/", views.discard_import, name="discard"),
    path("<int:pk>/rejected.csv", views.rejected_rows, name="rejected"),
]
