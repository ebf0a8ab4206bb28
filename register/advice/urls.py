"""Addresses of advice: the in-tray and each question; what is asked stands under its document."""

from django.urls import path

from register.advice.views import answering, asking

app_name = "advice"

_ENTRY = "register/<slug:ref>/advice/"

urlpatterns = [
    path("advice/", answering.tray, name="tray"),
    path("advice/<int:pk>/", answering.question, name="request"),
    path("advice/<int:pk>/papers/<int:row>/", answering.paper, name="paper"),
    path(_ENTRY, asking.entry, name="entry"),
    path(f"{_ENTRY}ask/", asking.ask, name="ask"),
    path(f"{_ENTRY}ask-all/", asking.ask_all, name="ask_all"),
    path(f"{_ENTRY}<int:pk>/remind/", asking.remind, name="remind"),
    path(f"{_ENTRY}<int:pk>/replace/", asking.replace, name="replace"),
    path(f"{_ENTRY}<int:pk>/cancel/", asking.cancel, name="cancel"),
    path(f"{_ENTRY}<int:pk>/record/", asking.record, name="record"),
]
