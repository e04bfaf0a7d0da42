"""What every test would do again, although it comes out the same: kept for the session."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from app import editing
from courses.catalog import Workbench
from courses.catalog.files import Files, digest_of


class Compiled(BytecodeCache):
    """Templates that another test has compiled already: most of the time of a page's test."""

    def __init__(self) -> None:
        self.code: dict[str, object] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.code


COMPILED = Compiled()

_compile = Rule._compile_builder
_builders: dict[tuple, object] = {}


def _compile_once(rule: Rule, append_unknown: bool = True) -> object:
    """Two thirds of the time it takes to make an app go into these functions of its addresses."""
    key = (tuple(rule._trace), repr(rule.defaults), frozenset(rule.arguments), append_unknown)
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]


def remember_addresses() -> None:
    """Let every app of this session share what builds its addresses."""
    Rule._compile_builder = _compile_once


class Drafts:
    """The drafts that were read last: most tests of the editors' pages begin with the same."""

    def __init__(self, read: Callable[..., Workbench]) -> None:
        self.read = read
        self.waiting: tuple[Files, Files, Callable] | None = None
        self.kept = lru_cache(maxsize=6)(self._read)

    def open(self, base: Files, files: Files, *, today: date | None, addresses: Callable):
        self.waiting = base, files, addresses
        return self.kept(digest_of(base), digest_of(files), today, addresses("module", "", ""))

    def _read(self, _base: str, _files: str, today: date | None, _root: str) -> Workbench:
        base, files, addresses = self.waiting
        return self.read(base, files, today=today, addresses=addresses)


def remember_drafts() -> None:
    """Let every app of this session share what it has read of a draft."""
    editing.open_draft = Drafts(editing.open_draft).open
