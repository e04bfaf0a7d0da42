"""Every role against every route, on what belongs to Nora of Norr.

A route without a row fails. Whoever is not named in a row gets 404: a stranger learns nothing.
Long because it is one table: a row for each route.
"""

from dataclasses import dataclass, field

import pytest

from courses.models import User
from tests.addresses import secret_addresses
from tests.cast import make_cast, make_login, make_passkey
from tests.conftest import token_from
from tests.copying import make_copy
from tests.drafting import make_draft, published
from tests.factories import make_submission
from tests.filing import beside_draft, in_rounds, on_behalf
from tests.planning import make_plan
from tests.reflecting import make_reflection
from tests.stopping import stop_round
from tests.talking import make_talk
from tests.teamwork import show_to_police
from tests.writing_together import make_joint_work

PARTICIPANTS = {
    "nora", "teammate", "police teammate", "participant of Söder", "participant elsewhere",
}
TEAM = {"nora", "teammate", "police teammate"}
TRAINERS = {"trainer", "trainer elsewhere"}
COUNTY = {"county coordinator", "coordinator of the cohort"}
MUNICIPAL = {"coordinator of Norr", "coordinator of Söder"}
COORDINATORS = COUNTY | MUNICIPAL | {"coordinator elsewhere"}
READERS = PARTICIPANTS | TRAINERS | COORDINATORS
EVERYBODY = READERS | {"editor", "administrator", "secrecy officer", "nobody"}


@dataclass(frozen=True)
class Row:
    """Who may (`ok`), who knows of it but may not (`forbidden`: 403), on which things."""

    ok: set[str]
    forbidden: set[str] = field(default_factory=set)
    url: dict[str, str] = field(default_factory=dict)


LESSON = {"slug": "module", "lesson_slug": "lesson"}
JOINT = {"assignment_slug": "joint", "team_id": "team"}
SECTION = JOINT | {"section_id": "section"}
REVIEW = {"submission_id": "submission"}
READ_BY_TWO = {"submission_id": "read by two"}
STOP = {"stop_id": "stop"}
OWN_THREAD = {
    "enrollment_id": "enrollment", "assignment_id": "individual id", "team_id": "team",
}
"""A thread lies under a participant or a team; the row names both addresses."""
WORKER = {"cohort_id": "cohort", "role_id": "role"}
CERTIFICATE = {"certificate_id": "certificate"}
FORM = {"round": "2"}  # the round that a review is about
COURSE = {"course_id": "course"}
PREVIEWERS = COORDINATORS | {"editor"}
PUBLIC = Row(ok=EVERYBODY)
ENDINGS = {"auth.logout", "security.log_out"}

