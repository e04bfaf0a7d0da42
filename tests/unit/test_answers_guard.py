"""What the guard finds in answers of every kind, and what may be kept of it."""

from dataclasses import dataclass

from courses.rules.answers_guard import counted, findings_in
from courses.rules.identity_guard import FindingKind


@dataclass(frozen=True)
class Column:
    id: str
    label: str
    kind: str = "short"
    required: bool = True


@dataclass(frozen=True)
class Part:
    id: str
    kind: str = "text"
    required: bool = True
    max_chars: int | None = None
    options: tuple[str, ...] = ()
    fields: tuple = ()
    min_rows: int = 0
    max_rows: int = 0


ROWS = Part(
    "kallor", "rows",
    fields=(Column("namn", "Källa"), Column("antal", "Antal anmälningar"),
            Column("moten", "Antal möten"), Column("slag", "Slag", "choice")),
)


def look(parts, answers):
    return [
        (one.section_id, one.finding.kind, one.finding.text)
        for one in findings_in(parts, answers, known=())
    ]


def test_text_and_rows_are_read():
    answers = {"text": "Ring 070-123 45 67.", "kallor": [{"namn": "Anna Lindberg", "antal": "9"}]}

    assert look([Part("text"), ROWS], answers) == [
        ("text", FindingKind.PHONE, "070-123 45 67"),
        ("kallor", FindingKind.NAME, "Anna Lindberg"),
    ]


def test_an_age_and_a_place_in_two_fields_of_a_row_meet():
    answers = {"kallor": [{"namn": "En 43-åring", "antal": "i Norsjö"}]}

    assert [kind for _, kind, _ in look([ROWS], answers)] == [FindingKind.AGE_AND_PLACE]


def test_a_bare_number_counts_what_its_column_says():
    answers = {"kallor": [
        {"namn": "Skolan", "antal": "3", "moten": "4"},
        {"namn": "Polisen", "antal": "30", "moten": "2"},
    ]}

    found = findings_in([ROWS], answers, known=())

    assert [(one.finding.kind, one.finding.text) for one in found] == [
        (FindingKind.SMALL_NUMBER, "3")
    ]
    assert found[0].before == "Skolan · "


def test_a_total_among_the_rows_opens_what_was_hidden():
    answers = {"kallor": [
        {"namn": "Skolan", "antal": "12"}, {"namn": "Förskolan", "antal": "färre än 5"},
        {"namn": "Övriga", "antal": "9"}, {"namn": "Totalt", "antal": "23"},
    ]}

    assert look([ROWS], answers) == [("kallor", FindingKind.GIVEN_AWAY, "23")]


def test_only_how_many_of_each_kind_may_be_kept():
    found = findings_in(
        [Part("text")], {"text": "Anna Lindberg och Erik Berg, 850709-9805."}, known=()
    )

    assert counted(one.finding.kind for one in found) == {"name": 2, "personal_number": 1}


def test_the_words_around_are_of_the_same_line():
    found = findings_in([Part("text")], {"text": "Överst\nRing 070-123 45 67 nu\nSist"}, known=())

    assert (found[0].before, found[0].after) == ("Ring ", " nu")
