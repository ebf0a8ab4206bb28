"""The faces of the register: home, the list, search, history, and what stands apart from all rooms."""

from django.urls import path

app_name = "dashboard"

urlpatterns = []
