"""Single values written back into a TOML file, which keeps its comments, order and layout."""

from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from courses.errors import NotFound, Reason, Refused

Values = Mapping[str, str]


def change_help_line(raw: bytes, line_id: str, values: Values) -> bytes:
    """Return support.toml with these keys of one help line changed; other text as it was."""
    return _change(raw, "lines", line_id, values)


def change_fact(raw: bytes, fact_id: str, values: Values) -> bytes:
    """Return facts.toml with these keys of one fact changed; other text as it was."""
    return _change(raw, "facts", fact_id, values)


def _change(raw: bytes, array: str, row_id: str, values: Values) -> bytes:
    """A key that is set to nothing goes; one that was not there comes last in its table."""
    try:
        document = tomlkit.parse(raw.decode("utf-8-sig"))
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise Refused(Reason.FILE_UNREADABLE) from error
    rows: Any = document.get(array)
    if not isinstance(rows, list):
        raise NotFound
    row: Any = next((one for one in rows if one.get("id") == row_id), None)
    if row is None:
        raise NotFound
    for key, value in values.items():
        if str(row.get(key, "")) == value:
            continue
        if value:
            row[key] = value
        else:
            row.remove(key)
    return tomlkit.dumps(document).encode()
