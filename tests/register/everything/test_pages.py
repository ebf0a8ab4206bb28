"""An administrator asks for everything, the worker makes it, and nobody else gets it."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from register.accounts.roles import ROLES
from register.core.dates import now, pretend
from register.directory.models import Partnership
from register.directory.services.appointments import appoint_to_role
from register.everything import services
from register.everything.holding import hold
from register.everything.jobs import make_exports
from register.everything.models import Export, ExportState
from register.jobs.models import RestoredCopy
from register.ledger.models import AccessEvent, Entry

PAGE = reverse("everything:exports")


@pytest.fixture
def admin(office):
    """Who administers both partnerships of the installation."""
    assert "administrator" in ROLES
    person = office.cast.admin.person
    for place in Partnership.objects.exclude(pk=office.cast.partnership.pk):
        appoint_to_role(by="system:test", person=person, role="administrator", partnership=place)
    return type(office.cast.admin).objects.get(pk=office.cast.admin.pk)


@pytest.fixture
def inside(client, admin):
    client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(response):
    return response.content.decode()


def test_asked_for_made_by_the_worker_and_downloaded(inside, admin):
    assert "You have not asked for one yet" in words(inside.get(PAGE))
    asked = inside.post(reverse("everything:ask"), follow=True)
    assert "Your export is being made" in words(asked)
    assert asked.headers["Refresh"]
    assert Entry.objects.filter(verb="everything.asked", actor_id=str(admin.person.pk)).exists()

    assert make_exports() == 1
    row = Export.objects.get()
    assert row.state == ExportState.DONE
    page = words(inside.get(PAGE))
    assert row.head in page
    answer = inside.get(reverse("everything:download", args=[row.pk]))
    content = b"".join(answer.streaming_content)
    assert len(content) == row.size
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert "no-store" in answer.headers["Cache-Control"]
    assert AccessEvent.objects.filter(kind="everything.downloaded", detail=row.sha256).exists()


def test_one_at_a_time(admin):
    services.ask(by=admin)
    with pytest.raises(ValidationError, match="already"):
        services.ask(by=admin)


def test_another_administrator_does_not_get_it(inside, office, admin):
    other = office.cast.auditor
    for place in Partnership.objects.all():
        appoint_to_role(
            by="system:test", person=other.person, role="administrator", partnership=place
        )
    row = services.ask(by=type(other).objects.get(pk=other.pk))
    make_exports()
    assert inside.get(reverse("everything:download", args=[row.pk])).status_code == 404
    assert "You have not asked for one yet" in words(inside.get(PAGE))


def test_who_administers_one_partnership_of_two_is_told_why_not(office, client):
    for who in (office.cast.admin, office.cast.office, office.cast.auditor):
        with pytest.raises(PermissionDenied, match="administers every partnership"):
            services.ask(by=who)
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        refused = client.get(PAGE)
        assert refused.status_code == 403
        assert "administers every partnership" in words(refused)
    assert not Export.objects.exists()


def test_it_is_deleted_after_a_week(inside, admin):
    row = services.ask(by=admin)
    make_exports()
    assert services.clear_old() == 0
    with pretend(now() + timedelta(days=services.KEPT_DAYS, minutes=1)):
        assert services.clear_old() == 1
    assert not default_storage.exists(row.path)
    assert inside.get(reverse("everything:download", args=[row.pk])).status_code == 404
    assert "Deleted" in words(inside.get(PAGE))


def test_one_whose_worker_died_three_times_is_given_up(admin):
    row = services.ask(by=admin)
    Export.objects.update(
        state=ExportState.WORKING, tries=services.TRIES, claimed_at=now() - timedelta(hours=1)
    )
    make_exports()
    row.refresh_from_db()
    assert row.state == ExportState.FAILED
    assert "three times" in row.failure


def test_a_copy_is_released_on_the_page(inside):
    hold("default", name="register.backup", head="")
    page = words(inside.get(PAGE))
    assert "This copy waits for its release" in page
    assert "restored from register.backup" in page
    done = inside.post(reverse("everything:release"), {"old": "leave"}, follow=True)
    assert "Messages from before are left out" in words(done)
    assert RestoredCopy.objects.get().released_by
    assert "This copy waits" not in words(inside.get(PAGE))
