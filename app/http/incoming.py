"""What a form may bring: anything a person can write."""

from collections.abc import Callable
from typing import IO, Any

from flask import Flask, Request, request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

from app import sessions

FileFactory = Callable[[], IO[bytes]]
DRAINED_BYTES = 40_000_000
LARGER: dict[str, int] = {}


def allow_more(endpoint: str, size: int) -> None:
    """Let what is posted to `endpoint` by somebody with a login be this many bytes."""
    LARGER[endpoint] = size


class Parser(FormDataParser):
    """Leaves out NUL, which no keyboard writes and PostgreSQL cannot keep."""

    def parse(self, *args: Any, **kwargs: Any) -> tuple[IO[bytes], MultiDict, MultiDict]:
        stream, form, files = super().parse(*args, **kwargs)
        clean = [(n.replace("\0", ""), v.replace("\0", "")) for n, v in form.items(multi=True)]
        return stream, self.cls(clean), files


class FormRequest(Request):
    form_data_parser_class = Parser
    receives: FileFactory | None = None
    """Where a file goes while it comes in, when not into memory."""

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        return self.receives() if self.receives else super()._get_file_stream(*args, **kwargs)


def drain() -> None:
    """Take in what is too large, up to a limit: a browser that is cut off while it still sends
    shows an error of its own instead of our page."""
    left, body = DRAINED_BYTES, request.environ["wsgi.input"]
    left = min(left, request.content_length or left)
    while left > 0 and (piece := body.read(min(left, 65_536))):
        left -= len(piece)


def _give_room() -> None:
    """Before anything reads the form. Whose login it is, and whether it stands, comes later."""
    if request.endpoint in LARGER and sessions.current_token() is not None:
        request.max_content_length = LARGER[request.endpoint]


def init_app(app: Flask) -> None:
    app.request_class = FormRequest
    app.before_request(_give_room)
