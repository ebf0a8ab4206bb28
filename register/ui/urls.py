"""What the frame of every page needs."""

from django.urls import path

from register.ui import sessions

app_name = "ui"

urlpatterns = [path("stay/", sessions.stay, name="stay")]
