"""Addresses that everybody may open."""

from django.urls import path

from register.public import views

app_name = "public"

urlpatterns = [
    path("signatories/", views.signatories, name="signatories"),
    path("signatories.csv", views.signatories_csv, name="signatories_csv"),
]
