"""The corpus of invented passages in tests/guard holds what the guard says of each."""

import time
import tomllib

import pytest

from config import ROOT
from courses.catalog import load_course
from courses.rules.identity_guard import FindingKind, find

CORPUS = tomllib.loads((ROOT / "tests" / "guard" / "passages.toml").read_text())["passages"]
PER_10_000_WORDS = 3
"""False alarms on the course's own texts; measured: 1.8 of 10,000 words."""


@pytest.mark.parametrize(
    "passage", CORPUS, ids=[f"{n}-{one['text'][:30]!a}" for n, one in enumerate(CORPUS)]
)
def test_what_it_says_of_a_passage(passage):
    text = passage["text"]

    found = find(text, known=["0980-319 200"])

    assert [f"{one.kind}: {one.text}" for one in found] == passage["finds"]
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.blocks is (one.kind is FindingKind.PERSONAL_NUMBER)


def test_the_corpus_is_large_and_speaks_of_every_kind():
    assert len(CORPUS) >= 290
    kinds = {said.partition(":")[0] for one in CORPUS for said in one["finds"]}
    assert kinds == set(FindingKind)
    assert sum(not one["finds"] for one in CORPUS) >= 100


def test_every_spelling_is_found_inside_a_longer_text():
    numbers = [
        (one["text"], said.removeprefix("personal_number: "))
        for one in CORPUS for said in one["finds"] if said.startswith("personal_number")
    ]
    assert len(numbers) > 80
    for text, number in numbers:
        found = find(f"Vi arbetar så här.\n\n{text}\n\nSå blev det.")
        assert number in [one.text for one in found if one.blocks], text


def test_it_says_where():
    text = "Hej. Numret 850709-9805 står här."

    assert [one.text for one in find(text)] == ["850709-9805"]


def test_age_and_place_in_different_sentences_are_two_things():
    assert find("En 43-åring ringde.\n\nI Norsjö finns en skola.") == []


def own_texts():
    """The lessons, assignments, facts and sample answers of the course, in both languages."""
    folder = ROOT / "content" / "processledarutbildning"
    for language in ("sv", "en"):
        course = load_course(folder).course(language)
        for module in course.modules:
            yield module.intro.source
            yield from (lesson.body.source for lesson in module.lessons)
            yield from (assignment.brief.source for assignment in module.assignments)
        for line in course.support:
            yield f"{line.name} {line.number} {line.hours} {line.who}"
        yield from (f"{fact.claim} {fact.source}" for fact in course.facts.values())
    for path in sorted((ROOT / "app" / "demo" / "answers").glob("*.toml")):
        yield from strings_in(tomllib.loads(path.read_text()))


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings_in(one)


def test_false_alarms_on_the_courses_own_texts_are_rare():
    course = load_course(ROOT / "content" / "processledarutbildning").course("sv")
    known = [line.number for line in course.support] + [course.owner.phone]
    texts = list(own_texts())
    words = sum(len(text.split()) for text in texts)

    found = [one for text in texts for one in find(text, known=known)]

    rate = len(found) * 10_000 / words
    print(f"\n{len(found)} findings in {words} words: {rate:.1f} of 10,000")
    assert words > 100_000
    assert [one.text for one in found if one.blocks] == []
    assert [one.text for one in found if one.kind in (FindingKind.PHONE, FindingKind.EMAIL)] == []
    assert rate <= PER_10_000_WORDS


@pytest.mark.parametrize(
    "hurtful",
    ["1" * 20_000, "85 " * 7_000, "0" * 20_000, "a@" * 10_000, "a." * 10_000 + "@b.c" * 20,
     "Anna " * 4_000, "Sorsele 43 år " * 1_500, "-" * 20_000, "070 " * 5_000, "tjugo" * 4_000,
     "850709-" * 3_000, "8 5 0 7 0 9 - " * 1_500, "850709 | " * 2_500, "1 2 " * 5_000,
     "\n" * 20_000, " \n" * 10_000, "." * 20_000, "a" * 20_000, "*" * 20_000, "\u200b1" * 10_000,
     "den enda " * 2_500, "en kvinna som bor i " * 1_000, "3 barn, varav " * 1_500,
     "elever " * 3_000, "anmälningar varav 2 " * 1_000, "|" * 20_000, "1\t" * 10_000,
     "| 3 | elever\n" * 1_600, "- varav\t12\t3\n" * 1_600, "Totalt\t9\n" * 2_000,
     "personnummer " * 1_600, "å" * 20_000, "Å-" * 10_000, "sista fyra " * 2_000],
    ids=lambda text: repr(text[:12]),
)
def test_a_text_made_to_hurt_takes_no_time(hurtful):
    started = time.process_time()  # a machine that has much else to do is no fault of ours
    find(hurtful)
    assert time.process_time() - started < 1
