"""Generated pages say what the code says, and every rule has a test that names it."""

from pathlib import Path

import pytest

from register.dashboard.generated import PAGES
from register.documents.rules import rules_of
from register.documents.tiers import TIERS

ROOT = Path(__file__).resolve().parents[2]
ALL_RULES = list(dict.fromkeys(rule for tier in TIERS for rule in rules_of(tier)))


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text() == PAGES[name](), "run `manage.py write_docs`"


def test_rules_have_numbers_of_their_own():
    codes = [rule.code for rule in ALL_RULES]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_test(rule):
    tests = "".join(
        path.read_text()
        for path in (ROOT / "tests").rglob("test_*.py")
        if path.name != "test_docs.py"
    )
    assert f'"{rule.code}"' in tests or f"_{rule.code.lower()}_" in tests


def test_every_variable_that_settings_read_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    source = (ROOT / "register" / "settings.py").read_text()
    source += (ROOT / "register" / "environment.py").read_text()
    asked = set()
    for opening in ('text("', 'flag("', 'number("', 'required("', 'required(\n    "'):
        asked |= {part.split('"')[0] for part in source.split(opening)[1:]}
    assert not {name for name in asked if f"`{name}`" not in readme}
