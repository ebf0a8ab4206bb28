"""What stands on the printed page."""

import hashlib
import io
import json
import re

import pikepdf
import pytest

from register.core.codes import short_code
from register.printing.layout import file_stem
from register.printing.words import MARKS, STATUSES
from tests.register.printing import bodies
from tests.register.printing.conftest import full, pack_of, pages_of, printed, words_of


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


def squeezed(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    "expected",
    [
        "Wyrefordshire and the Marches Public Services Partnership",
        "Operational agreement Systematic sharing",
        "Reference WY-A-0042",
        "Version 3 (Third issue)",
        "Status Out for signature",
        "When every slot is signed, and not before 1 December 2026",
        "Made under Protocol WY-P-0002 version 2: Adults who need care and support (in force)",
        "Bound by this document only: A supplier that has not joined the framework.",
        "Owner Wyrefordshire County Council",
        "Retention changed from 8 to 6 years; housing support",
        "What this means We ask what the person wants.",
        "1.1.1 The disclosing partner sends only",
        "(a) a record of what it sent",
        "• the name of the officer who decided.",
        "Schedule 1: Information flows",
        "Signed Siân Llŷr ap Dafydd, 20 November 2026",
        "On behalf of Chief Constable of Wyrefordshire",
        "Refused to sign Owain Hughes, 20 November 2026",
        "guidance (https://www.example.org.uk/guidance)",
    ],
)
def test_a_print_says(full_words, expected):
    assert expected in full_words


def test_every_page_carries_its_foot_its_marking_and_its_mark():
    pages = pages_of(full())
    code = short_code(hashlib.sha256(bodies.canonical(bodies.fullest(3))).hexdigest())
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "WY-A-0042 - version 3" in page
        assert "Printed 21 November 2026 at 9:32am by Ada Okafor" in page
        assert f"Text code {code}" in page
        assert page.count("OFFICIAL-SENSITIVE") >= 2
        assert "OUT FOR SIGNATURE" in page
        assert "not yet in force" in page


@pytest.mark.parametrize("mark", [*MARKS, ""])
def test_a_mark_stands_on_each_page_and_no_other_does(mark):
    body = bodies.fullest(1)
    pages = pages_of(printed(body, bodies.frame(body, status="in_force", mark=mark)))
    for page in pages:
        for other in MARKS:
            assert (other in page) == (other == mark)


@pytest.mark.parametrize(("status", "words"), STATUSES.items())
def test_a_status_is_in_words(status, words):
    body = bodies.emptiest()
    assert f"Status {words}" in squeezed(words_of(printed(body, {"status": status, "mark": ""})))


def test_contents_name_the_page_on_which_each_part_begins():
    pages = pages_of(full())
    contents = next(page for page in pages if "Contents" in page)
    for heading in ("Purpose and benefit", "2 Retention and disposal", "Signatures"):
        number = int(re.search(rf"{heading}[ .]*(\d+)", contents)[1])
        last_words = heading.split(" ", 1)[-1] if heading[0].isdigit() else heading
        assert last_words in pages[number - 1]


def test_a_table_repeats_its_header_and_splits_no_row():
    pages = [page for page in pages_of(full()) if "Secure" in page]
    assert len(pages) >= 2
    rows = []
    for page in pages:
        assert len(re.findall(r"No\.\s+From\s+To\s+What\s+How", page)) == 1
        starts = re.findall(r"^\s*(\d+)\s+Cambridgeshire", page, re.MULTILINE)
        assert page.count("Cambridgeshire") == page.count("of needs") == len(starts)
        rows += starts
    assert rows == [str(n) for n in range(1, 31)]


def test_who_has_not_signed_finds_a_line_for_ink():
    last = pages_of(full())[-1]
    open_place = last[last.index("Wyrefordshire County Council") :]
    assert [word in open_place for word in ("Signature", "Name", "Date")] == [True] * 3