ROUTES: dict[str, Row] = {
    # one's own
    "home.show": Row(EVERYBODY),
    "account.show": Row(EVERYBODY),
    "my_data.show": Row(EVERYBODY),
    "my_data.order": Row(EVERYBODY),
    "my_data.download": Row({"nora"}, url={"copy_id": "data copy"}),
    "my_data.ask_to_erase": Row(EVERYBODY),
    "my_data.erase": Row(EVERYBODY),
    "my_data.erased": Row(EVERYBODY),
    "account.change": Row(EVERYBODY),
    **{
        f"security.{page}": Row(EVERYBODY)
        for page in (
            "show", "password", "renew_password", "prove", "log_out", "own_device", "app",
            "confirm_app", "take_app_away", "passkey", "add_passkey", "new_codes",
        )
    },
    "security.end_one": Row({"nora"}, url={"login_id": "login"}),
    "security.name_passkey": Row({"nora"}, url={"passkey_id": "passkey"}),
    "security.take_passkey_away": Row({"nora"}, url={"passkey_id": "passkey"}),
    "account.address": Row(EVERYBODY),
    "account.change_address": Row(EVERYBODY),
    # the course
    "modules.show": Row(READERS, url={"slug": "module"}),
    "modules.lesson": Row(READERS, url=LESSON),
    "modules.check": Row(READERS, url={"slug": "module"}),
    "printing.module": Row(READERS, url={"slug": "module"}),
    "printing.saved": Row(READERS, url={"slug": "module"}),
    "printing.course": Row(READERS),
    "offline.show": Row(READERS),
    "offline.listing": Row(READERS),
    "offline.content": Row(READERS, url={"slug": "module"}),
    "offline.worker": PUBLIC,
    "offline.without_network": PUBLIC,
    "modules.answer": Row(PARTICIPANTS, READERS - PARTICIPANTS, {"slug": "module"}),
    "modules.finish": Row(PARTICIPANTS, READERS - PARTICIPANTS, LESSON),
    "modules.reopen": Row(PARTICIPANTS, READERS - PARTICIPANTS, LESSON),
    "modules.changed": Row(READERS, url=LESSON),
    "modules.change_read": Row(PARTICIPANTS, READERS - PARTICIPANTS, LESSON),
    "modules.place": Row(PARTICIPANTS, READERS - PARTICIPANTS, LESSON),
    "modules.exercise": Row(
        PARTICIPANTS, READERS - PARTICIPANTS,
        {"slug": "module", "lesson_slug": "lesson with exercise", "exercise_id": "exercise"},
    ),
    "requirements.show": Row(READERS, url={"item_id": "vouched"}),
    "requirements.vouch": Row(PARTICIPANTS, READERS - PARTICIPANTS, {"item_id": "vouched"}),
    "requirements.undo": Row(PARTICIPANTS, READERS - PARTICIPANTS, {"item_id": "vouched"}),
    # assignments: one's own, for which everybody with a place has their own page …
    **{
        f"assignments.{page}": Row(PARTICIPANTS, url={"assignment_slug": "individual"})
        for page in (
            "show", "write", "save_draft", "check", "submit", "withdraw", "versions", "finish",
            "reopen",
        )
    },
    # … and what exists only where something was handed in: Nora's
    **{
        f"assignments.{page}": Row({"nora"}, url={"assignment_slug": "individual"} | number)
        for page, number in (
            ("receipt", {}), ("version", {"number": "round"}), ("feedback", {}),
            ("compare", {"number": "round"}),
        )
    },
    "handovers.note": Row(TEAM, url={"team_id": "team"}),
    "handovers.save_note": Row(TEAM, url={"team_id": "team"}),
    "handovers.catch_up": Row(PARTICIPANTS),
    "handovers.earlier": Row(PARTICIPANTS),
    "handovers.replace": Row(
        COUNTY, {"coordinator of Norr"}, url={"enrollment_id": "enrollment"}
    ),
    "assignments.home_team": Row(PARTICIPANTS, url={"assignment_slug": "joint"}),
    # the team's: everybody in it may read what was handed in, the holder writes
    **{
        f"assignments.{page} (team)": Row(TEAM, url=JOINT | number)
        for page, number in (
            ("show", {}), ("receipt", {}), ("versions", {}), ("version", {"number": "round"}),
            ("feedback", {}), ("compare", {"number": "round"}),
        )
    },
    **{
        f"assignments.{page} (team)": Row({"nora"}, TEAM - {"nora"}, JOINT)
        for page in ("write", "check", "submit", "withdraw")
    },
    # what the team writes together: the text for whom the same authority employs
    "joint.section (team)": Row({"nora", "teammate"}, {"police teammate"}, SECTION),
    **{
        f"joint.{page} (team)": Row({"nora", "teammate"}, {"police teammate"}, SECTION | more)
        for page, more in (
            ("open_", {}), ("save", {}), ("comment", {}), ("resolve", {"comment_id": "comment"}),
            ("merge", {"contribution_id": "contribution"}), ("undo", {"source_id": "source"}),
        )
    },
    **{
        f"joint.{page} (team)": Row(TEAM, url=SECTION)  # each their own
        for page in ("contribution", "save_own", "ask_to_share", "share", "take_back")
    },
    **{
        f"joint.{page} (team)": Row({"nora"}, TEAM - {"nora"}, JOINT)
        for page in ("writers", "set_writers")
    },
    "joint.pen (team)": Row(TEAM - {"police teammate"}, {"police teammate"}, url=JOINT),
    # the team's own page, and what it says of its joint work
    "teams.mine": Row(PARTICIPANTS),
    "teams.show": Row(TEAM, url={"team_id": "team"}),
    "teams.shown_versions (team)": Row(TEAM, url=JOINT),
    "teams.ready (team)": Row({"nora", "teammate"}, {"police teammate"}, JOINT),
    "teams.confirm (team)": Row({"nora"}, TEAM - {"nora"}, JOINT),
    "teams.show_text (team)": Row({"nora"}, TEAM - {"nora"}, JOINT),
    "teams.shown_version (team)": Row(TEAM, url=JOINT | {"shown_id": "shown version"}),
    "teams.answer (team)": Row(
        {"police teammate"}, TEAM - {"police teammate"}, JOINT | {"shown_id": "shown version"},
    ),
    **{
        f"teams.{page}": Row(PARTICIPANTS, url={"assignment_slug": "individual"})
        for page in ("own_line", "write_line")
    },
    **{f"teams.{page} (team)": Row(TEAM, url=JOINT) for page in ("own_line", "write_line")},
    # joint work that is not approved, or one's own, is shown to nobody
    **{
        f"teams.{page}": Row(set(), url={"assignment_slug": "individual"})
        for page in ("showing", "show_others")
    },
    **{
        f"teams.{page} (team)": Row(set(), TEAM - {"nora"}, JOINT)
        for page in ("showing", "show_others")
    },
    "teams.compare": Row(
        (PARTICIPANTS - {"participant elsewhere"}) | {"trainer"} | COUNTY | MUNICIPAL,
        url={"cohort_id": "cohort", "assignment_slug": "joint"},
    ),
    # talking: one's own page for everybody who takes part; the team's for the whole team
    **{
        f"talking.{page}": Row(PARTICIPANTS, url={"assignment_slug": "individual"})
        for page in ("show", "send", "read", "time", "ask", "check_draft", "send_for_reading")
    },
    **{
        f"talking.{page} (team)": Row(TEAM, url=JOINT)
        for page in ("show", "send", "read", "time", "ask")
    },
    **{
        f"talking.{page} (team)": Row({"nora"}, TEAM - {"nora"}, JOINT)
        for page in ("check_draft", "send_for_reading")
    },
    "talking.draft": Row({"nora"}, url={"assignment_slug": "individual", "number": "round"}),
    "talking.draft (team)": Row(
        {"nora", "teammate"}, {"police teammate"}, JOINT | {"number": "round"}
    ),
    "reviews.asked": Row(TRAINERS),
    "reviews.extend": Row(TRAINERS),
    "reviews.hand_in_for": Row(TRAINERS),
    **{
        f"behalf.{page}": Row(
            {"trainer"} | COUNTY, url={"enrollment_id": "enrollment", "team_id": "team"}
        )
        for page in ("extend", "give", "hand_in")
    },
    **{
        f"behalf.{page}": Row(
            {"trainer"} | COUNTY,
            url={"enrollment_id": "enrollment", "assignment_id": "individual id"},
        )
        for page in ("write", "register", "files", "add_file")
    },
    **{
        f"behalf.{page}": Row(
            {"trainer"},
            url={
                "enrollment_id": "enrollment", "assignment_id": "individual id",
                "file_id": "paper file",
            },
        )
        for page in ("file", "confirm_file_removal", "remove_file")
    },
    **{
        f"reviews.{page}": Row({"trainer"}, url=OWN_THREAD | more)
        for page, more in (
            ("thread", {}), ("answer", {}), ("answer_time", {"request_id": "time request"}),
            ("trainers_draft", {"number": "round"}), ("comment_draft", {"number": "round"}),
        )
    },
    # what one writes for oneself: a page of one's own for everybody, Nora's for Nora alone
    **{f"reflections.{page}": Row(EVERYBODY) for page in ("index", "download", "new")},
    **{
        f"reflections.{page}": Row({"nora"}, url={"reflection_id": "reflection"})
        for page in ("edit", "save", "ask_to_delete", "delete", "choose", "use")
    },
    # surveys: one's own to answer; what a whole cohort answered
    "surveys.show": Row(PARTICIPANTS, url={"survey_id": "survey"}),
    "surveys.answer": Row(PARTICIPANTS, url={"survey_id": "survey"}),
    **{
        f"surveys.{page}": Row({"trainer"} | COUNTY, url={"cohort_id": "cohort"})
        for page in ("results", "download")
    },
    # files: one's own, the team's beside the draft, and what was handed in
    "assignments.files": Row(PARTICIPANTS, url={"assignment_slug": "individual"}),
    "assignments.add_file": Row(PARTICIPANTS, url={"assignment_slug": "individual"}),
    "assignments.files (team)": Row({"nora", "teammate"}, {"police teammate"}, JOINT),
    "assignments.add_file (team)": Row({"nora"}, TEAM - {"nora"}, JOINT),
    **{
        f"assignments.{page}": Row(
            {"nora"}, url={"assignment_slug": "individual", "file_id": "own file"}
        )
        for page in ("open_file", "confirm_removal", "remove_file")
    },
    "assignments.open_file (team)": Row(
        {"nora", "teammate"}, {"police teammate"}, JOINT | {"file_id": "joint file"}
    ),
    **{
        f"assignments.{page} (team)": Row(
            {"nora"}, TEAM - {"nora"}, JOINT | {"file_id": "joint file"}
        )
        for page in ("confirm_removal", "remove_file")
    },
    "assignments.open_round_file": Row(
        {"nora"}, url={"assignment_slug": "individual", "number": "round", "place": "round"}
    ),
    "assignments.open_round_file (team)": Row(
        TEAM, url=JOINT | {"number": "round", "place": "round"}
    ),
    "reviews.open_file_of_review": Row(
        {"trainer"}, url=REVIEW | {"number": "newest round", "place": "round"}
    ),
    # as a Word document: everybody may take it away, who writes loads it back
    "word_files.template": Row(PARTICIPANTS, url={"assignment_slug": "individual"}),
    "word_files.template (team)": Row(TEAM, url=JOINT),
    **{
        f"word_files.{page}": Row(PARTICIPANTS, url={"assignment_slug": "individual"})
        for page in ("own", "load_own", "keep_own")
    },
    **{
        f"word_files.{page} (team)": Row({"nora", "teammate"}, {"police teammate"}, JOINT)
        for page in ("team", "load_team", "keep_team")
    },
    # trainers
    "reviews.queue": Row(TRAINERS),
    "reviews.review_next": Row(TRAINERS),
    "reviews.register_for": Row(TRAINERS),
    "reviews.present_orally": Row(TRAINERS),
    **dict.fromkeys(
        ("reviews.presentation", "reviews.register_oral"),
        Row({"trainer"}, url={"enrollment_id": "enrollment", "assignment_id": "individual id"}),
    ),
    "reviews.paper": Row(TRAINERS),
    "reviews.picture": Row(
        {"trainer"}, url={"cohort_id": "cohort", "assignment_id": "joint id"}
    ),
    "reviews.history": Row({"trainer"}, url=REVIEW),
    "reviews.promise": Row({"trainer"}, url=REVIEW),
    "reviews.change_promise": Row({"trainer"}, url=REVIEW),
    "reviews.show": Row({"trainer"}, url=REVIEW),
    "reviews.claim": Row({"trainer"}, url=REVIEW),
    "reviews.take_over": Row({"trainer"}, url=REVIEW),
    "reviews.save": Row({"trainer"}, url=REVIEW),
    "reviews.check": Row({"trainer"}, url=REVIEW),
    "reviews.conflict": Row({"trainer"}, url=REVIEW | {"number": "round"}),
    "reviews.send": Row({"trainer"}, url=REVIEW),
    "reviews.done": Row({"trainer"}, url=REVIEW),
    "reviews.correct": Row({"trainer"}, url=REVIEW),
    **{
        f"reviews.{page}": Row({"trainer"}, url=READ_BY_TWO)
        for page in (
            "compare", "decide", "read_on", "second_reader", "choose_second", "read_alone",
        )
    },
    "reviews.ask_to_stop": Row({"trainer"}, url=REVIEW | {"number": "newest round"}),
    "reviews.stop": Row({"trainer"}, url=REVIEW | {"number": "newest round"}),
    # what is stopped for secrecy: the officer, and who pressed: nobody here
    "undertaking.show": Row(TRAINERS),
    "undertaking.give": Row(TRAINERS),
    "secrecy.index": Row({"secrecy officer"}),
    "secrecy.show": Row({"secrecy officer"}, url=STOP),
    "secrecy.open_file": Row({"secrecy officer"}, url=STOP | {"place": "round"}),
    **{
        f"secrecy.{page}": Row({"secrecy officer"}, url=STOP)
        for page in (
            "masked", "take_over", "mask", "replaced", "registrar", "move", "open_again", "lift",
            "close",
        )
    },
    # coordinators
    "coordination.show": Row(COORDINATORS),
    "coordination.overview": Row(COUNTY | MUNICIPAL, url={"cohort_id": "cohort"}),
    "coordination.team": Row(COUNTY | {"coordinator of Norr"}, url={"team_id": "team"}),
    "coordination.set_roles": Row(COUNTY, {"coordinator of Norr"}, {"team_id": "team"}),
    "coordination.approved": Row(  # the joint work is approved in `things`
        COUNTY | {"coordinator of Norr"},
        url={"team_id": "approved team", "assignment_id": "joint id"},
    ),
    "coordination.participant": Row(
        COUNTY | {"coordinator of Norr"}, url={"enrollment_id": "enrollment"}
    ),
    # the team's plan: who edits is of the team, coordinators fetch what is issued
    **{
        f"plans.{page}": Row(
            TEAM | COUNTY | {"coordinator of Norr"}, url={"team_id": "team"} | number
        )
        for page, number in (
            ("show", {}), ("pdf", {"number": "round"}), ("docx", {"number": "round"})
        )
    },
    **{
        f"plans.{page}": Row(
            {"nora"}, TEAM - {"nora"} | COUNTY | {"coordinator of Norr"},
            {"team_id": "team"} | chapter,
        )
        for page, chapter in (
            ("edit", {"chapter_id": "chapter"}), ("save", {"chapter_id": "chapter"}),
            ("check", {}), ("issue", {}),
        )
    },
    "coordination.sign_offs": Row(COUNTY, {"coordinator of Norr"}, {"team_id": "team"}),
    "coordination.waive": Row(COUNTY, {"coordinator of Norr"}, {"team_id": "team"}),
    **dict.fromkeys(
        ("coordination.excuses", "coordination.excuse_person", "coordination.ask_person"),
        Row(COUNTY, {"coordinator of Norr"}, {"enrollment_id": "enrollment"}),
    ),
    **dict.fromkeys(
        ("coordination.team_excuses", "coordination.excuse_team", "coordination.ask_team"),
        Row(COUNTY, {"coordinator of Norr"}, {"team_id": "team"}),
    ),
    # setting up a cohort
    "cohorts.new": Row({"county coordinator"}),
    "cohorts.create": Row({"county coordinator"}),
    **{
        page: Row(COUNTY, MUNICIPAL, {"cohort_id": "cohort"})
        for page in (
            "cohorts.setup", "cohorts.change", "cohorts.open_", "cohorts.dates",
            "cohorts.change_all_dates", "cohorts.places", "cohorts.add_place",
            "cohorts.add_one_team", "cohort_people.show", "cohort_people.invite_all",
            "cohort_people.add", "cohort_people.add_coordinator", "cohort_people.add_trainer",
        )
    },
    "cohorts.remove_one_team": Row(COUNTY, MUNICIPAL, {"cohort_id": "cohort", "team_id": "team"}),
    "cohort_people.end_assignment": Row(COUNTY, MUNICIPAL, WORKER),
    "cohort_people.invite_worker": Row(COUNTY, MUNICIPAL, WORKER),
    "cohort_people.edit": Row(
        COUNTY, {"coordinator of Norr"}, {"enrollment_id": "enrollment"}
    ),
    "cohort_people.invite_one": Row(
        COUNTY | {"coordinator of Norr"}, url={"enrollment_id": "enrollment"}
    ),
    # certificates
    "certificates.show": Row({"nora"}, url=CERTIFICATE),
    "certificates.pdf": Row({"nora"}, url=CERTIFICATE),
    "certificates.ready": Row(COUNTY, MUNICIPAL, {"cohort_id": "cohort"}),
    "certificates.issue": Row(COUNTY, MUNICIPAL, {"cohort_id": "cohort"}),
    "certificates.ask_to_revoke": Row(COUNTY, url=CERTIFICATE),
    "certificates.revoke": Row(COUNTY, url=CERTIFICATE),
    "certificates.ask_to_replace": Row(COUNTY, url=CERTIFICATE),
    "certificates.replace": Row(COUNTY, url=CERTIFICATE),
    # the editors' room: coordinators may look
    "editing.index": Row(PREVIEWERS),
    **{
        f"editing.{page}": Row(PREVIEWERS, url=COURSE | more)
        for page, more in (
            ("show", {}), ("problems", {}), ("facts", {}), ("help_lines", {}), ("changes", {}),
            ("change", {"path": "changed file"}), ("download_draft", {}),
            ("editions_", {}), ("download_edition", {"number": "edition"}),
            ("module", {"slug": "module"}), ("lesson", LESSON), ("check", {"slug": "module"}),
            ("assignment", {"slug": "individual"}), ("figure", {"figure_id": "figure"}),
            ("page", {"slug": "page"}),
        )
    },
    **{
        f"editing.{page}": Row({"editor"}, COORDINATORS, COURSE | more)
        for page, more in (
            ("edit", {"path": "file"}), ("save", {"path": "file"}), ("new", {}), ("add", {}),
            ("remove", {"path": "file"}), ("discard", {"path": "file"}), ("ask_to_discard", {}),
            ("discard_draft", {}), ("help_line", {"line_id": "help line"}),
            ("change_line", {"line_id": "help line"}), ("fact", {"fact_id": "fact"}),
            ("change_dates", {"fact_id": "fact"}), ("load_folder", {}), ("receive_folder", {}),
            ("check_folder", {"digest": "folder"}), ("take_in_folder", {"digest": "folder"}),
            ("check_publish", {}), ("publish_draft", {}), ("check_return", {"number": "edition"}),
            ("return_to", {"number": "edition"}),
        )
    },
    # the administrator
    "admin.show": Row({"administrator"}),
    "admin.send_mail_again": Row({"administrator"}, url={"mail_id": "mail"}),
    "admin.second_step": Row({"administrator"}),
    "admin.require_second_step": Row({"administrator"}),
    "admin.run_job_again": Row({"administrator"}, url={"job_id": "job"}),
    # notices and the calendar
    **dict.fromkeys(
        ("notices.choose", "notices.renew_calendar", "notices.end_calendar"), Row(EVERYBODY)
    ),
    **dict.fromkeys(  # whoever has the address may
        ("notices.unsubscribe", "notices.leave"), Row(EVERYBODY, url={"token": "leaving token"})
    ),
    "notices.calendar": Row(EVERYBODY, url={"secret": "calendar secret"}),
    # everybody
    **dict.fromkeys(
        (
            "public.start", "public.support", "public.contact", "public.received",
            "public.privacy", "public.accessibility", "messages.send", "messages.report_barrier",
            "second_step.show", "second_step.prove", "second_step.passkey",
            "second_step.enroll_app", "second_step.enroll_passkey", "second_step.go_on",
            "auth.login", "auth.log_in", "auth.logout", "auth.language", "auth.landing",
            "health.alive", "health.ready", "verify.form", "searching.show",
            "public.managers", "links.forgot", "links.ask_for_reset", "links.by_mail",
            "links.ask_for_login", "links.asked",
        ),
        PUBLIC,
    ),
    "public.page": Row(EVERYBODY, url={"page_slug": "page"}),
    "verify.show": Row(EVERYBODY, url={"code": "code"}),
    **{
        f"links.{page}": Row(EVERYBODY, url={"token": "unknown token"})  # says nothing
        for page in (
            "login", "log_in", "reset", "choose_password", "new_address", "confirm",
            "old_address", "keep",
        )
    },
    # there are people already
    "installing.enter": Row(set(), url={"code": "unknown token"}),
    "installing.show": Row(set(), url={"step": "round"}),
    "installing.save": Row(set(), url={"step": "round"}),
    "invitations.show": Row(set(), url={"token": "unknown token"}),
    "invitations.accept": Row(set(), url={"token": "unknown token"}),
    "invitations.renew": Row(EVERYBODY, url={"token": "unknown token"}),  # says nothing
}


