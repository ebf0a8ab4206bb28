"""Prints that many tests read: made once in this process, with the fonts that are shipped."""

import subprocess
from functools import cache

import pytest
from django.conf import settings

from register.printing.engine import Printable, build, build_pack
from tests.register.printing import bodies

FONTS = settings.BUILD_DIR / "front" / "fonts"


def printed(body, frame):
    """The PDF of one body, made in this process."""
    return build(Printable(bodies.canonical(body), frame), fonts=FONTS)


def pack_of(pairs, title):
    versions = [Printable(bodies.canonical(body), frame) for body, frame in pairs]
    return build_pack(versions, title, fonts=FONTS)


def words_of(pdf, *options):
    """The words of a PDF as pdftotext reads them, a form feed after each page."""
    run = subprocess.run(
        ["pdftotext", "-layout", *options, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return run.stdout.decode()


def pages_of(pdf):
    return words_of(pdf).split("\f")[:-1]


@cache
def full(tier=3, status="signing", mark="OUT FOR SIGNATURE"):
    body = bodies.fullest(tier)
    return printed(body, bodies.frame(body, status=status, mark=mark))


@pytest.fixture
def full_words():
    return " ".join(words_of(full()).split())
