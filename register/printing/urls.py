"""Addresses of prints."""

from django.urls import path

from register.printing import views

app_name = "printing"

urlpatterns = [
    path("pack/", views.pack, name="pack"),
    path("made/<int:pk>/", views.show, name="print"),
    path("made/<int:pk>/pdf/", views.download, name="download"),
    path("<str:ref>/<int:number>/", views.ask, name="ask"),
]
