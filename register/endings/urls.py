"""Addresses of proofs of return or deletion: the officers', and the one by link."""

from django.urls import path

from register.endings.views import guests, proofs, report

app_name = "endings"

urlpatterns = [
    path("proofs/", report.outstanding, name="proofs"),
    path("proofs/export.csv", report.export, name="export"),
    path("proofs/<int:pk>/", proofs.proof, name="proof"),
    path("proofs/<int:pk>/record/", proofs.record, name="record"),
    path("proofs/<int:pk>/correct/", proofs.correct, name="correct"),
    path("proofs/<int:pk>/not-needed/", proofs.without, name="without"),
    path("proofs/<int:pk>/ask-again/", proofs.again, name="again"),
    path("proofs/<int:pk>/certificate/", proofs.certificate, name="certificate"),
    path("proofs/l/<str:token>/", guests.give, name="give"),
]
