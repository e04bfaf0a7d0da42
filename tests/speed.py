"""What every test would do again, although it comes out the same: kept for the session."""

import gc
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from werkzeug.routing.matcher import RulePart

from app import db
from app.pages import editing
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


_parse = Rule._parse_rule
_parsed: dict[tuple, tuple] = {}


def _parse_once(rule: Rule, address: str) -> Iterable[RulePart]:
    """Most of the rest goes into taking the addresses apart."""
    key = (address, *rule.map.converters.values())
    if key in _parsed:
        parts, trace, converters = _parsed[key]
        rule._trace.extend(trace)
        rule._converters.update(converters)
        rule.arguments.update(converters)
        return parts
    begun = len(rule._trace)
    parts = tuple(_parse(rule, address))
    _parsed[key] = parts, tuple(rule._trace[begun:]), dict(rule._converters)
    return parts


def remember_addresses() -> None:
    """Let every app of this session share what builds and what takes apart its addresses."""
    Rule._compile_builder = _compile_once
    Rule._parse_rule = _parse_once


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


_make = db.make_engine
_connected: dict[str, Engine] = {}


def _make_alike(url: str) -> Engine:
    """Return an engine that speaks with the dialect, and keeps the statements, of the first one
    of its kind that has connected: statements are compiled for a dialect."""
    engine = _make(url)
    name = engine.dialect.name
    if first := _connected.get(name):
        engine.dialect = engine.pool._dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    else:
        engine._compiled_cache = LRUCache(5_000)
        event.listen(engine, "connect", lambda *_: _connected.setdefault(name, engine))
    return engine


def remember_statements() -> None:
    """Let every engine of this session share the statements that were compiled."""
    db.make_engine = _make_alike


def search_less_for_garbage() -> None:
    """What has been imported stays: each search for garbage went through all of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
