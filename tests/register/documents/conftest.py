"""What tests of documents share."""

import io

import pikepdf
import pytest


@pytest.fixture
def one_page() -> bytes:
    """A PDF of one empty page."""
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file)
    return file.getvalue()
