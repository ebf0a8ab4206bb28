"""Paper that can be checked: the code on every page, the QR code, the certificate on what is sealed."""

import io
import subprocess

import pikepdf
import pytest
import segno
from PIL import Image

from register.core.codes import short_code
from register.printing.drawings import qr_code
from register.printing.words import CLAIMS
from tests.register.printing import bodies
from tests.register.printing.conftest import full, pack_of, pages_of, printed, words_of

BODY = bodies.fullest(3)
FRAME = bodies.frame(BODY)
CODE, ADDRESS = FRAME["code"], FRAME["verify_url"]
DOTS = 300  # to the inch


@pytest.fixture(scope="module")
def sealed():
    """The print that is sealed, with each kind of row."""
    return printed(BODY, bodies.sealed_frame(BODY, 8))


def squeezed(pdf):
    return " ".join(words_of(pdf).split())


def matrix_on(pdf, page, top):
    """The modules of the QR code as they stand on a page: dark is 1, light is 0.

    `top` is where the search begins, as a part of the page's height.
    """
    run = subprocess.run(
        ["pdftoppm", "-gray", "-r", str(DOTS), "-f", str(page), "-l", str(page), "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    image = Image.open(io.BytesIO(run.stdout)).point(lambda grey: 255 if grey < 128 else 0)
    across, down = image.size
    corner = (across * 70 // 100, int(down * top))
    region = image.crop((*corner, across * 94 // 100, down * 35 // 100))
    left, upper, right, _ = region.crop((0, 0, region.width, DOTS // 2)).getbbox()
    side = right - left
    count = len(segno.make(ADDRESS, error="m", micro=False).matrix)
    middles = [int(side * (n + 0.5) / count) for n in range(count)]
    return [[region.getpixel((left + x, upper + y)) // 255 for x in middles] for y in middles]


@pytest.mark.parametrize(("page", "top"), [(1, 0.15), (-1, 0.125)], ids=["first", "signatures"])
def test_the_qr_code_on_the_first_and_the_signature_page_leads_to_the_check(page, top):
    pages = len(pages_of(full()))
    expected = [list(row) for row in segno.make(ADDRESS, error="m", micro=False).matrix]
    assert matrix_on(full(), page % (pages + 1), top) == expected


def test_every_page_names_the_code_of_its_text():
    pages = pages_of(full())
    assert all(f"Text code {CODE}" in page for page in pages)
    assert short_code(FRAME["text_sha256"]) == CODE


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("draft", "No text code: a draft"),
        ("consultation", "No text code: a draft"),
        ("in_force", "No text code: not frozen"),
    ],
)
def test_a_text_that_was_never_frozen_has_no_code_and_says_so(status, said):
    pdf = printed(bodies.emptiest(), bodies.bare_frame(status=status))
    assert said in squeezed(pdf)
    assert figures_of(pdf) == []


def test_the_code_is_said_in_words_to_who_does_not_see_it():
    words = f"QR code of {ADDRESS}, where the text with the code {CODE} can be checked."
    assert figures_of(full()) == [words] * 2


def figures_of(pdf):
    """The words of each picture in a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as found:
        dictionaries = [one for one in found.objects if isinstance(one, pikepdf.Dictionary)]
        return [str(one.Alt) for one in dictionaries if one.get("/S") == "/Figure"]


def test_each_document_of_a_pack_has_its_own_code():
    other = bodies.fullest(1)
    pdf = pack_of([(BODY, FRAME), (other, bodies.frame(other))], "Two")
    words = squeezed(pdf)
    assert CODE in words
    assert bodies.frame(other)["code"] in words


def test_a_drawing_holds_no_address_that_anything_could_be_fetched_from():
    drawing = qr_code(CODE, ADDRESS)
    assert b"href" not in drawing.svg
    assert b"url(" not in drawing.svg
    assert drawing.svg.count(b"http") == drawing.svg.count(b"http://www.w3.org/2000/svg") == 1


def test_a_print_on_demand_says_who_printed_and_the_sealed_one_says_sealed(sealed):
    assert "Printed 21 November 2026 at 9:32am by Ada Okafor" in squeezed(full())
    assert "Certificate of completion" not in squeezed(full())
    for page in pages_of(sealed):
        assert "Sealed by the register 21 November 2026 at 9:32am" in page
        assert "Printed" not in page
        assert f"Text code {CODE}" in page


def test_the_signature_page_tells_every_kind_of_row(sealed):
    words = squeezed(sealed)
    for said in (
        "Signed Dr Siân Gwenllian Llŷr ap Dafydd-Featherstonehaugh OBE, 20 November 2026 at 5:30pm",
        "Capacity Deputy for the post",
        "How Signed online",
        "Before that Signature withdrawn: Dr Siân",
        "Refused to sign Dr Siân",
        "Carried over from the version before",
        "On behalf of Chief Constable of Wyrefordshire",
        "This place to sign was taken out on 20 November 2026.",
    ):
        assert said in words


def test_a_place_that_nobody_signed_has_no_line_for_ink_on_what_is_sealed():
    frame = bodies.sealed_frame(BODY, 1)
    frame["signatures"].append(
        {"organisation": "Wyrefordshire County Council", "post": "Clerk", "state": "open"}
    )
    words = squeezed(printed(BODY, frame))
    assert "Not signed when this was sealed." in words
    assert "Post Caldicott Guardian" not in words


def test_the_certificate_tells_who_when_how_and_to_which_words(sealed):
    words = squeezed(sealed)
    certificate = words[words.rindex("Certificate of completion") - 200 :]
    for said in (
        FRAME["text_sha256"],
        f"{CODE}, to be checked at register.wyrefordshire.example/verify",
        "document 12, version 34",
        "entry 123,456",
        "cd" * 32,
        "2026-11-20 17:30:00 UTC",
        "20 November 2026, 17:30:00 GMT (Europe/London)",
        "dated 20 November 2026, recorded 2026-11-20 17:30:00 UTC",
        "What the signer showed: password and second factor",
        "ef" * 32,
        "12" * 32,
    ):
        assert said in certificate
    assert bodies.STATEMENT in words


def test_the_certificate_claims_what_the_law_gives_and_no_more(sealed):
    words = squeezed(sealed)
    assert all(claim in words for claim in CLAIMS)
    assert "section 7 of the Electronic Communications Act 2000" in words
    assert "Deeds are not supported" in words
