"""Addresses of the papers of an entry."""

from django.urls import path

from register.packs import views

app_name = "packs"

urlpatterns = [
    path("register/<slug:ref>/signed.pdf", views.signed, name="signed"),
    path("register/<slug:ref>/<int:number>/paper/<slug:form>/", views.paper, name="paper"),
    path("register/<slug:ref>/<int:number>/summary-as-text/", views.as_text, name="as_text"),
    path("register/<slug:ref>/<int:number>/release/", views.release, name="release"),
    path("register/<slug:ref>/releases/<int:pk>/", views.released, name="released"),
    path("register/<slug:ref>/releases/<int:pk>/pdf/", views.print_release, name="print_release"),
]
