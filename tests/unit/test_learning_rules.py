from datetime import UTC, date, datetime, timedelta

from courses.rules.checks import Questions, shuffled
from courses.rules.next_step import (
    ItemKind,
    StepKind,
    Task,
    current_module,
    next_step,
    todo_list,
)
from courses.rules.opening import (
    has_ended,
    is_late,
    is_open,
    is_soon,
    is_under_way,
    next_opening,
    was_long_away,
)
from courses.vocabulary import WorkWord

TODAY = date(2027, 2, 9)
TOMORROW, YESTERDAY = TODAY + timedelta(1), TODAY - timedelta(1)
LATER = TODAY + timedelta(15)


def task(item_id, kind=ItemKind.LESSON, module="M1", **fields):
    defaults = {"is_open": True, "completed": False}
    return Task(item_id=item_id, module_id=module, kind=kind, **defaults | fields)


def work(item_id, word=WorkWord.NOT_STARTED, due_on=None, **fields):
    return task(item_id, ItemKind.ASSIGNMENT, word=word, due_on=due_on, **fields)


def step(*tasks, can_write=True, is_met=False, reading=None):
    found = next_step(
        tasks, today=TODAY, can_write=can_write, is_met=is_met, reading=reading
    )
    return found.kind, found.task.item_id if found.task else None


# ---- opening


def test_a_module_opens_on_its_day_and_without_one_at_once():
    assert [is_open(day, TODAY) for day in (YESTERDAY, TODAY, TOMORROW, None)] == [
        True, True, False, True,
    ]


def test_work_is_late_from_the_day_after():
    assert [is_late(day, TODAY) for day in (YESTERDAY, TODAY, None)] == [True, False, False]


def test_a_cohort_is_over_from_the_day_after_its_last():
    assert [has_ended(day, TODAY) for day in (YESTERDAY, TODAY)] == [True, False]


def test_people_work_in_a_cohort_that_is_open_and_not_over():
    opened = datetime(2026, 9, 1, tzinfo=UTC)

    assert is_under_way(opened, TODAY, TODAY)
    assert not is_under_way(opened, YESTERDAY, TODAY)
    assert not is_under_way(None, TOMORROW, TODAY)


def test_a_fortnight_is_soon():
    days = (YESTERDAY, TODAY + timedelta(14), LATER, None)
    assert [is_soon(day, TODAY) for day in days] == [True, True, False, False]


def test_the_next_opening_lies_ahead():
    assert next_opening([YESTERDAY, LATER, TOMORROW, None], TODAY) == TOMORROW
    assert next_opening([YESTERDAY, TODAY], TODAY) is None


def test_a_month_is_a_long_time():
    days = (TODAY - timedelta(31), TODAY - timedelta(30), None)
    assert [was_long_away(day, TODAY) for day in days] == [True, False, False]


# ---- the next step


def test_returned_work_comes_first_and_the_nearest_of_it():
    assert step(
        task("L1"), work("D", WorkWord.DRAFT, TOMORROW), work("U1", WorkWord.REVISE, LATER),
        work("U2", WorkWord.REVISE, TOMORROW),
    ) == (StepKind.RETURNED, "U2")


def test_then_a_draft_that_is_due_soon():
    assert step(task("L1"), work("U1", WorkWord.DRAFT, TOMORROW)) == (StepKind.DRAFT, "U1")
    assert step(task("L1"), work("U1", WorkWord.WITHDRAWN, YESTERDAY)) == (StepKind.DRAFT, "U1")


def test_a_draft_with_time_left_waits_for_the_lessons():
    assert step(task("L1"), work("U1", WorkWord.DRAFT, LATER)) == (StepKind.LESSON, "L1")
    assert step(work("U1", WorkWord.DRAFT, LATER)) == (StepKind.DRAFT, "U1")


def test_a_lesson_that_was_begun_comes_before_the_next_one_but_after_what_is_due():
    one, two = task("L1"), task("L2")
    assert step(one, two, reading="L2") == (StepKind.RESUMED, "L2")
    assert step(one, two, work("U1", WorkWord.DRAFT, TOMORROW), reading="L2") == (
        StepKind.DRAFT, "U1",
    )
    assert step(one, task("L2", completed=True), reading="L2") == (StepKind.LESSON, "L1")
    assert step(one, task("L2", is_open=False), reading="L2") == (StepKind.LESSON, "L1")
    assert step(one, reading="L9") == (StepKind.LESSON, "L1")


