"""A PDF of eleven pages beside raw WeasyPrint over the same page, style sheet and fonts.

Both are PDF/A-3a with tags. First as it is asked for, in a child process each; then the layout alone,
in one process that has laid out before. Run by itself as `python -m tests.bench.printing`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import tostring

import django
import pikepdf

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register.settings")
django.setup()

from django.conf import settings  # noqa: E402
from weasyprint import HTML  # noqa: E402

from register.printing import engine, layout  # noqa: E402
from register.printing.bounded import render_version  # noqa: E402
from register.printing.characters import parts_needed, printable  # noqa: E402
from register.printing.drawings import SHELF  # noqa: E402
from register.printing.markup import tidy  # noqa: E402
from tests.bench import raw_print  # noqa: E402
from tests.bench.figures import Figure, print_figures  # noqa: E402
from tests.bench.installation import ROOT  # noqa: E402
from tests.bench.measure import in_turn  # noqa: E402
from tests.register.printing import bodies  # noqa: E402

PAGES, ROUNDS = 11, 7
AIM = 1.15


def main() -> None:
    """Lay out a version of eleven pages both ways, in turn, and print how long each took."""
    fonts = settings.BUILD_DIR / "front" / "fonts"
    body, frame, pages = eleven_pages(fonts)
    canonical = bodies.canonical(body)
    with tempfile.TemporaryDirectory() as folder:
        page, styles, out = (Path(folder) / name for name in ("page.html", "page.css", "page.pdf"))
        page.write_text(page_of(body, frame, fonts), encoding="utf-8")
        styles.write_text(styles_of(page, fonts), encoding="utf-8")
        raw = [sys.executable, "-W", "ignore", "-m", "tests.bench.raw_print", page, styles, out]
        version = engine.Printable(canonical, frame)
        times = in_turn(
            {
                "whole": partial(render_version, canonical, frame),
                "raw whole": partial(subprocess.run, raw, cwd=ROOT, check=True),
                "layout": partial(engine.build, version, fonts=fonts),
                "raw layout": partial(raw_print.write, page, styles, out),
            },
            ROUNDS,
            warm=1,
        )
    print_figures(
        f"PDF of {pages} pages",
        [
            Figure("PDF, in a process of its own", times["whole"], beside="raw WeasyPrint, the same",
                   rival=times["raw whole"], aim=AIM),
            Figure("PDF, the layout alone", times["layout"], beside="raw WeasyPrint, the same",
                   rival=times["raw layout"], aim=AIM),
        ],
    )  # fmt: skip


def eleven_pages(fonts: Path) -> tuple[dict, dict, int]:
    """The fullest agreement with so many clauses more that it has eleven pages, its frame, its pages."""
    body = bodies.fullest(3)
    own, pages, count = list(body["clauses"]), 0, 0
    while pages < PAGES:
        count += 4
        body["clauses"] = (own * 20)[:count]
        # A draft has no code on paper, so that both fetch nothing but fonts.
        frame = bodies.frame(body, status="draft", mark="DRAFT", code="", verify_url="")
        made = engine.build(engine.Printable(bodies.canonical(body), frame), fonts=fonts)
        pages = len(pikepdf.open(BytesIO(made)).pages)
    return body, frame, pages


def page_of(body: dict, frame: dict, fonts: Path) -> str:
    """The page as it stands before it is laid out, after the product's own last look at it."""
    html = HTML(string=layout.document_page(body, frame), base_url=SHELF)
    tidy(html.etree_element, printable(fonts), {})
    return "<!doctype html>" + tostring(html.etree_element, encoding="unicode", method="html")


def styles_of(page: Path, fonts: Path) -> str:
    """The product's style sheet for a page, its fonts named as files."""
    words = "".join(HTML(filename=str(page)).etree_element.itertext())
    styles = engine._styles(parts_needed(words + engine.OURS, fonts), "")
    return styles.replace(f"url({SHELF}", f"url({fonts.as_uri()}/")


if __name__ == "__main__":
    main()
