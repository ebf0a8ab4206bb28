"""Reference lists: loading, adding, rewording, ending, and who may."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from register.core.conflicts import Conflict
from register.core.dates import today
from register.ledger.models import Entry
from register.lists import services
from register.lists.catalogue import LISTS, reviewed_rows
from register.lists.labels import choices, forget, label, labels
from register.lists.models import Item
from tests import make, worlds

pytestmark = pytest.mark.django_db
TEST = "system:test"


@worlds.shared
def admin():
    return make.officer("administrator", make.partnership())


def row(code="siro", list_code="post_kind") -> Item:
    return Item.objects.get(list_code=list_code, code=code)


@pytest.mark.parametrize("code", LISTS)
def test_every_reviewed_file_has_codes_of_its_own_and_wordings(code):
    rows = reviewed_rows(code)

    assert len({row["code"] for row in rows}) == len(rows) > 1
    assert all(row["label"].strip() for row in rows)


def test_loading_again_adds_nothing_and_leaves_no_entry():
    before = Entry.objects.count()

    assert services.load_lists() == 0
    assert Entry.objects.count() == before


def test_loading_brings_back_what_is_missing_and_keeps_an_administrators_wording(admin):
    services.change_item(by=admin, item=row(), row_version=1, label="Information risk owner")
    with services.act(by=TEST, verb="test.removed"):
        row("dpo").delete()

    assert services.load_lists() == 1
    assert row().label == "Information risk owner"
    assert row("dpo").label == "Data protection officer"


def test_a_row_is_added_with_a_code_of_its_own_at_the_end_of_the_list(admin):
    item = services.add_item(by=admin, list_code="file_kind", label="  Data map ")

    assert (item.code, item.label) == ("data_map", "Data map")
    assert Item.objects.of("file_kind").last() == item
    assert Entry.objects.filter(verb="item.added", subject_pk=str(item.pk)).exists()


def test_a_code_stands_once_in_a_list(admin):
    with pytest.raises(ValidationError, match="already has a row with the code procedure"):
        services.add_item(by=admin, list_code="file_kind", label="Procedure")


def test_a_list_that_nobody_knows_takes_no_rows(admin):
    with pytest.raises(ValidationError, match="There is no list"):
        services.add_item(by=admin, list_code="colours", label="Blue")


def test_saving_without_a_change_writes_nothing(admin):
    before = Entry.objects.count()

    item = services.change_item(by=admin, item=row(), row_version=1, label=row().label)

    assert (item.row_version, Entry.objects.count()) == (1, before)


def test_the_second_of_two_administrators_is_told(admin):
    services.change_item(by=admin, item=row(), row_version=1, label="Risk owner")

    with pytest.raises(Conflict):
        services.change_item(by=admin, item=row(), row_version=1, label="Owner of risk")
    assert row().label == "Risk owner"


def test_a_row_cannot_end_before_it_began(admin):
    item = row("complaints_contact")

    with pytest.raises(ValidationError, match="not before the first day"):
        services.end_item(by=admin, item=item, row_version=1, until=date(2020, 1, 1))


def test_an_ended_row_is_no_longer_offered_but_keeps_its_wording(
    admin, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.end_item(by=admin, item=row(), row_version=1, until=today() - timedelta(days=1))

    assert "siro" not in dict(choices("post_kind"))
    assert "siro" in dict(choices("post_kind", also="siro"))
    assert label("post_kind", "siro") == "Senior information risk owner"


def test_labels_are_read_once_a_minute(django_assert_num_queries):
    forget()
    with django_assert_num_queries(1):
        assert labels("marking")["official"] == "OFFICIAL"
        assert label("marking", "unheard_of") == "unheard_of"
        assert choices("marking", empty="None")[0] == ("", "None")


def test_older_markings_are_worded_and_not_offered():
    assert label("marking", "restricted") == "RESTRICTED"
    assert "restricted" not in dict(choices("marking"))


@pytest.mark.parametrize("role", ["register_officer", "auditor"])
def test_only_administrators_change_lists(role):
    by = make.officer(role, make.partnership())

    for act in (
        lambda: services.add_item(by=by, list_code="marking", label="PURPLE"),
        lambda: services.change_item(by=by, item=row(), row_version=1, label="Mine"),
        lambda: services.end_item(by=by, item=row(), row_version=1),
        lambda: services.load_lists(by),
    ):
        with pytest.raises(PermissionDenied, match="Only administrators change reference lists"):
            act()
