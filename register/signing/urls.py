"""Addresses of slots, under the document that they belong to."""

from django.urls import path

from register.signing import views

app_name = "signing"

_SLOT = "register/<slug:ref>/slots/<int:pk>/"

urlpatterns = [
    path("register/<slug:ref>/draft/slots/", views.slots, name="slots"),
    path("register/<slug:ref>/draft/slots/propose/", views.propose, name="propose"),
    path("register/<slug:ref>/draft/slots/add/", views.add, name="add"),
    path(_SLOT, views.slot, name="slot"),
    path(f"{_SLOT}sign/", views.sign, name="sign"),
    path(f"{_SLOT}refuse/", views.refuse, name="refuse"),
    path(f"{_SLOT}withdraw/", views.withdraw, name="withdraw"),
    path(f"{_SLOT}void/", views.void, name="void"),
    path(f"{_SLOT}scans/<int:row>/", views.scan, name="scan"),
]