@pytest.fixture
def cast(session, course):
    cast = make_cast(session, course)
    session.commit()
    return cast


@pytest.fixture
def things(app, session, cast, course):
    """Name in a row's `url` → what stands in the address."""
    store = app.extensions["editions"]
    folder = app.extensions["uploads"].keep(published(store))
    draft = make_draft(session, store, cast.people["editor"].id) | {"folder": folder}
    reflection = make_reflection(app, session, cast.people["nora"])
    copy = make_copy(app, session, cast.people["nora"])
    secrets = secret_addresses(app, session, cast.people["nora"])
    login = make_login(session, cast.people["nora"])
    passkey = make_passkey(session, cast.people["nora"])
    files = make_files(app, session, cast, course)
    make_plan(session, cast.team, cast.people["nora"])
    written = make_joint_work(session, cast, course)
    shown = show_to_police(session, cast, course)
    by_two = next(a for a in course.assignments if a.readers > 1)
    read_by_two = make_submission(session, cast.cohort, cast.team, by_two, rounds=2)
    stop = make_stop(app, session, cast, course)
    talked = make_talk(session, cast, course)
    session.commit()
    module = course.modules[0]
    exercised = next(lesson for lesson in module.lessons if lesson.exercises)
    individual = next(a for a in course.assignments if not a.is_joint)
    joint = next(a for a in course.assignments if a.is_joint)
    return draft | {
        "module": module.slug, "lesson": module.lessons[0].slug, "vouched": "webbkurs",
        "lesson with exercise": exercised.slug, "exercise": exercised.exercises[0].id,
        "individual": individual.slug, "joint": joint.slug, "round": 1,
        "submission": cast.submission.id, "joint submission": cast.joint.id,
        "read by two": read_by_two.id,
        "cohort": cast.cohort.id, "team": cast.team.id, "enrollment": cast.enrollment.id,
        "certificate": cast.certificate.id, "mail": cast.mail.id, "job": cast.job.id,
        "role": cast.role.id, "joint id": joint.id, "individual id": individual.id,
        **talked, "approved team": cast.approved.team_id,
        "page": course.pages[-1].slug, "code": cast.certificate.code,
        "unknown token": "no-such-token", "chapter": "lage", **secrets,
        "login": login.id, "passkey": passkey.id,
        "data copy": copy.id,
        "reflection": reflection.id, "survey": "fore",
        **files, **written,
        "shown version": shown.id,
        **files, "stop": stop.id,
    }


