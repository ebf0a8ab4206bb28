"""Addresses of consultations: the officers' under the draft, the readers' by reference or by link."""

from django.urls import path

app_name = "consultation"

urlpatterns = [
]
