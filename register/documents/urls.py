"""Addresses of documents: by reference, never by number."""

from django.urls import path

from register.documents.life import LIFE_ACTS
from register.documents.views import (
    clauses,
    comparing,
    copying,
    document,
    drafting,
    facts,
    files,
    history,
    life,
    notes,
    parties,
    rules,
    sections,
    starting,
    unsaved,
)

app_name = "documents"

_DRAFT = "register/<slug:ref>/draft/"
_SECTION = f"{_DRAFT}section/<slug:code>/"

urlpatterns = [
    path("unsaved/", unsaved.unsaved, name="unsaved"),
    path("unsaved/forget/", unsaved.forget, name="forget"),
    path("register/new/", starting.choose, name="choose"),
    path("register/new/<int:tier>/", starting.start, name="start"),
    path("register/new/copy/", copying.copy_from, name="copy_from"),
    path("register/<slug:ref>/", document.document, name="document"),
    path("register/<slug:ref>/versions/<int:number>/", document.version, name="version"),
    path("register/<slug:ref>/versions/<int:number>/file/", files.governing, name="governing_file"),
    path("register/<slug:ref>/copy/", copying.copy, name="copy"),
    path("register/<slug:ref>/compare/", comparing.compare, name="compare"),
    path("rules/", rules.rules, name="rules"),
    path("partnerships/<slug:slug>/rules/<slug:code>/", rules.set_rule, name="set_rule"),
    path("register/<slug:ref>/rules/", rules.entry_rules, name="entry_rules"),
    path("register/<slug:ref>/history/", history.history, name="history"),
    path(_DRAFT, drafting.draft, name="draft"),
    path(f"{_DRAFT}check/", drafting.check, name="check"),
    path(f"{_DRAFT}title/", drafting.title, name="title"),
    path(f"{_DRAFT}place/", drafting.place, name="place"),
    path(f"{_DRAFT}commencement/", drafting.commencement, name="commencement"),
    path(f"{_DRAFT}parties/", parties.parties, name="parties"),
    path(f"{_DRAFT}parties/add/", parties.add, name="add_party"),
    path(f"{_DRAFT}parties/<int:pk>/", parties.change, name="change_party"),
    path(f"{_DRAFT}parties/<int:pk>/remove/", parties.remove, name="remove_party"),
    path(f"{_DRAFT}parties/<int:pk>/move/", parties.move, name="move_party"),
    path(f"{_DRAFT}clauses/", clauses.clauses, name="clauses"),
    path(f"{_DRAFT}clauses/add/", clauses.add, name="add_clause"),
    path(f"{_DRAFT}clauses/paste/", clauses.paste, name="paste_clauses"),
    path(f"{_DRAFT}clauses/file/", clauses.governing_file, name="govern_by_file"),
    path(f"{_DRAFT}clauses/write/", clauses.write_instead, name="write_clauses"),
    path(f"{_DRAFT}clauses/<int:pk>/", clauses.change, name="change_clause"),
    path(f"{_DRAFT}clauses/<int:pk>/remove/", clauses.remove, name="remove_clause"),
    path(f"{_DRAFT}clauses/<int:pk>/move/", clauses.move, name="move_clause"),
    path(_SECTION, sections.section, name="section"),
    path(f"{_SECTION}add/", sections.add, name="add_item"),
    path(f"{_SECTION}<int:pk>/", sections.change, name="change_item"),
    path(f"{_SECTION}<int:pk>/remove/", sections.remove, name="remove_item"),
    path(f"{_SECTION}<int:pk>/move/", sections.move, name="move_item"),
    path("register/<slug:ref>/facts/", facts.facts, name="facts"),
    path("register/<slug:ref>/readers/", facts.readers, name="readers"),
    path("register/<slug:ref>/references/add/", facts.add_reference, name="add_reference"),
    path(
        "register/<slug:ref>/references/<int:pk>/remove/",
        facts.remove_reference,
        name="remove_reference",
    ),
    path("register/<slug:ref>/suspensions/<int:pk>/resume/", life.resume, name="resume"),
    path("register/<slug:ref>/notes/write/", notes.write, name="write_note"),
    path("register/<slug:ref>/files/attach/", files.attach, name="attach"),
    path("bodies/<int:pk>/notes/write/", notes.write_on_body, name="write_note_on_body"),
    path("bodies/<int:pk>/files/attach/", files.attach_to_body, name="attach_to_body"),
    path("notes/<int:pk>/", notes.change, name="change_note"),
    path("notes/<int:pk>/follow-up/", notes.follow_up, name="follow_up"),
    path("files/<int:pk>/", files.download, name="file"),
    path("files/<int:pk>/take-off/", files.take_off, name="take_off"),
    *(
        path(f"register/<slug:ref>/{code}/", life.act_page, {"code": code}, name=code)
        for code in LIFE_ACTS
    ),
]
