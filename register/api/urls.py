"""Where questions are asked by people, and tokens kept."""

from django.urls import path

from register.api import views

app_name = "asking"

urlpatterns = [
    path("may-share/", views.ask, name="ask"),
    path("accounts/tokens/", views.tokens, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
]
