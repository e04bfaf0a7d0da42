"""The parts of a Word document that python-docx has no words for, and texts put into it."""

from collections.abc import Sequence
from typing import Any

from courses.documents.text_blocks import Block, Runs

LOCALES = {"sv": "sv-SE", "en": "en-GB"}


def add_runs(paragraph: Any, runs: Runs) -> None:
    """Write the runs into a paragraph of python-docx, line breaks and links with them."""
    for run in runs:
        if run.link:
            outer_link(paragraph, run.link, run.text)
            continue
        made = paragraph.add_run()
        for place, line in enumerate(run.text.split("\n")):
            if place:
                made.add_break()
            made.add_text(line)
        if run.language:
            say_language(made, LOCALES[run.language])
        made.bold, made.italic = run.bold or None, run.italic or None


def say_language(run: Any, locale: str) -> None:
    """The words are in this language, whatever the document's is."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), locale)
    run._r.get_or_add_rPr().append(mark)


def fill(cell: Any, blocks: Sequence[Block], style: str | None = None) -> None:
    """Write the blocks into a cell, one paragraph each."""
    for place, block in enumerate(blocks):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        if style:
            paragraph.style = style
        if block.depth:
            sign = "•" if block.number is None else f"{block.number}."
            paragraph.add_run(f"{sign} ")
        add_runs(paragraph, block.runs)


def millimeters(value: int) -> Any:
    """A length as python-docx counts it."""
    from docx.shared import Mm

    return Mm(value)


def repeat_header(row: Any) -> None:
    """The row stands at the top of each page that the table goes on to."""
    _mark(row._tr.get_or_add_trPr(), "w:tblHeader")


def describe(table: Any, caption: str) -> None:
    """What the table is, for those who listen."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:tblCaption", "w:tblDescription"):
        one = OxmlElement(tag)
        one.set(qn("w:val"), caption)
        table._tbl.tblPr.append(one)


def field(paragraph: Any, kind: str) -> None:
    """The beginning, the middle or the end of a field that Word works out."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def instruction(paragraph: Any, text: str) -> None:
    """What Word works out in a field."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = text
    paragraph.add_run()._r.append(made)


def inner_link(paragraph: Any, anchor: str, text: str) -> None:
    """A link to a bookmark in the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)


def outer_link(paragraph: Any, address: str, text: str) -> None:
    """A link out of the document."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def without_thumbnail(listing: bytes) -> bytes:
    """The library's own picture of an empty page belongs to no document."""
    import re

    listing = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", listing)
    return re.sub(rb'<Default Extension="jpeg"[^>]*/>', b"", listing)


def whole_row(row: Any) -> None:
    """The row is not broken over two pages."""
    _mark(row._tr.get_or_add_trPr(), "w:cantSplit")


def hyphenate(document: Any) -> None:
    """Long words are broken at the end of a line, as narrow columns need in Swedish."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:autoHyphenation")
    mark.set(qn("w:val"), "true")
    before = document.settings.element.find(qn("w:characterSpacingControl"))
    if before is None:
        document.settings.element.append(mark)
    else:
        before.addprevious(mark)


def set_widths(table: Any, shares: Sequence[int], total: int) -> None:
    """Columns by their shares of `total` millimeters, which Word and others then keep."""
    table.autofit = False
    widths = [millimeters(round(total * share / sum(shares))) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, cell in enumerate(table._cells):
        cell.width = widths[place % len(widths)]


def ask_for_page(paragraph: Any, words: str) -> None:
    """`words` with fields for {page} and {pages}, which Word works out."""
    import re

    for piece in re.split(r"(\{pages?\})", words):
        if piece in ("{page}", "{pages}"):
            field(paragraph, "begin")
            instruction(paragraph, " PAGE " if piece == "{page}" else " NUMPAGES ")
            field(paragraph, "separate")
            paragraph.add_run("1")
            field(paragraph, "end")
        else:
            paragraph.add_run(piece)


def _mark(element: Any, tag: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(tag)
    mark.set(qn("w:val"), "true")
    element.append(mark)
