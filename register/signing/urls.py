"""Addresses of slots, under the document that they belong to."""

from django.urls import path

from register.signing.views import bodies, sending, slots

app_name = "signing"

_SLOT = "register/<slug:ref>/slots/<int:pk>/"

urlpatterns = [
    path("register/<slug:ref>/draft/slots/", slots.slots, name="slots"),
    path("register/<slug:ref>/draft/slots/propose/", slots.propose, name="propose"),
    path("register/<slug:ref>/draft/slots/add/", slots.add, name="add"),
    path("register/<slug:ref>/draft/send/", sending.send, name="send"),
    path("register/<slug:ref>/join/", bodies.join, name="join"),
    path("register/<slug:ref>/leave/", bodies.leave, name="leave"),
    path("organisations/<int:pk>/designated/", bodies.designate, name="designate"),
    path(_SLOT, slots.slot, name="slot"),
    path(f"{_SLOT}sign/", slots.sign, name="sign"),
    path(f"{_SLOT}refuse/", slots.refuse, name="refuse"),
    path(f"{_SLOT}withdraw/", slots.withdraw, name="withdraw"),
    path(f"{_SLOT}void/", slots.void, name="void"),
    path(f"{_SLOT}scans/<int:row>/", slots.scan, name="scan"),
]
