"""Small files as office programs, printers and cameras make them."""

import io
import zipfile
from struct import pack

_CT = "http://schemas.openxmlformats.org/package/2006/content-types"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = {
    "docx": ("word/document.xml", f"{_MAIN}.wordprocessingml.document.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_MAIN}.presentationml.presentation.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_MAIN}.spreadsheetml.sheet.main+xml"),
}
TEXT = "Ett lugnt möte om trygghet i Granåsa."


def packed(entries, *, stored=()) -> bytes:
    """Return a ZIP of `entries`, (name, content) one by one; `stored` are not deflated."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 9, 0, 0)), content, method)
    return data.getvalue()


def ooxml_entries(kind, text=TEXT, *, more=(), listing="", rels=""):
    """Return the parts of a document of `kind`, with `more` parts."""
    part, media = TYPES[kind]
    overrides = f'<Override PartName="/{part}" ContentType="{media}"/>{listing}'
    return [
        ("[Content_Types].xml", f'{_HEAD}<Types xmlns="{_CT}">'
         f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
         f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         f'{overrides}</Types>'),
        ("_rels/.rels", f'{_HEAD}<Relationships xmlns="{_REL}"><Relationship Id="rId1" '
         f'Type="{_OFFICE}/officeDocument" Target="{part}"/></Relationships>'),
        *_bodies(kind, text),
        (f"{part.split('/')[0]}/_rels/{part.split('/')[1]}.rels",
         f'{_HEAD}<Relationships xmlns="{_REL}">{rels}</Relationships>'),
        *more,
    ]


def _bodies(kind, text):
    if kind == "docx":
        w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return [("word/document.xml", f'{_HEAD}<w:document xmlns:w="{w}"><w:body><w:p><w:r>'
                 f"<w:t>{text}</w:t></w:r></w:p></w:body></w:document>")]
    if kind == "pptx":
        a = "http://schemas.openxmlformats.org/drawingml/2006/main"
        return [
            ("ppt/presentation.xml", f'{_HEAD}<p:presentation xmlns:p="p"/>'),
            ("ppt/slides/slide1.xml", f'{_HEAD}<p:sld xmlns:p="p" xmlns:a="{a}"><a:p><a:r>'
             f"<a:t>{text}</a:t></a:r></a:p></p:sld>"),
        ]
    s = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return [
        ("xl/workbook.xml", f'{_HEAD}<workbook xmlns="{s}"/>'),
        ("xl/sharedStrings.xml", f'{_HEAD}<sst xmlns="{s}"><si><t>{text}</t></si></sst>'),
        ("xl/worksheets/sheet1.xml", f'{_HEAD}<worksheet xmlns="{s}"><sheetData><row><c t="s">'
         "<v>0</v></c><c><v>1234</v></c></row></sheetData></worksheet>"),
    ]


def ooxml(kind, text=TEXT, **parts) -> bytes:
    return packed(ooxml_entries(kind, text, **parts))


def odt_entries(text=TEXT, *, media="application/vnd.oasis.opendocument.text", manifest="",
                more=()):
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    listed = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return [
        ("mimetype", media),
        ("Configurations2/", ""),
        ("content.xml", f'{_HEAD}<office:document-content xmlns:office="{office}" '
         f'xmlns:text="{words}"><office:scripts/><office:body><office:text><text:p>{text}'
         "</text:p></office:text></office:body></office:document-content>"),
        ("styles.xml", f'{_HEAD}<office:document-styles xmlns:office="{office}"/>'),
        ("META-INF/manifest.xml", f'{_HEAD}<manifest:manifest xmlns:manifest="{listed}">'
         f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/>'
         f"{manifest}</manifest:manifest>"),
        *more,
    ]


def odt(text=TEXT, **parts) -> bytes:
    return packed(odt_entries(text, **parts), stored=("mimetype", "Configurations2/"))


def pdf(text="A calm meeting", *, catalog=b"", objects=(), head=b"%PDF-1.7\n") -> bytes:
    """Return a PDF of one page, with more in its catalog and more objects when wanted."""
    stream = f"BT /F1 12 Tf 20 20 Td ({text}) Tj ET".encode("latin-1")
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *objects,
    ]
    data, places = head, []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1, start,
    )


def picture(kind="PNG", size=(60, 40), **options) -> bytes:
    from PIL import Image

    image = Image.new("RGB", size)
    image.putdata([(n % 255, n * 7 % 255, n * 13 % 255) for n in range(size[0] * size[1])])
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def photo_with_place(kind="JPEG") -> bytes:
    """A picture that says where, when and by what it was taken, lying on its side."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Kamera", "Modell 7", 6
    exif[0x0132] = "2026:11:22 09:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (64.0, 37.0, 21.0), 3: "E", 4: (16.0, 39.0, 5.0)})
    return picture(kind, exif=exif, **({"comment": b"Hemma hos oss"} if kind == "JPEG" else {}))


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    from zlib import crc32

    return pack(">L", len(content)) + kind + content + pack(">L", crc32(kind + content))


def good_files() -> dict[str, bytes]:
    """Return name → content of files that are to be taken."""
    files = {
        "text.docx": ooxml("docx"), "bilder.pptx": ooxml("pptx"), "tabell.xlsx": ooxml("xlsx"),
        "text.odt": odt(), "utskrift.pdf": pdf(), "bild.png": picture(), "bild.jpg":
        picture("JPEG"), "BILD.JPEG": picture("JPEG", progressive=True),
        "foto.jpg": photo_with_place(), "foto.png": photo_with_place("PNG"),
        "grå.png": picture("PNG").replace(b"", b""),
        "Åtgärder i Biŋgá.docx": ooxml("docx", "Åäö ŋđŧ"),
        "gammal.pdf": pdf(head=b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
        "öppnas-på-sidan.pdf": pdf(catalog=b"/OpenAction[3 0 R/XYZ 0 100 0]"),
        "länkar.docx": ooxml(
            "docx",
            rels='<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/'
            '2006/relationships/hyperlink" Target="https://www.example.org/" '
            'TargetMode="External"/>',
        ),
        "med-bild.docx": ooxml("docx", more=[("word/media/image1.png", picture())]),
        "med-mall.docx": ooxml(
            "docx",
            rels='<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/'
            '2006/relationships/attachedTemplate" Target="file:///C:/Mallar/Kommun.dotm" '
            'TargetMode="External"/>',
        ),
    }
    return files
