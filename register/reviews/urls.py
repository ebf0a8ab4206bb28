"""Addresses of reviews: the officers' by reference, the parties' by link."""

from django.urls import path

from register.reviews.views import cycles, ends, guests, parties, reviews

app_name = "reviews"

_ENTRY = "register/<slug:ref>/"
_REVIEW = f"{_ENTRY}reviews/<int:pk>/"

urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/cycles/", cycles.cycles, name="cycles"),
    path("reviews/l/<str:token>/", guests.guest, name="guest"),
    path("partnerships/<slug:slug>/review-cycles/<int:tier>/", cycles.set_cycle, name="set_cycle"),
    path(f"{_ENTRY}begin-review/", reviews.begin, name="begin"),
    path(f"{_ENTRY}renew/", reviews.renew, name="renew"),
    path(f"{_ENTRY}review-date/", reviews.set_date, name="set_date"),
    path(f"{_ENTRY}review-cycle/", cycles.own_cycle, name="own_cycle"),
    path(f"{_ENTRY}review-cycle/follow-tier/", cycles.follow_tier, name="follow_tier"),
    path(f"{_ENTRY}end-date/", ends.end_date, name="end_date"),
    path(f"{_ENTRY}end-date/consents/<int:body>/", ends.consent, name="consent"),
    path(f"{_ENTRY}end-date/withdraw/", ends.withdraw, name="withdraw_end"),
    path(_REVIEW, reviews.review, name="review"),
    path(f"{_REVIEW}sections/", reviews.sections, name="sections"),
    path(f"{_REVIEW}checklist/", reviews.checklist, name="checklist"),
    path(f"{_REVIEW}ask/", parties.ask, name="ask"),
    path(f"{_REVIEW}parties/<int:ask_pk>/ask-again/", parties.again, name="ask_again"),
    path(f"{_REVIEW}parties/<int:ask_pk>/answer/", parties.heard, name="heard"),
    path(f"{_REVIEW}close/", reviews.close, name="close"),
]
