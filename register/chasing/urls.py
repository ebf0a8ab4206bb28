"""Addresses of the signatories of an entry, of who holds what up, of tests of reach, and the mailbox."""

from django.urls import path

from register.chasing.views import acts, mailbox, reach, signatories, waiting

app_name = "chasing"

_ENTRY = "register/<slug:ref>/signatories/"

urlpatterns = [
    path(_ENTRY, signatories.signatories, name="signatories"),
    path(f"{_ENTRY}day/", signatories.day, name="day"),
    path(f"{_ENTRY}<int:pk>/ask/", signatories.ask, name="ask"),
    path(f"{_ENTRY}<int:pk>/replace/", signatories.replace, name="replace"),
    path("signatures/", waiting.waiting, name="waiting"),
    path("signatures/chase/", acts.chase, name="chase"),
    path("signatures/extend/", acts.extend, name="extend"),
    path("signatures/cancel/", acts.cancel, name="cancel"),
    path("signatures/reach/", reach.tests, name="reach"),
    path("signatures/reach/send/", reach.send, name="test_reach"),
    path("signatures/reach/<int:pk>/", reach.test, name="reach_test"),
    path("reached/<str:token>/", reach.reached, name="reached"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
]
