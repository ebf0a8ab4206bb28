"""The command that shows how long things are kept, and sets it."""

import pytest
from django.core.management import CommandError, call_command

from register.ledger.models import Entry, RetentionRule
from register.ledger.retention import AGREEMENTS, TRACES

pytestmark = pytest.mark.django_db


def said(capsys, *args, **options) -> str:
    call_command("retention", *args, **options)
    return capsys.readouterr().out


def test_it_lists_every_rule_in_words(capsys):
    lines = said(capsys).splitlines()
    starts = [
        f"{AGREEMENTS}: 72 months from the end of the agreement, protocol or charter. ",
        f"{TRACES}: 12 months from the sign-in or act.",
    ]
    assert all(any(line.startswith(start) for line in lines) for start in starts)
    assert not RetentionRule.objects.exists()


def test_it_sets_a_rule_in_somebodys_name(capsys):
    out = said(capsys, TRACES, months=6, by="7", name="Ada Marsh")
    assert f"{TRACES}: 6 months from the sign-in or act." in out
    entry = Entry.objects.get(verb="retention.changed")
    assert (entry.actor_id, entry.actor_name) == ("7", "Ada Marsh")


def test_setting_what_stands_writes_nothing(capsys):
    said(capsys, TRACES, months=6, by="7", name="Ada Marsh")
    said(capsys, TRACES, months=6, by="7", name="Ada Marsh")
    assert Entry.objects.filter(verb="retention.changed").count() == 1


@pytest.mark.parametrize(
    ("args", "options", "sentence"),
    [
        (["old socks"], {"months": 6, "by": "7", "name": "Ada"}, "no kind “old socks”"),
        ([TRACES], {"by": "7", "name": "Ada"}, "Say --months"),
        ([TRACES], {"months": 6, "name": "Ada"}, "who sets it"),
        ([TRACES], {"months": 6, "by": "7"}, "who sets it"),
        ([TRACES], {"months": 0, "by": "7", "name": "Ada"}, "from 1 to 1200"),
        ([TRACES], {"months": 1201, "by": "7", "name": "Ada"}, "from 1 to 1200"),
    ],
)
def test_what_it_cannot_do_it_says(args, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("retention", *args, **options)
    assert not RetentionRule.objects.exists()
