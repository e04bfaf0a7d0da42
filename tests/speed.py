"""What every test would do again, although it comes out the same: kept for the session."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


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