def make_files(app, session, cast, course):
    """Nora's files beside her and her team's draft, and in what they handed in."""
    by = cast.people["nora"]
    for submission in (cast.submission, cast.joint):
        in_rounds(app, session, submission, by=by)
    own, joint = (
        beside_draft(
            app, session, owner, course.items[submission.assignment_id], by=by
        ).id
        for owner, submission in ((cast.enrollment, cast.submission), (cast.team, cast.joint))
    )
    paper = on_behalf(
        app, session, cast.enrollment, course.items[cast.submission.assignment_id],
        by=cast.people["trainer"],
    )
    return {"own file": own, "joint file": joint, "paper file": paper.id, "newest round": 2}


def make_stop(app, session, cast, course):
    """Something of Nora's that a trainer has stopped who is not in the matrix."""
    by = session.get_one(User, cast.role.user_id)
    assignment = [one for one in course.assignments if not one.is_joint][1]
    submission = make_submission(session, cast.cohort, cast.enrollment, assignment)
    in_rounds(app, session, submission, by=cast.people["nora"])
    stop = stop_round(session, submission, course, by=by)
    stop.masked = {}
    session.flush()
    return stop


def key(rule):
    """A page of one's own and the same page of a team are two rows."""
    return f"{rule.endpoint} (team)" if JOINT.keys() <= rule.arguments else rule.endpoint


