"""What a course amounts to, and where its facts are used."""

from click.testing import CliRunner

from app.cli.content import group
from courses.catalog import fact_uses, module_summaries
from tests.unit.courses.catalog import CONTENT, PROVKURS


def test_a_module_in_figures(loaded):
    one = module_summaries(loaded)[0]

    assert (one.id, one.title) == ("PM1", "Start: broar och ramar")
    assert (one.lessons, one.minutes) == (2, 14)
    assert (one.questions, one.facts, one.figures) == (5, 2, 1)
    assert one.words == sum(lesson.word_count for lesson in loaded.course().lessons)
    # the lesson about frames has no English text
    assert (one.translated, one.translatable) == ({"en": 6}, 7)


def test_a_fact_knows_who_cites_it(loaded):
    cited = {use.fact.id: use.cited_in for use in fact_uses(loaded)}

    assert cited["PA1"] == ("P1.1", "PQ1.1", "broblad")
    assert cited["PA3"] == ()


def run(*arguments):
    return CliRunner().invoke(group, arguments)


def test_the_check_ends_with_a_table_of_the_modules():
    answer = run("check", str(PROVKURS))

    assert answer.exit_code == 0
    head, row, last = answer.output.splitlines()[-3:]
    assert head.split() == [
        "Modul", "lektioner", "ord", "min", "frågor", "fakta", "figurer", "på", "en",
    ]
    assert row.startswith("PM1 Start: broar och ramar")
    assert row.endswith("6/7")
    assert last.startswith("provkurs: 0 fel, ")


def test_the_facts_are_listed_with_status_source_and_use():
    lines = run("facts", str(PROVKURS)).output.splitlines()

    assert lines[0].startswith("PA1  kontrollerad  gäller ")
    assert lines[0].endswith("P1.1, PQ1.1, broblad")
    assert "Broregistret" in lines[1]
    assert any("inte kontrollerad" in line and line.endswith("används inte") for line in lines)


def test_the_real_course_cites_facts_with_a_source():
    answer = run("facts", str(CONTENT))

    assert answer.exit_code == 0
    assert not [
        line for line in answer.output.splitlines()
        if "inte kontrollerad" in line and not line.endswith("används inte")
    ]
