"""What WeasyPrint leaves open for PDF/UA, put right on the finished objects before they are written.

- Header cells get a scope; running heads and feet become artefacts, which a screen reader skips.
- The file says PDF/UA-1 beside PDF/A-3a: WeasyPrint writes one of the two (ISO 14289-1, 5).
"""

import pydyf

PDFUA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>The part of ISO 14289 that is followed</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"
    b"</rdf:Description></rdf:RDF>"
)


def claim_pdfua(document) -> None:
    """Let the document's metadata name PDF/UA-1 beside the PDF/A that it will name itself."""
    inner = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *names: inner(*names).replace(
        b"</rdf:RDF>", PDFUA
    )


def finish(document, pdf) -> None:
    """Put scopes, artefacts, link words and the list of attached files right."""
    _scope_headers(pdf)
    _set_running_text_aside(pdf)
    _say_where_links_lead(pdf)
    if files := pdf.catalog.get("AF"):
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(files))


def _scope_headers(pdf) -> None:
    for element in pdf.objects:
        if _kind(element) == "/TH" and "A" in element:
            group = _target(pdf, _target(pdf, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if _kind(group) == "/THead" else "/Row"


def _set_running_text_aside(pdf) -> None:
    """Text that hangs on no branch of the structure tree is a running head or foot."""
    reached = _reached(pdf)
    tree = _target(pdf, pdf.catalog["StructTreeRoot"])
    numbers = _target(pdf, tree["ParentTree"])["Nums"]
    aside: dict[int, set[int]] = {}
    for key, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if isinstance(owners, pydyf.Array):
            lost = {n for n, owner in enumerate(owners) if _number(owner) not in reached}
            aside[key] = lost
            for n in lost:
                owners[n] = "null"
    for page in pdf.objects:
        if isinstance(page, dict) and page.get("Type") == "/Page":
            _mark_artefacts(_target(pdf, page["Contents"]), aside.get(page["StructParents"], set()))


def _mark_artefacts(stream, lost: set[int]) -> None:
    operators = stream.stream
    for at, operator in enumerate(operators):
        if operator == b"BDC" and operators[at - 1].get("MCID") in lost:
            operators[at - 2] = "/Artifact"
            operators[at - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _say_where_links_lead(pdf) -> None:
    for note in pdf.objects:
        if isinstance(note, dict) and note.get("Subtype") == "/Link" and "Dest" in note:
            note["Contents"] = pydyf.String("Go to this part of the document")


def _reached(pdf) -> set[int]:
    seen: set[int] = set()
    waiting = [pdf.catalog["StructTreeRoot"]]
    while waiting:
        reference = waiting.pop()
        if (number := _number(reference)) in seen:
            continue
        seen.add(number)
        kids = pdf.objects[number].get("K", ())
        waiting += [kid for kid in kids if isinstance(kid, bytes)]
    return seen


def _kind(element) -> str:
    return element.get("S", "") if isinstance(element, dict) else ""


def _target(pdf, reference):
    return pdf.objects[_number(reference)]


def _number(reference) -> int:
    return int(reference.split()[0])
