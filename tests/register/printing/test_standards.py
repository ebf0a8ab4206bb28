"""Every kind of print keeps PDF/A-3a and PDF/UA-1, by veraPDF's verdict."""

import pytest

from register.packs.withholding import release_frame, without
from tests.register.printing import bodies, sheet_samples
from tests.register.printing.conftest import full, pack_of, printed
from tools.verapdf import validate

RAGGED = (
    "<ul><li>one<ol><li>two</li></ol></li></ul><h4>Small heading</h4>"
    "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>"
    "<table><tr><th>only</th></tr></table>"
    '<table><tr><td rowspan="3">x</td><td>y</td></tr></table>'
    '<p>Dŵr, Ελλάδα, Київ, 中文, 🙂 \u0000 \u202e <a href="mailto:ig@wyrefordshire.example">write '
    "to <strong>the office</strong> about anything that stands in this long sentence</a></p>"
)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """veraPDF's verdict on all of them at once: Java starts slowly."""
    folder = tmp_path_factory.mktemp("prints")
    for name, pdf in _prints().items():
        (folder / f"{name}.pdf").write_bytes(pdf)
    judged = validate(sorted(folder.glob("*.pdf")))
    return {path.stem: by_flavour for path, by_flavour in judged.items()}


def _prints():
    found = {}
    for tier in (1, 2, 3):
        found[f"fullest-{tier}"] = full(tier)
        found[f"emptiest-{tier}"] = printed(bodies.emptiest(tier), bodies.bare_frame())
    body = bodies.fullest(3)
    found["headings"] = printed(body, bodies.frame(body, headings_only=True))
    file = {
        "name": "Signed 🙂.pdf",
        "sha256": "cd" * 32,
        "size": 9,
        "media_type": "application/pdf",
    }
    found["sealed"] = printed(body, bodies.sealed_frame(body, 40))
    governed = bodies.fullest(3) | {"clauses": [], "governing_file": file}
    found["governing-file"] = printed(governed, bodies.frame(governed, mark=""))
    found["pack"] = pack_of(
        [(body, bodies.frame(body)), (governed, bodies.frame(governed))], "🙂 Pack"
    )
    found |= {form: sheet_samples.made(form) for form in sheet_samples.FORMS}
    ground = "Freedom of Information Act 2000, section 31 (law enforcement)"
    withheld = {"section:flows": ground, "clause:2": ground, "files": ground, "signatures": ground}
    cut, frame = without(body, release_frame(bodies.frame(body)), withheld)
    found["release"] = printed(cut, frame)
    ragged = bodies.fullest(2)
    ragged["clauses"] += [bodies.clause(n, "letter", "(z)", "🙂", RAGGED) for n in (1, 2, 3)]
    found["ragged"] = printed(ragged, bodies.frame(ragged))
    return found


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_every_print_keeps_the_standard(verdicts, flavour):
    assert len(verdicts) == 16
    broken = {name: found[flavour].broken for name, found in verdicts.items() if not found[flavour]}
    assert broken == {}
    assert all(found[flavour].checks > 500 for found in verdicts.values())
