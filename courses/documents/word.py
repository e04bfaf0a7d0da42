"""A Word document, made so that it is accessible and the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from courses.documents.text_blocks import Block, Table
from courses.documents.word_parts import (
    LOCALES,
    add_runs,
    ask_for_page,
    describe,
    field,
    fill,
    hyphenate,
    inner_link,
    instruction,
    millimeters,
    repeat_header,
    set_widths,
    whole_row,
    without_thumbnail,
)

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Arial"
WHOLE = 600
"""Signs in a cell up to which its row is kept on one page."""
MARGIN, TEXT_WIDTH = 25, 160
"""Millimeters of a standing A4."""
_HEADING_COLOR = "1F4E5F"


class Word:
    """A document being written, from top to bottom."""

    def __init__(self, *, title: str, author: str, language: str, dated: date) -> None:
        import docx

        self.doc: Document = docx.Document()
        self.dated = datetime.combine(dated, time(12))
        self.bookmarks = 0
        core = self.doc.core_properties
        core.title, core.author, core.last_modified_by = title, author, author
        core.language = LOCALES[language]
        core.comments = core.keywords = core.subject = core.category = ""
        core.created = core.modified = self.dated
        core.revision = 1
        self._style(LOCALES[language])

    def heading(self, text: str, level: int) -> None:
        """A real heading, which the contents and a screen reader find."""
        paragraph = self.doc.add_heading(level=min(level, 9))
        self._bookmark(paragraph, text)

    def paragraph(self, block: Block, style: str | None = None) -> None:
        """A paragraph, or an item of a list."""
        if block.depth:
            base = "List Bullet" if block.number is None else "List Number"
            style = base if block.depth == 1 else f"{base} {min(block.depth, 3)}"
        if block.number is not None:  # numbers as they were written, whatever Word would count
            paragraph = self.doc.add_paragraph(style="Normal")
            paragraph.paragraph_format.left_indent = millimeters(7 * block.depth)
            paragraph.add_run(f"{block.number}. ")
        else:
            paragraph = self.doc.add_paragraph(style=style)
        add_runs(paragraph, block.runs)

    def text(self, text: str, style: str | None = None) -> Any:
        """A paragraph of just these words; what python-docx made of it."""
        return self.doc.add_paragraph(text, style=style)

    def table(self, table: Table) -> None:
        """A table whose header row is repeated on each page, with its caption as description."""
        width = len(table.columns)
        made = self.doc.add_table(rows=1 + len(table.rows), cols=width, style="Table Grid")
        describe(made, table.caption)
        cells = made._cells  # all at once: asking row by row takes ten times as long
        for cell, column in zip(cells, table.columns, strict=False):
            if table.widths:
                cell.paragraphs[0].style = "Table Text"
            cell.paragraphs[0].add_run(column).bold = True
        repeat_header(made.rows[0])
        for place, row in enumerate(table.rows, start=1):
            for cell, blocks in zip(cells[place * width :], row, strict=False):
                fill(cell, blocks, "Table Text" if table.widths else None)
            if all(sum(len(block.text) for block in cell) < WHOLE for cell in row):
                whole_row(made.rows[place])
        if table.widths:
            set_widths(made, table.widths, TEXT_WIDTH)
        self.doc.add_paragraph()  # two tables without anything between would become one

    def contents(self, title: str, entries: Iterable[str]) -> None:
        """A table of contents: a field that Word renews, and until then these entries with
        links to the headings. It comes before them, so their bookmarks are known."""
        self.doc.add_paragraph(title, style="TOC Heading")
        entries = list(entries)
        for place, entry in enumerate(entries, start=1):
            paragraph = self.doc.add_paragraph(style="Normal")
            if place == 1:
                field(paragraph, "begin")
                instruction(paragraph, ' TOC \\o "1-1" \\n \\h \\z \\u ')
                field(paragraph, "separate")
            inner_link(paragraph, f"_Toc{place:06}", entry)
            if place == len(entries):
                field(paragraph, "end")

    def cover(self, title: str, whose: str) -> None:
        """The title a good way down the page, and whose it is."""
        from docx.shared import Pt

        self.text(title, style="Title").paragraph_format.space_before = Pt(120)
        run = self.text(whose).runs[0]
        run.bold, run.font.size = True, Pt(16)

    def foot(self, words: str, page: str) -> None:
        """What stands at the foot of every page but the first: words, and the page's number."""
        section = self.doc.sections[0]
        section.different_first_page_header_footer = True
        paragraph = section.footer.paragraphs[0]
        paragraph.add_run(f"{words}. ")
        ask_for_page(paragraph, page)

    def page_break(self) -> None:
        """What follows begins on a new page."""
        from docx.enum.text import WD_BREAK

        self.doc.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def bytes(self) -> bytes:
        """Return the file: the same content gives the same bytes."""
        made = io.BytesIO()
        self.doc.save(made)
        out = io.BytesIO()
        stamp = self.dated.timetuple()[:6]
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
            for info in source.infolist():
                if info.filename == "docProps/thumbnail.jpeg":
                    continue
                data = source.read(info.filename)
                if info.filename in ("_rels/.rels", "[Content_Types].xml"):
                    data = without_thumbnail(data)
                entry = zipfile.ZipInfo(info.filename, date_time=stamp)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                target.writestr(entry, data)
        return out.getvalue()

    def _style(self, locale: str) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        section = self.doc.sections[0]
        section.page_width, section.page_height = millimeters(210), millimeters(297)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", millimeters(MARGIN))
        styles = self.doc.styles
        for language in styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), locale)
        normal: Any = styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(11)
        normal.paragraph_format.space_after = Pt(8)
        for level in range(1, 10):
            heading: Any = styles[f"Heading {level}"]
            heading.font.name = FONT
            heading.element.rPr.rFonts.attrib.clear()
            heading.element.rPr.rFonts.set(qn("w:ascii"), FONT)
            heading.element.rPr.rFonts.set(qn("w:hAnsi"), FONT)
            heading.font.color.rgb = RGBColor.from_string(_HEADING_COLOR)
            heading.font.size = Pt({1: 18, 2: 14, 3: 12}.get(level, 11))
            heading.font.italic = False
        title: Any = styles["Title"]
        title.element.rPr.rFonts.attrib.clear()
        title.font.name, title.font.size = FONT, Pt(28)
        title.font.color.rgb = RGBColor.from_string(_HEADING_COLOR)
        cell: Any = styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style = normal
        cell.font.size, cell.paragraph_format.space_after = Pt(9), Pt(2)
        hyphenate(self.doc)
        if "TOC Heading" in [one.name for one in styles]:
            toc: Any = styles["TOC Heading"]
        else:
            toc = styles.add_style("TOC Heading", WD_STYLE_TYPE.PARAGRAPH)
        toc.base_style = normal
        toc.font.name, toc.font.size, toc.font.bold = FONT, Pt(18), True
        toc.font.color.rgb = RGBColor.from_string(_HEADING_COLOR)

    def _bookmark(self, paragraph: Any, text: str) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if paragraph.style.name != "Heading 1":
            paragraph.add_run(text)
            return
        self.bookmarks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self.bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), f"_Toc{self.bookmarks:06}")
                paragraph._p.append(mark)
                paragraph.add_run(text)
            else:
                paragraph._p.append(mark)
