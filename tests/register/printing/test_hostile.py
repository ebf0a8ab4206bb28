"""Nothing that stands in a text loads, runs, embeds or links to anything."""

import io
import socket
import time

import pikepdf
import pytest
from weasyprint.urls import URLFetchingError, fetch

from register.printing import engine, fields
from register.printing.fetcher import ShelfFetcher
from register.printing.refusals import PrintFailed
from tests.register.printing import bodies
from tests.register.printing.conftest import FONTS, printed, words_of

FILE, WEB = "file:///etc/hostname", "http://127.0.0.1:9/x"
SVG = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{0}'/></svg>"
CONSTRUCTS = [
    '<img src="{0}">',
    '<link rel="attachment" href="{0}">',
    '<a rel="attachment" href="{0}" download="stolen.txt">take</a>',
    '<link rel="stylesheet" href="{0}">',
    '<style>@import url("{0}");</style>',
    '<style>p {{ background: url("{0}") }}</style>',
    '<p style="background:url({0})">x</p>',
    '<ul style="list-style-image:url({0})"><li>x</li></ul>',
    '<style>p::before {{ content: url("{0}") }}</style>',
    '<style>@font-face {{ font-family: x; src: url("{0}") }} p {{ font-family: x }}</style>',
    '<object data="{0}"></object>',
    '<embed src="{0}">',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}" width="9" height="9"/></svg>',
    '<base href="{0}"><img src="x.png">',
    '<p style="border-image:url({0}) 1">x</p>',
    '<style>@color-profile --x {{ src: url("{0}") }}</style>',
    f'<img src="{SVG}">',
    '<iframe src="{0}"></iframe><script src="{0}"></script><video poster="{0}"></video>',
    '<input type="image" src="{0}"><form action="{0}"><button>x</button></form>',
    '<a href="{0}">x</a><a href="javascript:alert(1)">y</a><a href="data:text/html,x">z</a>',
    "{{{{ settings.SECRET_KEY }}}} {{% include '/etc/passwd' %}} {{0.__class__}} %(x)s",
]


@pytest.fixture
def no_sockets(monkeypatch):
    """Any socket that a print opens fails the test."""

    def refuse(*args, **kwargs):
        raise AssertionError("a print opened a socket")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def hostile_body(text):
    """The text in every place of a body."""
    body = bodies.fullest(3)
    body |= {"title": text, "kind": text, "label": text, "marking": text, "tier_word": text}
    body["parties"][0] |= {"name": text, "role": text, "only_this_reason": text}
    body["sections"][0] |= {"heading": text}
    body["sections"][0]["fields"][0] |= {"label": text, "value": text}
    body["sections"][0]["fields"][1]["value"] = text
    body["sections"][1]["fields"][0]["value"][0] |= {"heading": text, "text": text, "note": text}
    body["sections"][2]["fields"][0]["value"] = {"columns": [text], "rows": [[text]]}
    body["clauses"][1] |= {"heading": text, "text": text, "number": text}
    body["slots"][0] |= {"organisation": text, "post": text}
    return body


def links_and_files(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as found:
        notes = [note for page in found.pages for note in page.get("/Annots", [])]
        links = {str(note.A.URI) for note in notes if "/A" in note}
        assert {str(note.Subtype) for note in notes} <= {"/Link"}
        return links, list(found.attachments)


@pytest.mark.usefixtures("no_sockets")
@pytest.mark.parametrize("address", [FILE, WEB])
def test_no_construct_of_any_text_is_carried_out(address):
    text = " ".join(construct.format(address) for construct in CONSTRUCTS)
    body = hostile_body(text)
    pdf = printed(body, bodies.frame(body, printed_by=text[:200]))
    links, files = links_and_files(pdf)
    assert links == {"https://www.example.org.uk/guidance"}
    assert files == ["WY-A-0042-v3.json"]
    assert b"/JavaScript" not in pdf


@pytest.mark.usefixtures("no_sockets")
@pytest.mark.parametrize("construct", CONSTRUCTS)
@pytest.mark.parametrize("address", [FILE, WEB])
def test_a_text_that_nobody_cleaned_is_harmless_all_the_same(construct, address, monkeypatch):
    asked = []
    refusing = ShelfFetcher.fetch

    def watched(self, url, headers=None):
        asked.append(url)
        return refusing(self, url, headers)

    monkeypatch.setattr(ShelfFetcher, "fetch", watched)
    monkeypatch.setattr(fields, "clean", lambda text: text)
    body = bodies.emptiest()
    body["clauses"] = [bodies.clause(1, "number", "1", "Heading", construct.format(address))]
    pdf = engine.build(engine.Printable(bodies.canonical(body), bodies.bare_frame()), fonts=FONTS)
    links, files = links_and_files(pdf)
    assert (links, files) == (set(), ["WY-A-0001-v1.json"])
    assert asked
    assert all(url.startswith("print:source-sans-3-") for url in asked)


@pytest.mark.usefixtures("no_sockets")
@pytest.mark.parametrize(
    "url",
    [FILE, WEB, "https://example.org", "data:text/css,x", "print:../../etc/passwd", "ftp://x/y"],
)
def test_the_fetcher_refuses_every_address_but_its_shelf(url):
    fetcher = ShelfFetcher([FONTS / "source-sans-3-latin-400-normal.woff2"])
    with pytest.raises(URLFetchingError), fetch(fetcher, url):
        pass
    with pytest.raises(ValueError, match="nothing but its own fonts"):
        fetcher.open(url)
    assert fetcher.refused == [url, url]


def test_template_words_are_printed_as_they_were_typed():
    body = bodies.emptiest() | {
        "title": "{{ settings.SECRET_KEY }} {% now 'Y' %} %(x)s {0.__class__}"
    }
    words = words_of(printed(body, bodies.bare_frame()))
    assert "{{ settings.SECRET_KEY }} {% now 'Y' %}" in " ".join(words.split())


@pytest.mark.parametrize(
    "text",
    [
        "<br>" * 100_000,
        "<div>" * 1_000 + "deep" + "</div>" * 1_000,
        "<ul><li>" * 1_000 + "deep",
        "x" * 1_000_000,
        "<p>" + "x" * 100_000 + "</p>",
        '<table><tr><td colspan="1000000" rowspan="1000000">wide</td></tr></table>',
        "<table><tr>" + "<td>x</td>" * 900 + "</tr></table>",
    ],
    ids=["breaks", "divs", "lists", "word", "long word", "colspan", "columns"],
)
@pytest.mark.parametrize("kind", ["html", "text"])
def test_an_oversized_construct_is_refused_with_a_sentence_or_printed_in_time(text, kind):
    body = bodies.emptiest()
    field = {"code": "x", "label": "Purpose", "kind": kind, "value": text}
    body["sections"] = [{"code": "s", "heading": "Purpose and benefit", "fields": [field]}]
    began = time.monotonic()
    refusal = refusal_of(body)
    assert refusal == "" or ("“Purpose”" in refusal and refusal.endswith("."))
    assert time.monotonic() - began < 25


def refusal_of(body):
    """The sentence with which a print is refused; nothing where it is made."""
    try:
        assert printed(body, bodies.bare_frame()).startswith(b"%PDF")
    except PrintFailed as refusal:
        return refusal.sentence
    return ""
