"""Pictures: read as a whole before they are taken, written anew before others see them."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from struct import error as StructError
from struct import unpack
from typing import Any, BinaryIO

from courses.documents.uploads.kinds import JPEG, PNG
from courses.errors import Reason, Refused

MAX_PIXELS = 24_000_000
"""Points that are held in memory at once."""
MAX_PHOTO = 110_000_000
"""Points of a photo whose file lets it be read at half or a quarter of its size."""
MAX_SIDE = 30_000
QUALITY = 88
_HIDDEN = (
    b"PK\x03\x04", b"Rar!\x1a", b"7z\xbc\xaf", b"%pdf-", b"<html", b"<script", b"<!doctype",
    b"<?php", b"<svg", b"\x7felf", b"mz\x90\x00",
)
_FORMATS = {PNG: ["PNG"], JPEG: ["JPEG"]}


def check_picture(path: Path, media_type: str) -> None:
    """Refuse a picture that is broken, too many points, or holds something else behind it."""
    with path.open("rb") as file:
        try:
            beside = _png(file) if media_type == PNG else _jpeg(file, path.stat().st_size)
        except (StructError, IndexError) as error:
            raise Refused(Reason.UPLOAD_UNREADABLE) from error
    if any(mark.lower() in beside for mark in _HIDDEN):
        raise Refused(Reason.UPLOAD_MISMATCH)
    _open(path, media_type).close()


def rewrite(path: Path, target: Path, media_type: str) -> None:
    """Write the picture anew: the same points, upright, and nothing that says where or when."""
    from PIL import ImageOps

    with _open(path, media_type) as picture:
        profile = picture.info.get("icc_profile")
        upright = ImageOps.exif_transpose(picture)
        if media_type == JPEG:
            plain = upright if upright.mode in ("RGB", "L") else upright.convert("RGB")
            profile = profile if plain is upright else None
            plain.info = {}
            plain.save(target, "JPEG", quality=QUALITY, optimize=False, icc_profile=_kept(profile))
        else:
            plain = upright if upright.mode in _PNG_MODES else upright.convert("RGBA")
            plain.info = {
                key: value for key, value in plain.info.items() if key == "transparency"
            }
            plain.save(target, "PNG", icc_profile=None)


_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def _kept(profile: bytes | None) -> bytes | None:
    """A color profile of usual size; a large one could carry anything."""
    return profile if profile and len(profile) < 100_000 else None


def _open(path: Path, media_type: str) -> Any:
    """Return a picture with its points in memory."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, and refuse instead of warning
    try:
        picture = Image.open(path, formats=_FORMATS[media_type])
        width, height = picture.size
        if max(width, height) > MAX_SIDE:
            raise Refused(Reason.UPLOAD_PIXELS)
        if width * height > MAX_PIXELS:
            if media_type != JPEG or width * height > MAX_PHOTO or picture.info.get("progressive"):
                raise Refused(Reason.UPLOAD_PIXELS)
            shrink = 2 if width * height <= MAX_PIXELS * 4 else 4
            picture.draft(picture.mode, (width // shrink, height // shrink))
            if picture.size[0] * picture.size[1] > MAX_PIXELS:
                raise Refused(Reason.UPLOAD_PIXELS)
        picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error) as error:
        raise Refused(Reason.UPLOAD_UNREADABLE) from error
    return picture


def _png(file: BinaryIO) -> bytes:
    """Walk the chunks of a PNG; return what lies in its texts, in small letters."""
    file.seek(8)
    beside: list[bytes] = []
    for place, (kind, length) in enumerate(_chunks(file)):
        if place == 0:
            if kind != b"IHDR" or length != 13:
                raise Refused(Reason.UPLOAD_UNREADABLE)
            width, height = unpack(">LL", file.read(8))
            if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
                raise Refused(Reason.UPLOAD_PIXELS)
            file.seek(-8, 1)
        crc, left = zlib.crc32(kind), length
        while left:
            piece = file.read(min(left, 65_536))
            if not piece:
                raise Refused(Reason.UPLOAD_UNREADABLE)
            left -= len(piece)
            crc = zlib.crc32(piece, crc)
            if kind not in (b"IDAT", b"PLTE"):
                beside.append(piece.lower())
        if file.read(4) != crc.to_bytes(4, "big"):
            raise Refused(Reason.UPLOAD_UNREADABLE)
        if kind == b"IEND":
            if file.read(1):
                raise Refused(Reason.UPLOAD_MISMATCH)  # a second file behind the first
            return b"".join(beside)
    raise Refused(Reason.UPLOAD_UNREADABLE)


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    while len(head := file.read(8)) == 8:
        yield head[4:], int.from_bytes(head[:4], "big")


def _jpeg(file: BinaryIO, size: int) -> bytes:
    """Walk the segments of a JPEG; return its comments and what lies behind its end."""
    file.seek(2)
    beside = b""
    while True:
        mark = file.read(2)
        if len(mark) < 2 or mark[0] != 0xFF:
            raise Refused(Reason.UPLOAD_UNREADABLE)
        if mark[1] == 0xDA:
            break
        length = int.from_bytes(file.read(2), "big")
        if length < 2 or file.tell() + length - 2 > size:
            raise Refused(Reason.UPLOAD_UNREADABLE)
        content = file.read(length - 2)
        if mark[1] == 0xFE or 0xE0 <= mark[1] <= 0xEF:
            beside += content.lower()
    rest = file.read()  # at most what an upload may be
    ends = rest.rfind(b"\xff\xd9")
    if ends < 0:
        raise Refused(Reason.UPLOAD_UNREADABLE)
    first = rest.find(b"\xff\xd9")
    return beside + rest[first + 2 :].lower()
