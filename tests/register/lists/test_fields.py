"""A column of codes: through the database, bulk writes, history, the ledger's proof, and forms."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from agreements.risks.models import Dpia
from register.core.dates import today
from register.ledger.acts import act, bulk_create, bulk_update
from register.ledger.canonical import plain
from register.ledger.models import Entry
from register.ledger.rows import Tampered
from register.ledger.sentences import changes_in_words
from register.ledger.verify import verify
from register.lists.fields import Codes, CodesChoice, CodesField
from register.lists.models import Item
from register.lists.services import end_item
from tests import make

pytestmark = pytest.mark.django_db
TEST = "system:test"


def dpia(number: int = 1, *codes: str) -> Dpia:
    """An assessment, not saved, with the screening questions answered yes."""
    place = make.partnership()
    body = make.organisation()
    return Dpia(
        reference=f"D-{number}", partnership=place, owner=body, title="Hub", screening=codes
    )


def saved(*codes: str) -> Dpia:
    made = dpia(1, *codes)
    with act(by=TEST, verb="dpia.made", subject=made):
        made.save()
    return made


def test_codes_come_back_as_a_tuple_in_the_order_they_were_stored():
    made = saved("matching", "evaluation")

    assert Dpia.objects.get(pk=made.pk).screening == ("matching", "evaluation")
    assert Dpia.objects.values_list("screening", flat=True).get(pk=made.pk) == (
        "matching",
        "evaluation",
    )
    assert Dpia(title="New").screening == ()


def test_what_was_never_ticked_is_an_empty_tuple_and_passes_full_clean():
    made = saved()
    made.full_clean()

    assert Dpia.objects.get(pk=made.pk).screening == ()


def test_rows_are_found_by_a_whole_code_never_by_a_part_of_one():
    made = saved("large_scale", "matching")

    assert Dpia.objects.filter(screening__has="matching").get() == made
    assert not Dpia.objects.filter(screening__has="match").exists()
    assert not Dpia.objects.filter(screening__has="large").exists()
    assert not Dpia.objects.filter(screening__has="large%scale").exists()


def test_an_equal_tuple_is_no_change():
    made = saved("matching")
    before = Entry.objects.count()

    with act(by=TEST, verb="dpias.changed", quiet=True):
        made.screening = ["matching"]
        assert bulk_update([made], ["screening"]) == []

    assert Entry.objects.count() == before


def test_bulk_writes_history_and_verification_agree():
    with act(by=TEST, verb="dpias.made"):
        made = bulk_create([dpia(1, "matching"), dpia(2), dpia(3, "evaluation", "denial")])
    with act(by=TEST, verb="dpias.changed"):
        made[1].screening = ("tracking",)
        assert len(bulk_update(made, ["screening"])) == 1

    assert made[1].history.first().screening == ("tracking",)
    verify()


def test_the_digest_is_of_the_text_in_the_column():
    assert plain(Codes(("a", "b"))) == "a b"
    assert plain(("a", "b")) == ["a", "b"]


def test_a_code_that_was_slipped_in_is_found(owner):
    made = saved("matching")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE risks_dpia SET screening = 'matching denial' WHERE id = %s", [made.pk]
        )

    with pytest.raises(Tampered, match="screening was altered"):
        verify()


def test_history_shows_wordings_and_not_codes():
    made = saved("matching")
    made.screening = ("matching", "denial")
    with act(by=TEST, verb="dpia.changed", subject=made):
        made.save()

    said = changes_in_words(Entry.objects.order_by("number").last())[0]
    assert "Denial of a right, service or contract" in said
    assert "denial " not in said


def test_history_of_facts_is_in_words():
    row = Item.objects.get(list_code="lawful_basis", code="6_1_f")
    row.facts = row.facts.replace("true", "false")
    with act(by=TEST, verb="item.changed", subject=row):
        row.save()

    said = " ".join(changes_in_words(Entry.objects.order_by("number").last()))
    assert "Not for a public authority's own tasks: yes" in said
    assert "{" not in said


def test_a_form_offers_what_may_be_chosen_today_and_gives_the_lists_order():
    field = CodesField("dpia_screening", "screening").formfield()

    assert isinstance(field, CodesChoice)
    assert field.clean(["denial", "evaluation"]) == ("evaluation", "denial")
    assert field.clean([]) == ()
    with pytest.raises(ValidationError):
        field.clean(["colour"])


def test_a_code_that_has_ended_is_offered_only_where_it_is_held(
    django_capture_on_commit_callbacks,
):
    row = Item.objects.get(list_code="disposal", code="return")
    with django_capture_on_commit_callbacks(execute=True):
        end_item(by=TEST, item=row, row_version=1)

    assert "return" not in dict(CodesChoice(list_code="disposal").choices)
    assert "return" in dict(CodesChoice(list_code="disposal", held=["return"]).choices)
    field = CodesChoice(list_code="disposal")
    field.hold(("return",))
    assert field.clean(["return"]) == ("return",)
    assert row.holds_on(today())


def test_the_field_can_be_written_into_a_migration():
    _name, path, args, options = CodesField("control", "controls").deconstruct()

    again = CodesField(*args, **options)
    assert (path, again.list_code) == ("register.lists.fields.CodesField", "control")
