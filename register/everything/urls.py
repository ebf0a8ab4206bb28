"""Addresses of exports of everything."""

from django.urls import path

from register.everything import views

app_name = "everything"

urlpatterns = [
    path("", views.exports, name="exports"),
    path("ask/", views.ask, name="ask"),
    path("release/", views.release, name="release"),
    path("<int:pk>/download/", views.download, name="download"),
]
