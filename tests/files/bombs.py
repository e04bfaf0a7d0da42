"""Files that become far more than they are: unpacked, in points, or by what they say."""

import zlib
from collections.abc import Iterator
from random import Random
from struct import pack

from tests.files.bad import OFFICE, OFFICE_ENTRIES, Bad, R, places_of, replaced
from tests.files.good import chunk, ooxml, packed, pdf, picture


def bombs() -> Iterator[Bad]:
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
    yield Bad("tight.docx", replaced("word/document.xml", big), (R.UPLOAD_UNPACKS,))
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
        place = places_of(bytes(data), mark)[-1]
        data[place + at : place + at + 4] = pack("<L", declared)
    return bytes(data)


def _overlapping() -> bytes:
    """Two entries of the directory that point at the same data."""
    content = ooxml("docx", more=[("word/media/a.png", "a" * 500)])
    data = bytearray(content)
    first, last = places_of(content, b"PK\x01\x02")[2], places_of(content, b"PK\x01\x02")[-1]
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
