"""An id that comes back as something else would take over what people have done."""

import pytest

from courses.catalog import load_course, reused_ids


def edition(folder):
    return load_course(folder).course()


@pytest.fixture
def before(loaded):
    return loaded.course()


def test_nothing_is_reused_in_the_same_course(before):
    assert reused_ids(before, before) == []


def test_what_moves_changes_or_disappears_keeps_its_id(before, folder, edit):
    edit("01-start/lessons/2-ramar.md", 'title = "Trygga ramar"', 'title = "Andra ramar"')
    edit("01-start/lessons/2-ramar.md", 'slug = "ramar"', 'slug = "andra"')
    edit("01-start/module.md", '"PU1", "PU2"', '"PU2", "PU1"')

    assert reused_ids(before, edition(folder)) == []


def test_a_question_that_becomes_a_lesson_is_refused(before, folder, edit):
    edit("01-start/check.toml", 'id = "PQ1.5"', 'id = "PQ1.6"')
    edit("01-start/check.en.toml", 'id = "PQ1.5"', 'id = "PQ1.6"')
    lesson = folder / "01-start/lessons/3-ny.md"
    text = (folder / "01-start/lessons/2-ramar.md").read_text()
    lesson.write_text(text.replace('"P1.2"', '"PQ1.5"').replace('"ramar"', '"ny"'))
    edit("01-start/module.md", '"P1.2",', '"P1.2", "PQ1.5",')

    found = reused_ids(before, edition(folder))

    assert [(one.file, one.line) for one in found] == [("01-start/lessons/3-ny.md", 2)]
    assert found[0].message == (
        "Id «PQ1.5» var en fråga i en tidigare upplaga och är nu en lektion."
    )
    assert "nytt id" in found[0].remedy


def test_an_individual_assignment_that_becomes_joint_is_refused(before, folder, edit):
    edit("01-start/assignments/pu1.md", 'kind = "individual"', 'kind = "joint"')

    found = reused_ids(before, edition(folder))

    assert [one.message.partition(" i en")[0] for one in found] == ["Id «PU1» var en egen uppgift"]
