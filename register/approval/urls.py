"""Addresses of the pages on which people sign."""

from django.urls import path

from register.approval import views

app_name = "approval"

_LINK = "sign/l/<str:token>/"
_ASKED = "sign/<int:pk>/"

urlpatterns = [
    path("sign/", views.tray, name="tray"),
    path("sign/lost/", views.lost, name="lost"),
    path(_LINK, views.landing, name="link"),
    path(f"{_LINK}code/", views.code, name="code"),
    path(f"{_LINK}new/", views.new_link, name="new_link"),
    path("sign/delegate/", views.delegate, name="delegate"),
    path("sign/delegations/<int:pk>/end/", views.end_delegation, name="end_delegation"),
    path("sign/release/", views.held, name="held"),
    path("sign/release/<int:pk>/", views.release, name="release"),
    path("sign/slots/<int:pk>/withdraw/", views.take_back, name="withdraw"),
    path(_ASKED, views.review, name="review"),
    path(f"{_ASKED}text.pdf", views.text, name="text"),
    path(f"{_ASKED}file/", views.file, name="file"),
    path(f"{_ASKED}confirm/", views.confirm, name="confirm"),
    path(f"{_ASKED}done/", views.done, name="done"),
    path(f"{_ASKED}review.ics", views.day, name="day"),
    path(f"{_ASKED}decline/", views.decline, name="decline"),
    path(f"{_ASKED}return/", views.send_back, name="return"),
    path(f"{_ASKED}ask/", views.ask, name="ask"),
    path(f"{_ASKED}object/", views.object_to, name="object"),
    path(f"{_ASKED}pass-on/", views.pass_on, name="pass_on"),
]
