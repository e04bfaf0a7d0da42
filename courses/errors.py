"""What the domain refuses, and why. The web layer turns these into pages."""

from enum import StrEnum
from typing import Any


class CoursesError(Exception):
    """Whatever the course engine raises on purpose."""


class NotFound(CoursesError):
    """There is no such thing, or the actor may not know that there is."""


class Reason(StrEnum):
    """Why something was refused. `app/reasons.py` has a sentence for each."""

    SECRECY_LESSON_FIRST = "secrecy_lesson_first"
    """A lesson that comes before any hand-in is not done. Params: `lesson`."""
    EARLIER_JOINT_FIRST = "earlier_joint_first"
    """The joint assignment before this one is not handed in. Params: `assignment`."""
    ALREADY_SUBMITTED = "already_submitted"
    ALREADY_APPROVED = "already_approved"
    REVIEW_HAS_BEGUN = "review_has_begun"
    NOTHING_TO_WITHDRAW = "nothing_to_withdraw"
    NOT_TO_HAND_IN = "not_to_hand_in"
    """An assignment that one marks as done oneself."""
    TO_HAND_IN = "to_hand_in"
    """An assignment that is handed in, not marked as done."""
    PERSONAL_NUMBER = "personal_number"
    """A personal identity or coordination number stands in the text."""
    ANSWERS_INCOMPLETE = "answers_incomplete"
    """A required part is empty, or a part is longer than it may be."""
    NOT_ATTESTED = "not_attested"
    """The sentence about individuals, or a warning about them, was not answered."""
    WORK_ON_HOLD = "work_on_hold"
    WORK_EXCUSED = "work_excused"
    LAST_ADMINISTRATOR = "last_administrator"
    """Erasing the account that alone can let others in."""
    NOT_YET_OPEN = "not_yet_open"
    """Params: `date`."""
    SURVEY_NOT_YET_OPEN = "survey_not_yet_open"
    """Params: `date`."""
    SURVEY_CLOSED = "survey_closed"
    COHORT_HAS_ENDED = "cohort_has_ended"
    EXERCISE_FIRST = "exercise_first"
    REVIEW_TAKEN = "review_taken"
    """Another trainer holds the claim. Params: `name`."""
    REVIEW_DONE = "review_done"
    """Another trainer has answered this round. Params: `name`, `at`."""
    NEW_ROUND = "new_round"
    """The text under review has been withdrawn or replaced."""
    CRITERIA_MISSING = "criteria_missing"
    OUTCOME_CONTRADICTS = "outcome_contradicts"
    """Approved although a criterion says revise, or the other way."""
    OUTCOME_MISSING = "outcome_missing"
    COMMENT_MISSING = "comment_missing"
    """A return without a word about what to do."""
    DUE_IN_THE_PAST = "due_in_the_past"
    PROMISE_NOT_LATER = "promise_not_later"
    """A new day for an answer that has been, or that is the promised one already."""
    PROMISE_ON_A_DAY_OFF = "promise_on_a_day_off"
    """A weekend, a holiday or a break of the course."""
    PROMISE_WITHOUT_REASON = "promise_without_reason"
    CERTIFICATE_NOT_VALID = "certificate_not_valid"
    """It has been replaced or revoked already."""
    INVITATION_USED = "invitation_used"
    LINK_USED = "link_used"
    """A link in a mail that has been used, replaced or has run out."""
    EMAIL_TAKEN = "email_taken"
    NAME_TAKEN = "name_taken"
    COHORT_IS_OPEN = "cohort_is_open"
    COHORT_NOT_READY = "cohort_not_ready"
    TEAM_NOT_EMPTY = "team_not_empty"
    NOT_IN_A_TEAM = "not_in_a_team"
    """There is no team in which a place could be handed over."""
    SAME_PERSON = "same_person"
    """Somebody cannot take over from themselves, or from another cohort."""
    PUBLISHED_MEANWHILE = "published_meanwhile"
    """Another edition was published since the editor looked. Params: `number`."""
    NOTHING_LEFT_TO_ASK = "nothing_left_to_ask"
    """Nothing that a cohort asks for is in the edition. Params: `cohort`."""
    SECOND_FACTOR_REQUIRED = "second_factor_required"
    """The owner requires a second step, and this is the last one."""
    FILE_UNREADABLE = "file_unreadable"
    """A file of the course has to be mended in the text box before its form can be used."""
    FILE_TOO_LONG = "file_too_long"
    """Params: `limit` in thousands of characters."""
    PATH_NOT_ALLOWED = "path_not_allowed"
    """A name or a place where no file of a course can be."""
    PATH_TAKEN = "path_taken"
    FILE_NEEDED = "file_needed"
    """course.toml cannot be left out."""
    ZIP_TOO_LARGE = "zip_too_large"
    """Params: `limit` in MB, as for the other sizes."""
    ZIP_UNREADABLE = "zip_unreadable"
    ZIP_ENCRYPTED = "zip_encrypted"
    ZIP_TOO_MANY = "zip_too_many"
    """Params: `limit`."""
    ZIP_UNPACKS_TOO_LARGE = "zip_unpacks_too_large"
    ZIP_FILE_TOO_LARGE = "zip_file_too_large"
    """Params: `file`, as for the others about one file; `limit`."""
    ZIP_PATH = "zip_path"
    ZIP_LINK = "zip_link"
    ZIP_NAME = "zip_name"
    ZIP_SUFFIX = "zip_suffix"
    ZIP_TWICE = "zip_twice"
    ZIP_NO_COURSE = "zip_no_course"
    ZIP_SEVERAL_COURSES = "zip_several_courses"
    ZIP_OTHER_COURSE = "zip_other_course"
    """Params: `found`, `course`."""
    UPLOAD_MISSING = "upload_missing"
    """No file was chosen."""
    UPLOAD_TYPE = "upload_type"
    UPLOAD_TOO_LARGE = "upload_too_large"
    UPLOAD_EMPTY = "upload_empty"
    UPLOAD_UNREADABLE = "upload_unreadable"
    """Broken, cut off, locked with a password."""
    UPLOAD_MISMATCH = "upload_mismatch"
    """It is something else than its name says, or two things at once."""
    UPLOAD_MACROS = "upload_macros"
    """A document with programs in it."""
    UPLOAD_ACTIVE = "upload_active"
    """A PDF that does something when it is opened."""
    UPLOAD_NESTED = "upload_nested"
    """Another file lies in it."""
    UPLOAD_UNPACKS = "upload_unpacks"
    """It becomes too large, or too many files, when it is unpacked."""
    UPLOAD_PIXELS = "upload_pixels"
    UPLOAD_VIRUS = "upload_virus"
    UPLOAD_INTERRUPTED = "upload_interrupted"
    UPLOAD_TOO_MANY = "upload_too_many"
    UPLOAD_QUOTA = "upload_quota"
    UPLOAD_AT_ONCE = "upload_at_once"
    """The same person is uploading two files already."""
    UPLOAD_NO_ROOM = "upload_no_room"
    """The server's disk is full."""
    FILE_UNCHECKED = "file_unchecked"
    """Somebody else's file that has not been checked yet."""
    FILES_WAITING = "files_waiting"
    """A hand-in with a file that has not been gone through yet."""
    FILES_STOPPED = "files_stopped"
    """A hand-in with a file that was refused after it had been uploaded."""


class Refused(CoursesError):
    """A rule says no. Carries the reason and what its sentence needs."""

    def __init__(self, reason: Reason, **params: Any) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params


class Stale(CoursesError):
    """Another text was saved first. `mine` is what was sent, `theirs` what stands now, `by` the
    name of who saved it; None when that was the same person, or nobody knows."""

    def __init__(self, mine: Any, theirs: Any, *, version: int, by: str | None = None) -> None:
        super().__init__(f"version {version}")  # an error is logged, a text never
        self.mine = mine
        self.theirs = theirs
        self.version = version
        self.by = by


class Outrun(CoursesError):
    """Somebody else changed what this was about meanwhile. The same may be tried once more."""