def test_headings_only_leaves_the_text_out():
    body = bodies.fullest(3)
    text = words_of(printed(body, bodies.frame(body, headings_only=True)))
    assert "Retention and disposal" in text
    assert "People first" in text
    assert "Kept for six years" not in text
    assert "sends only" not in text


def test_a_governing_file_is_named_with_its_digest_beside_the_fields():
    file = {"name": "Signed.pdf", "sha256": "cd" * 32, "size": 3, "media_type": "application/pdf"}
    body = bodies.fullest(3) | {"clauses": [], "governing_file": file}
    text = words_of(printed(body, bodies.frame(body)))
    assert "Signed.pdf" in text
    assert "cd" * 32 in text
    assert "Retention" in text


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_the_emptiest_body_prints_on_a_page(tier):
    body = bodies.emptiest(tier)
    pages = pages_of(printed(body, bodies.bare_frame()))
    assert len(pages) == 1
    assert bodies.TIERS[tier] in pages[0]


def test_the_file_has_title_language_bookmarks_and_the_body_for_machines():
    body = bodies.fullest(3)
    with opened(full()) as pdf:
        assert pdf.Root.Lang == "en-GB"
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == f"WY-A-0042 version 3: {body['title']}"
        with pdf.open_outline() as outline:
            found = [item.title for item in outline.root[0].children]
        assert "2 Retention and disposal" in found
        assert list(pdf.attachments) == ["WY-A-0042-v3.json"]
        kept = pdf.attachments["WY-A-0042-v3.json"]
        assert kept.get_file().read_bytes() == bodies.canonical(body)
        assert json.loads(kept.get_file().read_bytes()) == body
        assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Source"]
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
        assert fonts
        assert all("+Print-" in font for font in fonts)


def test_heads_and_feet_are_artefacts_for_a_screen_reader():
    with opened(full()) as pdf:
        content = b" ".join(
            bytes(str(operator), "ascii") + bytes(str(operands[:1]), "utf-8")
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) in ("BDC", "BMC")
        )
        assert b"/Artifact" in content
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert any(owner is None for owner in numbers[1])


def test_a_pack_has_a_cover_contents_a_table_and_each_document():
    one, two = bodies.fullest(3), bodies.fullest(1)
    pairs = [(one, bodies.frame(one)), (two, bodies.frame(two, status="in_force", mark=""))]
    pdf = pack_of([*pairs, pairs[0]], "Adults community, November 2026")
    pages = pages_of(pdf)
    assert "Adults community, November 2026" in pages[0]
    assert "The documents in this pack" in squeezed(" ".join(pages[:2]))
    number = int(re.search(r"WY-C-0042 Hospital[^\f]*?home[ .]*(\d+)", pages[0])[1])
    assert "Charter" in pages[number - 1]
    assert "WY-C-0042" in pages[number - 1]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    with opened(pdf) as found:
        assert sorted(found.attachments) == [
            "WY-A-0042-v3-2.json",
            "WY-A-0042-v3.json",
            "WY-C-0042-v3.json",
        ]


def test_the_same_print_gives_the_same_bytes():
    body = bodies.fullest(2)
    assert printed(body, bodies.frame(body)) == printed(body, bodies.frame(body))


def test_a_colour_that_reads_badly_on_white_is_not_taken():
    body = bodies.emptiest()
    plain = printed(body, bodies.bare_frame())
    assert printed(body, bodies.bare_frame(partnership_colour="#ffff00")) == plain
    assert printed(body, bodies.bare_frame(partnership_colour="red;} * {color:red")) == plain
    assert printed(body, bodies.bare_frame(partnership_colour="#6b1d5c")) != plain


@pytest.mark.parametrize("reference", ["../../etc/passwd", 'a b\n"c', "", "Ünï", "con"])
def test_a_file_name_is_safe(reference):
    stem = file_stem({"reference": reference, "version": 2})
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*-v2", stem)
