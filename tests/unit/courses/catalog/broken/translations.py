"""Mistakes in the files of another language."""

from tests.unit.courses.catalog.broken.case import ALONE_EN, LESSON_EN, Broken

CASES = {
    "fact that the translation leaves out": Broken(
        LESSON_EN, "[[fact:PA2]]", "", "## Why", "används inte i texten", "också här"
    ),
    "translation with an id of its own": Broken(
        ALONE_EN, 'id = "PU1"', 'id = "PU2"', "PU2", "inte originalets", '"PU1"'
    ),
    "translation of a section that is not there": Broken(
        ALONE_EN, 'id = "namn"', 'id = "name"', '"name"', "finns inte i", "«namn»?"
    ),
    "translation of a requirement that is not there": Broken(
        "course.en.toml", "requirements.uppgifter", "requirements.uppgift", "requirements.uppgift",
        "«uppgift» finns inte", "«uppgifter»?",
    ),
    "phrases that are fewer in the translation": Broken(
        "course.en.toml", ', "How do you know?"', "", "question =", "har 1 delar", "lika många"
    ),
    "translation with a key that is not text": Broken(
        LESSON_EN, "title =", "sensitive = true\ntitle =", "sensitive", "är okänd", "Ta bort"
    ),
}
