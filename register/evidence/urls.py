"""Addresses of evidence: the public page where copies are checked, and sealed PDFs."""

from django.urls import path

from register.evidence import bundle_view, views

app_name = "evidence"

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/ledger.json", views.ledger, name="ledger"),
    path("verify/<str:text_code>/", views.code, name="code"),
    path("register/<slug:ref>/<int:number>/sealed/", views.sealed, name="sealed"),
    path("register/<slug:ref>/<int:number>/bundle/", bundle_view.bundle, name="bundle"),
]