def rules(app):
    """Pages first: a form may take away what a page shows."""
    return sorted(
        (
            (rule, method)
            for rule in app.url_map.iter_rules()
            if rule.endpoint != "static"
            for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"})
        ),
        key=lambda pair: pair[1] != "GET",
    )


def test_every_route_has_a_row_and_every_row_a_route(app):
    assert {key(rule) for rule, _ in rules(app)} == set(ROUTES)


def test_who_gets_where(app, cast, things, login):
    """One pass over all routes, roles and methods; collects everything that differs."""
    clients = {name: login(user, on=app.test_client()) for name, user in cast.people.items()}
    tokens = {name: token_from(client) for name, client in clients.items()}
    wrong, cells = [], 0
    for rule, method in rules(app):
        if rule.endpoint in ENDINGS:
            continue  # it would end the pass; its own test has it
        row = ROUTES[key(rule)]
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(
                rule.endpoint,
                {name: things[row.url[name]] for name in rule.arguments},
                method=method,
            )
        for name, client in clients.items():
            answer = client.open(path, method=method, data=FORM | {"csrf_token": tokens[name]})
            got = {403: "forbidden", 404: "not found"}.get(answer.status_code, "ok")
            want = (
                "ok" if name in row.ok
                else "forbidden" if name in row.forbidden
                else "not found"
            )
            cells += 1
            if got != want or answer.status_code in (400, 500):
                wrong.append((method, path, name, answer.status_code, want))
            answer.close()
    assert not wrong, "\n".join(map(str, wrong))
    assert cells == (len(rules(app)) - len(ENDINGS)) * len(EVERYBODY)


def test_a_visitor_gets_nothing_but_the_public_pages(app, cast, things):
    client = app.test_client()
    token = token_from(client)
    wrong = []
    for rule, method in rules(app):
        row = ROUTES[key(rule)]
        if getattr(app.view_functions[rule.endpoint], "guard", None) == "public":
            continue
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(
                rule.endpoint, {name: things[row.url[name]] for name in rule.arguments},
                method=method,
            )
        answer = client.open(path, method=method, data={"csrf_token": token})
        asked_to_log_in = (
            answer.status_code == 303 and answer.location.startswith("/logga-in")
            if method == "GET" else answer.status_code == 400
        )
        if not asked_to_log_in:
            wrong.append((method, path, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))
