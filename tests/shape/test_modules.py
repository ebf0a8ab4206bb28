"""Keeps the shape of the house: modules stay small, writing stays in services, the clock in one place."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for top in ("register", "charters", "agreements", "tools")
    for path in sorted((ROOT / top).rglob("*.py"))
    if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
          "update_or_create"}  # fmt: skip
TALKERS = {"views", "forms"}
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py", "base.py"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_module_is_long(path):
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_module_is_long(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_function_is_long(path):
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines_of_code(node) > 30
    ]
    assert not long


@pytest.mark.parametrize("path", [p for p in SOURCES if TALKERS & {p.stem, *p.parts}], ids=name_of)
def test_views_and_forms_never_write(path):
    calls = [
        node.func
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    written = [
        f"line {call.lineno}: .{call.attr}()"
        for call in calls
        if call.attr in WRITES and not _is_plain_container(call)
    ]
    assert not written


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_dates_asks_the_clock(path):
    if path.name == "dates.py" or "demonstration" in path.parts or path.parts[-2] == "tools":
        return
    source = path.read_text()
    for call in ("date.today()", "datetime.now(", "timezone.now(", "datetime.utcnow("):
        assert call not in source, f"{call} belongs in register/core/dates.py"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_import_hides_in_a_function(path):
    if path.name == "apps.py":  # models can be imported only once the apps are ready
        return
    hidden = [
        f"line {inner.lineno}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_every_module_is_named_after_its_subject():
    assert not [name_of(path) for path in SOURCES if path.name in FORBIDDEN_NAMES]


def _lines_of_code(node: ast.FunctionDef) -> int:
    """The lines of a function's body, without its signature and its docstring."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    body = node.body[1:] if is_docstring else node.body
    if not body:
        return 0
    last = body[-1]
    # A record that is given back field by field is data, however many fields it has.
    is_record = isinstance(last, ast.Return) and isinstance(last.value, ast.Dict | ast.Call)
    spread = last.end_lineno - last.lineno if is_record else 0
    return node.end_lineno - body[0].lineno + 1 - spread


def _is_plain_container(call: ast.Attribute) -> bool:
    """Whether the call is on a dictionary or a set, or asks a tier's own act to save."""
    owner = ast.unparse(call.value)
    plain = ("context", "words", "initial", "values", "attrs", "GET", "session", "fields", "digest",
             "headers", "found", "seen", "typed")  # fmt: skip
    if call.attr == "save":
        return owner.endswith((".link", ".place"))
    return call.attr == "update" and owner.endswith(plain)