def test_lessons_come_before_checks_and_checks_before_new_assignments():
    lesson, check, assignment = task("L1"), task("K1", ItemKind.CHECK), work("U1")
    assert step(check, assignment, lesson) == (StepKind.LESSON, "L1")
    assert step(assignment, check) == (StepKind.CHECK, "K1")
    assert step(assignment) == (StepKind.ASSIGNMENT, "U1")


def test_what_is_done_closed_or_not_mine_is_never_next():
    tasks = (
        task("L1", completed=True), task("L2", is_open=False), work("U1", WorkWord.APPROVED),
        work("U2", WorkWord.EXCUSED), work("GU1", is_mine=False, is_joint=True),
    )
    assert step(*tasks) == (StepKind.IN_STEP, None)
    assert todo_list(tasks) == []


def test_who_waits_for_an_answer_is_told_so():
    assert step(work("U1", WorkWord.SUBMITTED)) == (StepKind.WAITING, "U1")


def test_a_stopped_text_comes_before_everything():
    stopped = work("U1", WorkWord.ON_HOLD, LATER)
    assert step(task("L1"), work("U2", WorkWord.REVISE, TOMORROW), stopped) == (
        StepKind.STOPPED, "U1",
    )
    assert todo_list([work("U2", due_on=LATER), stopped]) == [stopped, work("U2", due_on=LATER)]
    assert step(work("GU1", WorkWord.ON_HOLD, is_mine=False)) == (StepKind.IN_STEP, None)


def test_finished_is_said_when_nothing_is_left():
    assert step(task("L1", completed=True), is_met=True) == (StepKind.FINISHED, None)


def test_nothing_is_asked_of_somebody_who_may_not_write():
    assert step(task("L1"), can_write=False) == (StepKind.CLOSED, None)
    assert step(task("L1"), can_write=False, is_met=True) == (StepKind.FINISHED, None)


def test_the_list_goes_by_date_and_on_one_day_returned_work_comes_first():
    tasks = [
        work("U3", due_on=TOMORROW), work("U2", WorkWord.DRAFT, LATER),
        work("U1", WorkWord.REVISE, LATER), work("U4"), task("L1"),
        task("K1", ItemKind.CHECK), task("K2", ItemKind.CHECK, "M2"),
    ]
    assert [one.item_id for one in todo_list(tasks)] == ["U3", "U1", "U2", "U4", "K2"]


def test_one_is_on_the_first_module_with_something_left():
    tasks = [task("L1", completed=True), task("L2", module="M2"),
             task("L3", module="M3", is_open=False)]
    assert current_module(tasks) == "M2"
    assert current_module(tasks[:1]) == "M1"
    assert current_module(tasks[2:]) is None


# ---- answers

ASKED = Questions(rights={"a": 1, "b": 0, "c": None}, options={"a": 3, "b": 2, "c": 2})


def test_a_question_without_a_right_answer_is_never_right():
    assert ASKED.right_in({"a": 1, "b": 1, "c": 0}) == {"a"}
    assert ASKED.missing_in({"a": 1}) == ["b", "c"]


def test_only_options_that_exist_are_answers():
    sent = {"a": "2", "b": "2", "c": "-1", "d": "0"}
    assert ASKED.valid_in(sent) == {"a": 2}


def test_kept_answers_come_back_until_something_else_is_asked():
    kept = ASKED.to_keep({"a": 1, "b": 0})
    other = Questions(rights={**ASKED.rights, "a": 2}, options=ASKED.options)

    assert ASKED.kept_in(kept) == {"a": 1, "b": 0}
    assert other.kept_in(kept) == {}
    assert ASKED.kept_in(None) == {}


def test_an_order_depends_on_its_seed_alone():
    assert shuffled(8, "x") == shuffled(8, "x") != shuffled(8, "y")
    assert sorted(shuffled(8, "x")) == list(range(8))


def test_what_is_not_asked_for_is_no_next_step_once_everything_is_met_unless_it_is_begun():
    extra = task("L9", is_required=False)
    begun = work("U9", WorkWord.DRAFT, is_required=False)

    assert step(extra) == (StepKind.LESSON, "L9")
    assert step(extra, is_met=True) == (StepKind.FINISHED, None)
    assert step(extra, begun, is_met=True) == (StepKind.DRAFT, "U9")
