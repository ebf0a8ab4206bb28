"""The last look at a page's tree before it is laid out.

The clause text was cleaned when it was saved and again when the page was written. This third look
knows nothing of either: whatever is not plain text structure goes, so that no text can load, run,
embed or link to anything. It also puts right what would break PDF/UA: loose list items, skipped
heading levels, ragged tables, characters that no font holds.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from register.printing.characters import shown
from register.printing.tables import add_class, fix_widths, make_regular

TAGS = frozenset({
    "html", "head", "title", "meta", "body", "div", "p", "span", "strong", "em", "b", "i", "br", "a",
    "h1", "h2", "h3", "h4", "ul", "ol", "li",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
})  # fmt: skip
ATTRIBUTES = frozenset({"class", "id", "lang", "href", "colspan", "rowspan", "scope", "start"})
META = frozenset({"author", "description", "keywords", "generator", "dcterms.created"})
HOLDERS = frozenset({"ul", "ol", "thead", "tbody", "tfoot", "tr"})
HEADINGS = ("h1", "h2", "h3", "h4")


def tidy(root: Element, points: frozenset[int], drawings: Mapping[str, str] | None = None) -> None:
    """Make the whole tree harmless, printable and well structured, in place.

    `drawings` are the pictures of our own making by address, each with its words for those who do
    not see it: an image of any other address goes.
    """
    drawings = drawings or {}
    _drop_strangers(root, drawings)
    for element in root.iter():
        _keep_attributes(element, drawings)
        if element.tag in ("ul", "ol"):
            _only_items(element)
    _wrap_loose_items(root)
    _drop_empty(root)
    for element in list(root.iter()):
        if element.tag == "table":
            make_regular(element)
            fix_widths(element)
        elif element.tag == "a":
            _settle_link(element)
    _step_headings(root)
    for element in root.iter():
        element.text = shown(element.text, points) if element.text else element.text
        element.tail = shown(element.tail, points) if element.tail else element.tail
        if content := element.get("content"):
            element.set("content", shown(content, points))


def _drop_strangers(root: Element, drawings: Mapping[str, str]) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            is_ours = child.tag == "img" and child.get("src") in drawings
            if child.tag not in TAGS and not is_ours:
                _remove(parent, child)


def _remove(parent: Element, child: Element) -> None:
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _keep_attributes(element: Element, drawings: Mapping[str, str]) -> None:
    if element.tag == "img":
        # Its words are ours as well, whoever wrote the tag.
        address = element.get("src", "")
        element.attrib.clear()
        element.attrib.update({"class": "qr", "src": address, "alt": drawings[address]})
        return
    keep = {name: value for name, value in element.attrib.items() if name in ATTRIBUTES}
    if element.tag == "meta" and element.get("name") in META:
        keep |= {"name": element.get("name", ""), "content": element.get("content", "")}
    if element.tag != "a":
        keep.pop("href", None)
    element.attrib.clear()
    element.attrib.update(keep)


def _only_items(listing: Element) -> None:
    for child in list(listing):
        if child.tag != "li":
            at = list(listing).index(child)
            listing.remove(child)
            item = Element("li")
            item.append(child)
            listing.insert(at, item)
        _move_tail_inside(listing, child)
    if listing.text and listing.text.strip():
        item = Element("li")
        item.text, listing.text = listing.text, ""
        listing.insert(0, item)


def _move_tail_inside(listing: Element, child: Element) -> None:
    if child.tail and child.tail.strip() and child.tag == "li":
        SubElement(child, "span").text = child.tail
        child.tail = ""


def _wrap_loose_items(root: Element) -> None:
    for parent in list(root.iter()):
        if parent.tag in ("ul", "ol"):
            continue
        for at, child in enumerate(list(parent)):
            if child.tag == "li":
                listing = Element("ul")
                parent.remove(child)
                listing.tail, child.tail = child.tail, ""
                listing.append(child)
                parent.insert(at, listing)


def _settle_link(link: Element) -> None:
    """Keep a link to https or mailto as plain words with its address behind; unmake any other.

    PDF/UA wants each link's area to hang on the link itself, so nothing may stand inside one.
    """
    address = link.get("href", "")
    if address.startswith("#"):
        return
    if not _is_safe(address):
        link.attrib.pop("href", None)
        link.tag = "span"
        return
    words = "".join(link.itertext())
    for child in list(link):
        link.remove(child)
    link.text = words
    spoken = address.removeprefix("mailto:")
    if spoken.rstrip("/") not in words:
        link.tail = f" ({spoken}){link.tail or ''}"


def _is_safe(address: str) -> bool:
    if any(one.isspace() or ord(one) < 33 for one in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (parts.scheme == "https" and bool(parts.netloc)) or (
        parts.scheme == "mailto" and "@" in parts.path
    )


def _drop_empty(root: Element) -> None:
    """Lists without an item and tables without a row have no place in a tagged file."""
    for parent in reversed(list(root.iter())):
        for child in list(parent):
            bare = child.tag in HOLDERS and not len(child)
            if bare or (child.tag == "table" and next(child.iter("tr"), None) is None):
                _remove(parent, child)


def _step_headings(root: Element) -> None:
    """A heading is at most one level deeper than the one before; its look stays."""
    level = 0
    for element in root.iter():
        if element.tag in HEADINGS:
            wanted = HEADINGS.index(element.tag) + 1
            level = min(wanted, level + 1)
            if level != wanted:
                add_class(element, f"like-{element.tag}")
                element.tag = HEADINGS[level - 1]
