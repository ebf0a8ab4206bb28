"""The one allow-list of markup, applied when a text is saved and again when it is shown or printed."""

import re
from html import unescape

import nh3
from django.core.exceptions import ValidationError

from register.core import blocks, plain, reading

TAGS = {
    "p", "strong", "em", "a", "ul", "ol", "li", "h3", "h4", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
# Read, then written as one of the above.
READ = TAGS | {
    "b", "i", "h1", "h2", "h5", "h6", "div", "section", "article", "blockquote", "pre", "tfoot",
    "caption", "dl", "dt", "dd", "hr",
}  # fmt: skip
DROPPED = {
    "script", "style", "title", "xml", "head", "template", "noscript", "textarea", "select", "svg",
    "math", "iframe", "object", "video", "audio",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "p": {"class"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"https", "mailto"}
RAW_LIMIT = 2_000_000  # characters as pasted, without pictures
RAW_TAG_LIMIT = 50_000
SIZE_LIMIT = 200_000  # characters of one text, markup included
TAG_LIMIT = 5_000
DEPTH_LIMIT = 60
WORD_LIMIT = 1_000

_PICTURES = re.compile(r"""\bsrc\s*=\s*(?:"data:[^"]*"|'data:[^']*')""", re.IGNORECASE)
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)[^>]*>")
# These close themselves or need no end, so a thousand of them are not a thousand deep.
_FLAT = {"br", "hr", "img", "p", "li", "td", "th", "tr", "input", "meta", "link", "col", "option"}
_BLOCK_END = re.compile(r"</?(?:p|li|h3|h4|tr|table|ul|ol)\b[^>]*>|<br\s*/?>", re.IGNORECASE)
_FORMER = nh3.Cleaner(
    tags=READ,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=None,
    clean_content_tags=DROPPED,
)
_STRIPPER = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style"})


class TextRefused(ValidationError):
    """A text too large or too deep to be kept, read or printed; says what to do."""


def clean(html: str) -> str:
    """A text with the allowed markup only: paragraphs, lists, emphasis, links, headings, tables.

    Scripts, styles, pictures, addresses other than https and mailto, and what Word adds to a paste
    are gone; their words stay. Cleaning a clean text changes nothing. Raises TextRefused for a text
    that is too large or too deeply nested to be read or printed.
    """
    html = _CONTROLS.sub("", _PICTURES.sub("", html))
    _refuse_oversized(html)
    # Once more: a character may have come in by its name, such as &it;.
    formed = _CONTROLS.sub("", _FORMER.clean(html))
    _refuse_deep(formed)
    if len(_TAG.sub("", formed)) > SIZE_LIMIT:
        raise _too_long()
    return _kept(reading.read(formed))


def to_plain(html: str) -> str:
    """A clean text as plain words: blank lines, “- ”, “1. ”, rows of a table."""
    return plain.write(reading.read(html))


def from_plain(words: str) -> str:
    """Plain words as a clean text. Raises TextRefused as `clean` does."""
    words = _CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    if len(words) > SIZE_LIMIT:
        raise _too_long()
    return _kept(reading.read(blocks.to_html(plain.read(words))))


def strip(html: str) -> str:
    """The words of a text without its markup, one line a block."""
    broken = re.sub(r"</t[dh]>", " ", _BLOCK_END.sub("\n", html))
    words = unescape(_STRIPPER.clean(broken))
    return "\n".join(line for line in (" ".join(x.split()) for x in words.split("\n")) if line)


def _kept(made: list[blocks.Block]) -> str:
    html = blocks.to_html(made)
    if len(html) > SIZE_LIMIT:
        raise _too_long()
    if html.count("<") > 2 * TAG_LIMIT:
        raise TextRefused("The text has too many parts. Split it into several clauses.")
    _refuse_deep(html)
    longest = max((len(word) for word in _TAG.sub(" ", html).split()), default=0)
    if longest > WORD_LIMIT:
        raise TextRefused(
            f"The text has a word of more than {WORD_LIMIT:,} characters. Put spaces into it."
        )
    return html


def _refuse_oversized(html: str) -> None:
    if len(html) > RAW_LIMIT:
        raise _too_long()
    if html.count("<") > RAW_TAG_LIMIT:
        raise TextRefused("The text has too many parts. Split it into several clauses.")
    _refuse_deep(html)


def _refuse_deep(html: str) -> None:
    depth = 0
    for closing, tag in _TAG.findall(html):
        if tag.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEPTH_LIMIT:
            raise TextRefused("The text is nested too deeply. Paste it without its formatting.")


def _too_long() -> TextRefused:
    return TextRefused(
        f"The text is longer than {SIZE_LIMIT:,} characters. Split it into several clauses."
    )
