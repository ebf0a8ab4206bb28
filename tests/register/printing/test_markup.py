"""The last look at the tree: harmless, well structured, or put right."""

from xml.etree.ElementTree import tostring

import pytest
import tinyhtml5

from register.printing.markup import tidy


def tidied(html):
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    tidy(root, frozenset(range(32, 0x2E80)))
    body = next(root.iter("body"))
    return tostring(body, encoding="unicode", method="html").removeprefix("<body>")[
        : -len("</body>")
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>a<script>x</script>b</p>", "<p>ab</p>"),
        ('<p style="background:url(x)" onclick="x">a</p>', "<p>a</p>"),
        ("a<img src=x>b<object>c</object>d", "abd"),
        ('<a href="javascript:x">a</a>', "<span>a</span>"),
        ('<a href="file:///etc/hostname" rel="attachment">a</a>', "<span>a</span>"),
        ('<a href="https://[">a</a>', "<span>a</span>"),
        (
            '<a href="https://e.org/"><b>a</b></a>.',
            '<a href="https://e.org/">a</a> (https://e.org/).',
        ),
        ('<a href="mailto:a@b.org">a@b.org</a>', '<a href="mailto:a@b.org">a@b.org</a>'),
        ("<li>a</li>", "<ul><li>a</li></ul>"),
        ("<ul>a<p>b</p></ul>", "<ul><li>a</li><li><p>b</p></li></ul>"),
        ("<ul></ul><table></table>x", "x"),
        ("<h1>a</h1><h4>b</h4>", '<h1>a</h1><h2 class="like-h4">b</h2>'),
    ],
)
def test_a_tree_is_put_right(given, expected):
    assert tidied(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        (
            "<table><tr><td>a</td></tr><tr><td>1</td><td>2</td></tr></table>",
            "<table><tbody><tr><td>a</td><td></td></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
        (
            '<table><tr><td colspan="1000000">a</td></tr><tr><td rowspan="9">b</td></tr></table>',
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>",
        ),
        (
            '<table><tr><td colspan="2">a</td></tr><tr><td>1</td><td>2</td></tr></table>',
            '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>1</td><td>2</td></tr></tbody></table>',
        ),
        (
            "<table><thead><tr><th>a</th></tr></thead></table>",
            "<table><tbody><tr><th>a</th></tr></tbody></table>",
        ),
    ],
)
def test_a_table_is_made_regular(given, expected):
    assert tidied(given) == expected


def test_an_image_is_kept_only_where_it_names_a_drawing_of_ours_and_with_our_words():
    root = tinyhtml5.parse(
        '<p><img src="print:qr-A.svg" alt="a lie" onload="x" class="y"><img src="print:qr-B.svg">'
        '<img src="https://e.org/x"><img src="print:source-sans-3-latin-400-normal.woff2"></p>',
        namespace_html_elements=False,
    )
    tidy(root, frozenset(range(32, 0x2E80)), {"print:qr-A.svg": "QR code of A."})
    [image] = root.iter("img")
    assert image.attrib == {"class": "qr", "src": "print:qr-A.svg", "alt": "QR code of A."}


def test_a_table_that_has_its_widths_keeps_them_however_long_a_word_is():
    word = "x" * 60
    rows = f"<tbody><tr><td>{word}</td><td>b</td></tr></tbody></table>"
    head = '<thead><tr><th class="w30" scope="col">a</th><th class="w60" scope="col">b</th></tr></thead>'
    fixed = tidied(f'<table class="grid fixed">{head}{rows}')
    assert 'class="w30"' in fixed
    assert 'class="w60"' in fixed
    free = tidied(f'<table class="grid">{head}{rows}')
    assert 'class="grid fixed"' in free
