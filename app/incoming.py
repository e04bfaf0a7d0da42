"""What a form may bring: anything a person can write."""

from typing import IO, Any

from flask import Flask, Request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser


class Parser(FormDataParser):
    """Leaves out NUL, which no keyboard writes and PostgreSQL cannot keep."""

    def parse(self, *args: Any, **kwargs: Any) -> tuple[IO[bytes], MultiDict, MultiDict]:
        stream, form, files = super().parse(*args, **kwargs)
        clean = [(n.replace("\0", ""), v.replace("\0", "")) for n, v in form.items(multi=True)]
        return stream, self.cls(clean), files


class FormRequest(Request):
    form_data_parser_class = Parser


def init_app(app: Flask) -> None:
    app.request_class = FormRequest
