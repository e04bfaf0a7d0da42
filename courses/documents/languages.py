"""Words that are not in the document's own language, marked for those who listen to it."""

from dataclasses import replace

from courses.documents.text_blocks import Block, Run, Table
from courses.rules.language import written_in

ENOUGH = 25
"""Signs from which a text without å, ä and ö is taken to be Swedish when nothing says English."""


def marked(one: Block | Table, language: str) -> Block | Table:
    """Return it with its runs saying which language they are in, where it is another."""
    if isinstance(one, Block):
        return _block(one, language)
    rows = tuple(
        tuple(tuple(_block(block, language) for block in cell) for cell in row)
        for row in one.rows
    )
    return replace(one, rows=rows)


def _block(block: Block, language: str) -> Block:
    return replace(block, runs=tuple(_run(run, language) for run in block.runs))


def _run(run: Run, language: str) -> Run:
    found = written_in(run.text)
    is_sure = found == "en" or len(run.text) >= ENOUGH or set("åäö") & set(run.text.lower())
    return replace(run, language=str(found)) if found != language and is_sure else run
