from datetime import UTC, date, datetime, timedelta

import pytest

from courses.errors import Reason
from courses.rules.reviews import Answer, holder, problems

NOW = datetime(2026, 11, 9, 13, 5, tzinfo=UTC)
TODAY = date(2026, 11, 9)
CRITERIA = {"a": ("revise", "approved", "excelled"), "sekretess": ("revise", "approved")}
GOOD = {"a": "excelled", "sekretess": "approved"}
LACKING = {"a": "revise", "sekretess": "approved"}


@pytest.mark.parametrize("answer", [
    Answer(levels=GOOD, outcome="approve"),
    Answer(levels=LACKING, outcome="return", overall="Skriv mer.", due_on=TODAY),
    Answer(levels=LACKING, outcome="return", comments={"a": "Mer."}, due_on=TODAY),
])
def test_a_whole_answer_can_be_sent(answer):
    assert problems(answer, CRITERIA, today=TODAY) == []


@pytest.mark.parametrize("answer,reason,at", [
    (Answer(levels={"a": "approved"}, outcome="approve"), Reason.CRITERIA_MISSING, "levels"),
    (Answer(levels=GOOD | {"sekretess": "excelled"}, outcome="approve"),
     Reason.CRITERIA_MISSING, "levels"),
    (Answer(levels=GOOD), Reason.OUTCOME_MISSING, "outcome"),
    (Answer(levels=GOOD, outcome="hold"), Reason.OUTCOME_MISSING, "outcome"),
    (Answer(levels=LACKING, outcome="approve"), Reason.OUTCOME_CONTRADICTS, "outcome"),
    (Answer(levels=GOOD, outcome="return", overall="Mer.", due_on=TODAY),
     Reason.OUTCOME_CONTRADICTS, "outcome"),
    (Answer(levels=LACKING, outcome="return", overall=" ", due_on=TODAY),
     Reason.COMMENT_MISSING, "overall"),
    (Answer(levels=LACKING, outcome="return", overall="Mer."),
     Reason.DUE_IN_THE_PAST, "due_on"),
    (Answer(levels=LACKING, outcome="return", overall="Mer.", due_on=TODAY - timedelta(1)),
     Reason.DUE_IN_THE_PAST, "due_on"),
])
def test_what_is_missing_is_named(answer, reason, at):
    assert [(p.reason, p.at) for p in problems(answer, CRITERIA, today=TODAY)] == [(reason, at)]


@pytest.mark.parametrize("text", ["Det här bär: …", "Bra.\n\nNästa steg: ta upp frågan med …"])
def test_a_phrase_is_sent_only_when_it_has_been_filled_in(text):
    in_comment = Answer(levels=GOOD, outcome="approve", comments={"a": text})
    in_all = Answer(levels=GOOD, outcome="approve", overall=text + "\n\nTack.")
    begun = (Reason.PHRASE_UNFINISHED, "comment-a"), (Reason.PHRASE_UNFINISHED, "overall")

    found = [one for answer in (in_comment, in_all) for one in
             problems(answer, CRITERIA, today=TODAY)]

    assert tuple((one.reason, one.at) for one in found) == begun


def test_dots_inside_a_sentence_are_no_unfinished_phrase():
    answer = Answer(levels=GOOD, outcome="approve", overall="Ni skrev ”vi … försöker” först.")

    assert problems(answer, CRITERIA, today=TODAY) == []


def test_a_draft_comes_back_as_it_was():
    answer = Answer(levels=GOOD, comments={"a": "Bra."}, overall="Tack.", due_on=TODAY)

    assert Answer.from_content(answer.content()) == answer


def test_a_claim_holds_until_it_has_run_out():
    assert holder(7, NOW + timedelta(minutes=1), NOW) == 7
    assert holder(7, NOW, NOW) is None
    assert holder(None, None, NOW) is None
