"""The allow-list of markup, and plain words there and back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.core.text import TextRefused, clean, from_plain, strip, to_plain

WORDS = st.text(st.sampled_from("ab \\*_[](|)#!<>&-1.•\n’é:/"), min_size=1, max_size=12)


def _escape(words):
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _wrap(inner):
    return st.one_of(
        st.tuples(st.sampled_from(["strong", "em", "b", "i", "span"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        inner.map(lambda words: f'<a href="https://example.org/a(b)?x=1&amp;y=2">{words}</a>'),
        st.tuples(inner, inner).map(lambda pair: pair[0] + "<br>" + pair[1]),
        st.tuples(inner, inner).map("".join),
    )


INLINE = st.recursive(WORDS.map(_escape), _wrap, max_leaves=6)
CELLS = st.lists(st.tuples(st.sampled_from(["td", "th"]), INLINE), min_size=1, max_size=3)


def _row(cells):
    return "<tr>" + "".join(f"<{tag}>{words}</{tag}>" for tag, words in cells) + "</tr>"


def _list(items):
    return st.tuples(st.sampled_from(["ul", "ol"]), st.lists(items, min_size=1, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(f'<li>{x}</li>' for x in pair[1])}</{pair[0]}>"
    )


LISTS = st.recursive(
    _list(INLINE),
    lambda under: _list(st.tuples(INLINE, under).map("".join)),
    max_leaves=4,
)
BLOCKS = st.one_of(
    st.tuples(st.sampled_from(["p", "h3", "h4", "div"]), INLINE).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    ),
    LISTS,
    st.lists(CELLS, min_size=1, max_size=3).map(
        lambda rows: "<table>" + "".join(map(_row, rows)) + "</table>"
    ),
)
TEXTS = st.lists(BLOCKS, max_size=4).map("".join)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_text_survives_the_way_to_plain_words_and_back(html):
    kept = clean(html)
    assert from_plain(to_plain(kept)) == kept


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=60), st.text("<>/pulitdrhbe =\"'a&;!-", max_size=60)))
def test_cleaning_a_clean_text_changes_nothing(html):
    kept = clean(html)
    assert clean(kept) == kept


@pytest.mark.parametrize("name", ["&it;", "&ZeroWidthSpace;", "&#8290;", "&shy;", "&#0;"])
def test_a_character_that_nobody_sees_does_not_come_in_by_its_name(name):
    kept = clean(f"<p>Heat{name}checks</p>")
    assert clean(kept) == kept
    assert not set(kept) & set("\u2062\u200b\u00ad\0")


@settings(max_examples=200, deadline=None)
@given(st.text("ab12 \n-*_#|.)[]\\(<>!•", max_size=60))
def test_typed_plain_words_are_read_and_written_steadily(words):
    kept = from_plain(words)
    assert clean(kept) == kept
    assert from_plain(to_plain(kept)) == kept


def test_plain_words_read_as_people_write_them():
    words = (
        "The parties will:\n- keep it\n  - on paper\n- delete it\n\n1. First\n2. Second\n\n"
        "## Retention\n\nKind | Years\n--- | ---\nPaper | 6"
    )
    assert from_plain(words) == (
        "<p>The parties will:</p><ul><li>keep it<ul><li>on paper</li></ul></li><li>delete it</li></ul>"
        "<ol><li>First</li><li>Second</li></ol><h3>Retention</h3><table><thead><tr>"
        '<th scope="col">Kind</th><th scope="col">Years</th></tr></thead>'
        "<tbody><tr><td>Paper</td><td>6</td></tr></tbody></table>"
    )


def test_a_paste_from_word_comes_out_clean():
    pasted = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal{margin:0}"
        "</style><!--[if gte mso 9]><xml><o:x/></xml><![endif]--></head><body>"
        "<p class=MsoNormal style='mso-style-name:x'><span style='font-family:Arial'><font>The "
        "partner’s “records”</font></span><b>&nbsp;matter</b><o:p></o:p></p>"
        "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span>·<span>&nbsp;&nbsp;&nbsp;</span></span><![endif]>Keep it<o:p></o:p></p>"
        "<p class=MsoListParagraphCxSpLast><span>·</span>&nbsp; Shred it</p><p>&nbsp;</p></body></html>"
    )
    assert clean(pasted) == (
        "<p>The partner’s “records”<strong> matter</strong></p>"
        "<ul><li>Keep it</li><li>Shred it</li></ul>"
    )


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script>words", "<p>words</p>"),
        ("<img src=x onerror=alert(1)>words", "<p>words</p>"),
        ('<a href="javascript:alert(1)">words</a>', "<p>words</p>"),
        ('<a href="file:///etc/hostname" rel=attachment>words</a>', "<p>words</p>"),
        ('<a href="/local">words</a><a href="//evil">more</a>', "<p>wordsmore</p>"),
        ('<p style="background:url(http://x)" onclick=x>words</p>', "<p>words</p>"),
        ("<svg><image href=http://x></svg>words", "<p>words</p>"),
        ("{{ settings.SECRET_KEY }} %(x)s {0.a}", "<p>{{ settings.SECRET_KEY }} %(x)s {0.a}</p>"),
        ("a\x00b\ud800c\u202ed", "<p>abcd</p>"),
        ("<p>a</p>\n\n<p> </p><p><br></p>", "<p>a</p>"),
        ("<h1>Title</h1>", "<h3>Title</h3>"),
    ],
)
def test_hostile_markup_leaves_only_its_words(html, kept):
    assert clean(html) == kept


def test_spans_of_a_cell_are_bounded():
    row = '<tr><td colspan="1000000" rowspan="2">a</td><td colspan="-1">b</td></tr>'
    assert clean(f"<table>{row}</table>") == (
        '<table><tbody><tr><td colspan="12" rowspan="2">a</td><td>b</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<div>" * 1000 + "x" + "</div>" * 1000, "nested too deeply"),
        ("<ul><li>" * 1000 + "x", "nested too deeply"),
        ("x<br>" * 100_000, "too many parts"),
        ("x" * 1_000_000, "longer than"),
        ("y" * 2_000, "word of more than"),
        ("<p>a</p>" * 10_000, "too many parts"),
    ],
)
def test_an_oversized_text_is_refused_with_a_sentence(html, says):
    with pytest.raises(TextRefused, match=says):
        clean(html)


def test_a_pasted_picture_goes_and_its_size_does_not_matter():
    picture = '<img src="data:image/png;base64,' + "A" * 3_000_000 + '">'
    assert clean(f"<p>before{picture}after</p>") == "<p>beforeafter</p>"


def test_strip_gives_the_words_a_line_a_block():
    html = "<p>One &amp; two</p><ul><li>three</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
    assert strip(html) == "One & two\nthree\na b"
