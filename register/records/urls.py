"""Addresses of the pages about the register's own records."""

from django.urls import path

from register.records.views import access, disposal, holds, privacy, redactions, retention

app_name = "records"

urlpatterns = [
    path("records/", retention.records, name="records"),
    path("records/access/", access.access, name="access"),
    path("records/access/export/", access.export, name="export_access"),
    path("records/retention/", retention.retention, name="retention"),
    path("records/retention/<slug:kind>/", retention.rule, name="rule"),
    path("records/holds/", holds.holds, name="holds"),
    path("records/holds/set/", holds.set_hold, name="set_hold"),
    path("records/holds/<int:pk>/release/", holds.release, name="release_hold"),
    path("records/disposal/", disposal.runs, name="disposal"),
    path("records/disposal/<int:pk>/", disposal.run, name="disposal_run"),
    path("records/disposal/<int:pk>/confirm/", disposal.confirm, name="confirm_disposal"),
    path("records/disposal/<int:pk>/refuse/", disposal.refuse, name="refuse_disposal"),
    path("records/disposal/of/<slug:slug>/", disposal.propose, name="propose_disposal"),
    path("records/redactions/", redactions.redactions, name="redactions"),
    path("records/redactions/ask/", redactions.ask, name="ask_redaction"),
    path("records/redactions/<int:pk>/", redactions.redaction, name="redaction"),
    path("records/redactions/<int:pk>/approve/", redactions.approve, name="approve_redaction"),
    path("records/redactions/<int:pk>/refuse/", redactions.refuse, name="refuse_redaction"),
    path("records/redactions/<int:pk>/withdraw/", redactions.withdraw, name="withdraw_redaction"),
    path("records/privacy/<slug:slug>/", privacy.edit, name="edit_privacy"),
    path("records/papers/<slug:paper>/", privacy.paper, name="paper"),
    path("records/papers/<slug:paper>/download/", privacy.paper_file, name="paper_file"),
    path("about/privacy/", privacy.notice, name="privacy"),
]
