"""The panel of parties whose assurance does not stand, on the pages of documents."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register.core import ripple
from register.core.dates import today
from register.core.ripple import Cause
from register.directory.models import AssuranceLevel
from register.directory.services import assurance
from register.documents.assurance_panel import assurance_panel
from register.documents.lifecycle import State
from register.documents.services import content
from register.tasks.models import Task
from tests import make, people, worlds

pytestmark = pytest.mark.django_db


@worlds.shared
def cast():
    return people.cast()


@worlds.shared
def version(cast):
    document = make.charter(cast.partnership, cast.council.organisation, cast.police.organisation)
    return document.versions.get()


def level(body, code, days=None) -> None:
    until = {} if days is None else {"until": today() + timedelta(days=days)}
    AssuranceLevel.objects.create(organisation=body, code=code, **until)


def named(version) -> list[tuple[str, str]]:
    panel = assurance_panel(None, version)
    lines = panel.context["lines"] if panel else []
    return [(line.body.legal_name, line.level.code) for line in lines]


@pytest.mark.parametrize(
    ("code", "days", "shown"),
    [
        ("significant", 91, None),
        ("significant", 90, "significant"),
        ("significant", 0, "significant"),
        ("limited", -1, "expired"),
        ("expired", -300, "expired"),
        ("none", 200, "none"),
        ("not_submitted", None, None),
    ],
)
def test_a_party_is_named_when_nobody_can_rely_on_it_or_soon_not(cast, version, code, days, shown):
    level(cast.police.organisation, code, days)

    assert named(version) == ([("Wyrefordshire Police", shown)] if shown else [])


def test_those_without_assurance_come_first_and_are_named_at_the_head_of_the_page(cast, version):
    level(cast.council.organisation, "significant", 10)
    level(cast.police.organisation, "expired", -1)

    assert named(version) == [
        ("Wyrefordshire Police", "expired"),
        ("Wyrefordshire County Council", "significant"),
    ]
    panel = assurance_panel(None, version)
    assert panel.sentence == "No assurance stands for Wyrefordshire Police."


def test_the_page_of_the_document_shows_level_and_last_day_and_no_fact(cast, version, client):
    assurance.record_fact(
        by=make.TEST, organisation=cast.police.organisation, kind="retention",
        reference="Secret schedule",
    )  # fmt: skip
    client.force_login(cast.office)

    page = client.get(version.document.get_absolute_url()).content.decode()

    assert "Assurance of the parties" in page
    assert f'/bodies/{cast.police.organisation.pk}/#assurance"' in page
    assert "Secret schedule" not in page


def test_an_observer_is_not_relied_on(cast, version):
    other = make.member(cast.partnership, "Chamber").organisation
    level(other, "expired", -1)
    draft = make.charter(cast.partnership, cast.council.organisation, cast.police.organisation)
    content.add_party(
        by=make.TEST, version=draft.versions.get(), organisation=other, part="observer"
    )

    assert named(draft.versions.get()) == []


def test_what_has_ended_has_no_panel(cast, version):
    level(cast.police.organisation, "expired", -1)
    version.state = "ended"

    assert assurance_panel(None, version) is None


def test_the_panel_costs_two_statements_however_many_parties(cast, version):
    for number in range(6):
        body = make.member(cast.partnership, f"Body {number} Trust").organisation
        content.add_party(by=make.TEST, version=version, organisation=body)
        level(body, "expired", -1)

    with CaptureQueriesContext(connection) as seen:
        assert len(named(version)) == 6

    assert len(seen) == 2


def in_force(cast) -> int:
    for membership in (cast.council, cast.police):
        make.appoint(make.post(membership.organisation, "chief_executive"))
    document = make.charter(
        cast.partnership, cast.council.organisation, cast.police.organisation, state=State.IN_FORCE
    )
    return document.pk


def test_the_form_says_what_a_fact_touches_before_it_is_saved(cast, client):
    pk = in_force(cast)
    body = cast.police.organisation

    found = ripple.touched(Cause("assurance_ahead", f"{body.pk}:", "", body.pk))
    client.force_login(cast.off_b)
    page = client.get(f"/bodies/{body.pk}/assurance/retention/").content.decode()

    assert [touch.pk for touch in found] == [pk]
    assert "This touches 1 entry" in page


def test_exactly_what_was_said_ahead_is_asked_to_confirm_when_the_level_falls(cast):
    pk, body = in_force(cast), cast.police.organisation
    make.charter(cast.partnership, cast.council.organisation, cast.police.organisation)
    level(body, "significant", 30)

    assurance.record_fact(
        by=cast.off_b, organisation=body, kind="retention", reference="Schedule 1"
    )

    task = Task.objects.get()
    assert (task.document_id, task.kind) == (pk, "assurance")
    assert "fell from significant to none" in task.says
