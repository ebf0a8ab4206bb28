"""Where requests, the duty-to-share ledger and emergency shares stand, under /requests/."""

from django.urls import path

from agreements.requests.views import emergencies, ledger, requests

app_name = "requests"

urlpatterns = [
    path("", requests.listing, name="requests"),
    path("add/", requests.add, name="add"),
    path("<int:pk>/", requests.record, name="request"),
    path("<int:pk>/correct/", requests.correct, name="correct"),
    path("<int:pk>/law/", requests.law, name="law"),
    path("<int:pk>/weigh/", requests.weigh, name="weigh"),
    path("<int:pk>/decide/", requests.decide, name="decide"),
    path("<int:pk>/correct-decision/", requests.correct_decision, name="correct_decision"),
    path("<int:pk>/withdraw/", requests.withdraw, name="withdraw"),
    path("<int:pk>/shared/", requests.shared, name="shared"),
    path("<int:pk>/show/", requests.show, name="show"),
    path("<int:pk>/history/", requests.history, name="history"),
    path("ledger/<slug:slug>/", ledger.ledger_page, name="ledger"),
    path("ledger/<slug:slug>/export/<slug:form>/", ledger.export, name="export"),
    path("ledger/<slug:slug>/bank-holidays/", ledger.calendar, name="calendar"),
    path("emergencies/", emergencies.listing, name="emergencies"),
    path("emergencies/add/", emergencies.add, name="add_emergency"),
    path("emergencies/<int:pk>/", emergencies.record, name="emergency"),
    path("emergencies/<int:pk>/correct/", emergencies.correct, name="correct_emergency"),
    path("emergencies/<int:pk>/review/", emergencies.review, name="review"),
    path("emergencies/<int:pk>/history/", emergencies.history, name="emergency_history"),
]
