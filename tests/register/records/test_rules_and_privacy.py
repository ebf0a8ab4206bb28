"""How long records are kept, changed with a reason; and the register's own privacy notice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from register.core.dates import now, pretend, today
from register.directory.services import appointments
from register.ledger.access import note_access
from register.ledger.models import Entry, RetentionRule
from register.ledger.retention import ACCESS, TRACES, rule_for
from register.records.models import PrivacyDetails
from register.records.papers import NAMES
from register.records.services.rules import set_rule

URL = "/records/retention/"


@pytest.fixture
def whole(county, other):
    """Ada administers both partnerships, and so the whole register."""
    appointments.appoint_to_role(
        by="system:test", person=county.people["ada"], role="administrator",
        partnership=other.partnership, starts_on=today(),
    )  # fmt: skip


def test_the_rules_are_read_with_what_falls_due(ended, ask):
    page = ask("auditor", URL).content.decode()
    assert "Ended agreement" in page
    assert "72&nbsp;months" in page
    assert ask("council_officer", URL).status_code == 403


def test_the_rules_of_the_whole_register_are_changed_by_who_administers_all_of_it(ended, user, ask):
    assert "The rules hold for Northmere partnership too" in ask("ada", URL).content.decode()
    refused = ask("ada", f"{URL}access-event/", {"months": "6", "reason": "Why"})
    assert refused.status_code == 403
    with pytest.raises(PermissionDenied, match="Only administrators"):
        set_rule(by=user("auditor"), kind=ACCESS, months=6, reason="Why")
    assert not RetentionRule.objects.exists()


def test_a_rule_is_changed_with_a_reason_after_a_preview(ended, user, ask, whole):
    with pretend(now() - timedelta(days=300)):
        note_access(kind="token_made", user=user("auditor"), ip="192.0.2.1")
    page = f"{URL}address-and-browser/"
    shown = ask("ada", page, {"months": "6", "reason": "", "preview": "1"})
    assert shown.status_code == 200
    assert "Kept for 6 months, 1 record would fall due today; by the rule of now 0." in (
        " ".join(shown.content.decode().split())
    )
    assert rule_for(TRACES).months == 12
    assert "Say why it is kept for so long." in ask("ada", page, {"months": "6"}).content.decode()
    for wrong in ("0", "1201", "six"):
        answer = ask("ada", page, {"months": wrong, "reason": "Why"})
        assert answer.status_code == 422
        assert "from 1 to 1200" in answer.content.decode()
    assert ask("ada", page, {"months": "6", "reason": "Our schedule"}).status_code == 302
    assert rule_for(TRACES).months == 6
    entry = Entry.objects.get(verb="retention.changed")
    assert (entry.actor_name, entry.reason) == ("Ada", "Our schedule")
    assert ask("ada", f"{URL}nothing-such/").status_code == 404


def test_everybody_reads_who_is_controller_and_how_long_things_are_kept(ended, ask):
    anybody = Client().get("/about/privacy/")
    assert anybody.status_code == 200
    assert "has not said yet who is controller" in anybody.content.decode()
    page = f"/records/privacy/{ended.partnership.slug}/"
    sent = {
        "row_version": "1", "controller": "Wyrefordshire County Council",
        "dpo_name": "Joan Pell", "dpo_email": "dpo@wyrefordshire.example",
    }  # fmt: skip
    assert ask("ada", page, sent).status_code == 302
    text = Client().get("/about/privacy/").content.decode()
    assert "Wyrefordshire County Council" in text
    assert "dpo@wyrefordshire.example" in text
    assert "12&nbsp;months" in text
    assert '/about/privacy/"' in Client().get("/accounts/login/").content.decode()
    again = ask("ada", page, {**sent, "dpo_name": "Ola Falodun"})
    assert again.status_code in (302, 409)


def test_privacy_details_are_kept_by_their_own_administrators(ended, ask):
    page = f"/records/privacy/{ended.partnership.slug}/"
    sent = {"row_version": "1", "controller": "Somebody"}
    assert ask("northern", page, sent).status_code == 404
    assert ask("auditor", page, sent).status_code == 403
    assert "Enter who is controller." in ask("ada", page, {"row_version": "1"}).content.decode()
    assert not PrivacyDetails.objects.exists()


def test_administrators_and_auditors_read_the_papers_and_take_them_to_be_filled_in(ended, ask):
    for name in NAMES:
        page = f"/records/papers/{name}/"
        assert f'href="{page}"' in ask("auditor", "/records/").content.decode()
        shown = ask("auditor", page)
        assert shown.status_code == 200
        assert "<table" in shown.content.decode()
        assert "|" not in shown.content.decode().partition("<main")[2].partition("</main")[0]
        taken = ask("ada", f"{page}download/")
        assert taken["Content-Disposition"] == f'attachment; filename="{name}.md"'
        assert taken.content.decode().startswith("# ")
    assert ask("auditor", "/records/papers/passwords/").status_code == 404
    assert ask("council_officer", "/records/papers/dpia/").status_code == 403


def test_what_is_to_be_filled_in_is_shown_and_not_taken_for_markup(ended, ask):
    assert "<code>&lt;logins&gt;</code>" in ask("auditor", "/records/papers/dpia/").content.decode()
