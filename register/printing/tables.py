"""Tables that a tagged file can hold: every row has the same number of columns.

PDF/UA refuses a ragged table, and a header row repeats over pages only when it stands in a header.
"""

from xml.etree.ElementTree import Element

WIDEST_SPAN = 12
LONG_WORD = 22
LEAST_WIDTH = 5


def make_regular(table: Element) -> None:
    """Put the table's rows in order: bounded spans, no ragged rows, leading headings as header."""
    _bound_spans(table)
    _lift_header(table)
    if not any(child.tag in ("tbody", "tr") for child in table):
        # A header over nothing is a body (ISO 14289-1, 7.2).
        for child in table:
            child.tag = "tbody" if child.tag == "thead" else child.tag
    rows = _rows(table)
    if _is_ragged(table):
        for row in rows:
            for cell in row:
                cell.attrib.pop("colspan", None)
                cell.attrib.pop("rowspan", None)
        widest = max((len(row) for row in rows), default=0)
        for row in rows:
            for _ in range(widest - len(row)):
                row.append(Element("td"))


def fix_widths(table: Element) -> None:
    """Give a table with a very long word set widths, as percentages in the class names w1 to w100.

    Finding the best widths tries every break of every word, which takes minutes for a hostile one.
    A table that has its widths already, such as one of a report, keeps them.
    """
    if "fixed" in table.get("class", "").split():
        return
    rows = _rows(table)
    if not any(_longest_word(cell) > LONG_WORD for row in rows for cell in row):
        return
    add_class(table, "fixed")
    if "facts" in table.get("class", "") or any(cell.get("colspan") for cell in rows[0]):
        return
    columns = zip(*(row for row in rows if len(row) == len(rows[0])), strict=False)
    weights = [_weight(column) for column in columns]
    for cell, weight in zip(rows[0], weights, strict=True):
        add_class(cell, f"w{max(1, 100 * weight // sum(weights))}")


def add_class(element: Element, name: str) -> None:
    """Add one class name to those that an element has."""
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _weight(cells: tuple[Element, ...]) -> int:
    """How much room a column asks for: its longest word, or its usual length in three lines."""
    lengths = sorted(len("".join(cell.itertext())) for cell in cells)
    word = max(min(_longest_word(cell), LONG_WORD) for cell in cells)
    return max(LEAST_WIDTH, word, min(lengths[len(lengths) // 2] // 3, 2 * LONG_WORD))


def _longest_word(cell: Element) -> int:
    return max((len(word) for word in "".join(cell.itertext()).split()), default=0)


def _rows(table: Element) -> list[Element]:
    found = []
    for child in table:
        if child.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in child if row.tag == "tr"]
        elif child.tag == "tr":
            found.append(child)
    return found


def _bound_spans(table: Element) -> None:
    for row in _rows(table):
        for cell in row:
            for name in ("colspan", "rowspan"):
                value = cell.attrib.pop(name, "")
                if value.isdecimal() and 1 < int(value[:6]) <= WIDEST_SPAN and len(value) < 6:
                    cell.set(name, value)


def _lift_header(table: Element) -> None:
    """The first row, when all its cells are headings, becomes the header that repeats."""
    if any(child.tag == "thead" for child in table):
        return
    rows = _rows(table)
    if len(rows) < 2 or not len(rows[0]) or any(cell.tag != "th" for cell in rows[0]):
        return
    if any(cell.get("rowspan") for cell in rows[0]):
        return
    for child in table:
        if child is rows[0] or rows[0] in list(child):
            holder = table if child is rows[0] else child
            break
    holder.remove(rows[0])
    header = Element("thead")
    header.append(rows[0])
    at = 1 if len(table) and table[0].tag == "caption" else 0
    table.insert(at, header)


def _is_ragged(table: Element) -> bool:
    """Whether rows differ in width, or a cell reaches below its group of rows."""
    widths = set()
    groups = [child for child in table if child.tag in ("thead", "tbody", "tfoot")]
    groups += [table] if any(child.tag == "tr" for child in table) else []
    for group in groups:
        below: dict[int, int] = {}
        rows = [row for row in group if row.tag == "tr"]
        for row in rows:
            at = 0
            hanging = {column: left - 1 for column, left in below.items() if left > 1}
            for cell in row:
                while below.get(at, 0):
                    at += 1
                for column in range(at, at + int(cell.get("colspan", 1))):
                    if below.get(column, 0):
                        return True
                    if (tall := int(cell.get("rowspan", 1))) > 1:
                        hanging[column] = tall - 1
                at += int(cell.get("colspan", 1))
            while below.get(at, 0):
                at += 1
            widths.add(at)
            below = hanging
        if below:
            return True
    return len(widths) > 1
