"""Addresses of the clean-up."""

from django.urls import path

from register.cleanup import views

app_name = "cleanup"

urlpatterns = [
    path("", views.cleanup, name="cleanup"),
    path("duplicates/", views.duplicates, name="duplicates"),
    path("go-live/", views.go_live, name="go_live"),
]
