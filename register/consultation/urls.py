"""Addresses of consultations: the officers' under the draft, the readers' by reference or by link."""

from django.urls import path

from register.consultation.views import comments, guests, people, readers, word

app_name = "consultation"

_DRAFT = "register/<slug:ref>/draft/"
_COMMENT = f"{_DRAFT}comments/<int:pk>/"
_LINK = "consultation/l/<str:token>/"
_READ = "consultation/<slug:ref>/"

urlpatterns = [
    # Stands in the place of the page of the bare move: it asks besides who is consulted.
    path("register/<slug:ref>/open-consultation/", people.open_consultation, name="open"),
    path(f"{_DRAFT}comments/", comments.comments, name="comments"),
    path(f"{_DRAFT}comments/export.csv", comments.export, name="export"),
    path(f"{_COMMENT}answer/", comments.answer, name="answer"),
    path(f"{_COMMENT}close/", comments.close, name="close"),
    path(f"{_COMMENT}reopen/", comments.reopen, name="reopen"),
    path(f"{_COMMENT}take-over/", comments.take_over, name="take_over"),
    path(f"{_DRAFT}consultees/", people.people, name="people"),
    path(f"{_DRAFT}consultees/ask/", people.ask_more, name="ask"),
    path(f"{_DRAFT}consultees/remind/", people.remind, name="remind"),
    path(f"{_DRAFT}consultees/<int:pk>/take-off/", people.take_off, name="take_off"),
    path(f"{_DRAFT}editors/give/", people.give, name="give"),
    path(f"{_DRAFT}editors/<int:pk>/revoke/", people.revoke, name="revoke"),
    path(f"{_DRAFT}word/", word.download, name="draft_word"),
    path(f"{_DRAFT}returned/", word.returned, name="returned"),
    path(f"{_DRAFT}returned/<int:pk>/", word.returned_file, name="returned_file"),
    path(_LINK, guests.read, name="guest"),
    path(f"{_LINK}comment/<slug:part>/", guests.comment, name="guest_comment"),
    path(f"{_LINK}respond/", guests.respond, name="guest_respond"),
    path(f"{_LINK}word/", guests.word, name="guest_word"),
    path(f"{_LINK}file/", guests.file, name="guest_file"),
    path(_READ, readers.read, name="read"),
    path(f"{_READ}comment/<slug:part>/", readers.comment, name="comment"),
    path(f"{_READ}respond/", readers.respond, name="respond"),
    path(f"{_READ}word/", readers.word, name="word"),
    path(f"{_READ}file/", readers.file, name="file"),
]
