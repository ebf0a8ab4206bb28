"""WeasyPrint and nothing else: `python -m tests.bench.raw_print PAGE STYLES OUT` makes PDF/A-3a of a page."""

import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def write(page: Path, styles: Path, out: Path) -> None:
    """Lay the page out with the style sheet, and write it."""
    fonts = FontConfiguration()
    css = CSS(filename=str(styles), font_config=fonts)
    HTML(filename=str(page)).write_pdf(
        str(out), stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-3a"
    )


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:]))
