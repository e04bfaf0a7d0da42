"""The words that everything else uses: roles, kinds and states, as they are stored."""

from enum import StrEnum


class Language(StrEnum):
    SWEDISH = "sv"
    ENGLISH = "en"


class OrganizationKind(StrEnum):
    MUNICIPALITY = "municipality"
    POLICE = "police"
    COUNTY_BOARD = "county_board"
    OTHER = "other"


class Sector(StrEnum):
    SCHOOL = "school"
    SOCIAL_SERVICES = "social_services"
    CARE = "care"
    CULTURE = "culture"
    SAFETY = "safety"
    TECHNICAL = "technical"
    MANAGEMENT = "management"
    POLICE = "police"
    COUNTY_BOARD = "county_board"
    OTHER = "other"


class Role(StrEnum):
    """What a person may be besides a participant. Nobody has two by having one."""

    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    SECRECY_OFFICER = "secrecy_officer"


class SecondStep(StrEnum):
    """What a login waits for after the password."""

    PROVE = "prove"
    """A code or a passkey."""
    ENROLL = "enroll"
    """The owner requires a second step and the account has none: it gets one now."""


class EnrollmentState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class AssignmentKind(StrEnum):
    INDIVIDUAL = "individual"
    JOINT = "joint"


class CompletionKind(StrEnum):
    """What a completion event says. `DONE` is never taken back by anything but `UNDONE`."""

    DONE = "done"
    UNDONE = "undone"
    WAIVED = "waived"


class Decision(StrEnum):
    """What a new edition means to a cohort that is under way."""

    KEEP = "keep"
    """The cohort reads the new edition; what it asks for stays, nobody loses anything."""
    NEW_COHORTS = "new_cohorts"
    """The cohort stays on the edition that it reads."""
    ASK_AGAIN = "ask_again"
    """The cohort reads the new edition and asks for what that asks for; who has finished a
    lesson or knowledge check that has changed does it again."""


class SubmissionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    EXCUSED = "excused"
    ON_HOLD = "on_hold"


class WorkWord(StrEnum):
    """Where work on an assignment stands, as the participant reads it."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    REVISE = "revise"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    EXCUSED = "excused"
    ON_HOLD = "on_hold"


class FileState(StrEnum):
    """Whether an uploaded file may be opened by others than who uploaded it."""

    UNCHECKED = "unchecked"
    CLEAN = "clean"
    REFUSED = "refused"


class SecrecyStepKind(StrEnum):
    """What somebody did about a text that was stopped for secrecy."""

    PRESS = "press"
    TAKE_OVER = "take_over"
    MASK = "mask"
    REPLACED = "replaced"
    """A version without the words has come in."""
    REGISTRAR = "registrar"
    """The registrar has been told."""
    MOVE = "move"
    """The original was moved to the diary."""
    OPEN = "open"
    """The original was opened again, with a reason."""
    LIFT = "lift"
    """Nobody can be recognized: the round is readable again."""
    CLOSE = "close"


class Outcome(StrEnum):
    APPROVE = "approve"
    RETURN = "return"


class Level(StrEnum):
    REVISE = "revise"
    APPROVED = "approved"
    EXCELLED = "excelled"


class SurveyChoice(StrEnum):
    """What somebody did with a survey. Either counts as done."""

    ANSWERED = "answered"
    DECLINED = "declined"


class CertificateKind(StrEnum):
    FULL = "full"
    PARTIAL = "partial"


class CertificateState(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"


class LinkPurpose(StrEnum):
    """What a link in a mail to somebody with an account is for."""

    LOGIN = "login"
    RESET = "reset"
    """Choosing a new password."""
    NEW_ADDRESS = "new_address"
    """Confirming the address that the account is to have."""
    OLD_ADDRESS = "old_address"
    """Keeping the address that the account had."""


class MailState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class JobState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class MessageTopic(StrEnum):
    """What somebody writes to the owner about."""

    TRAINING = "training"
    ACCESSIBILITY = "accessibility"
    CERTIFICATE = "certificate"
    PERSONAL_DATA = "personal_data"
    OTHER = "other"


class NoticeTopic(StrEnum):
    """What a person may turn off, each for itself."""

    DEADLINES = "deadlines"
    FEEDBACK = "feedback"
    TEAM = "team"


class NoticeKind(StrEnum):
    """What a person may be told in the day's digest."""

    DEADLINE = "deadline"
    """Something is to be handed in soon."""
    MEETING = "meeting"
    FEEDBACK = "feedback"
    """There is an answer to what was handed in."""
    ARRIVED = "arrived"
    """To those who read: something waits for an answer."""
    PROMISE_NEAR = "promise_near"
    """To those who read: the day by which an answer is promised is near."""
    PROMISE_LATE = "promise_late"
    """To those who read and who coordinate the cohort: a promised day came without an answer."""
    PROMISE_MOVED = "promise_moved"
    """The answer comes another day than was promised."""
    HOLDER = "holder"
    """One has come to hold the pen of the team."""
    PEN_TAKEN = "pen_taken"
    """Somebody in the team took a pen that nobody held."""
    WITHDRAWN = "withdrawn"
    """What the team had handed in was taken back."""
    HANDOVER = "handover"
    """To the team and whoever takes over: somebody has left it."""
    NO_HOLDER = "no_holder"
    """To coordinators: a team that is to hand in soon has nobody who holds the pen."""
    SHOWN = "shown"
    """A version of the team's text is shown to the whole team."""
    SIGN_OFF_ASKED = "sign_off_asked"
    """One's authority is asked to approve the team's text."""
    SIGN_OFF_ANSWERED = "sign_off_answered"
    """To who holds the pen: an authority has answered."""
    REPLY = "reply"
    """A trainer has written, read a draft, or said no to more time."""
    EXTENDED = "extended"
    """There is a later date."""
    QUESTION = "question"
    """To those who read: a question, a request or a draft waits for an answer."""
    REGISTERED = "registered"
    """Somebody has handed in for the one it is about."""
    EXCUSED = "excused"
    """Something that the course asks for need not be done."""
    CONTRIBUTION = "contribution"
    """Somebody has shared a contribution with the team."""
    PLAN_ISSUED = "plan_issued"
    """There is an edition of the team's plan."""
    SECOND_READING = "second_reading"
    """To who reads second: a text waits for that."""

    @property
    def topic(self) -> NoticeTopic:
        """The switch that turns it off."""
        return _TOPICS[self]


_TOPICS = {
    NoticeKind.DEADLINE: NoticeTopic.DEADLINES,
    NoticeKind.MEETING: NoticeTopic.DEADLINES,
    NoticeKind.FEEDBACK: NoticeTopic.FEEDBACK,
    NoticeKind.ARRIVED: NoticeTopic.FEEDBACK,
    NoticeKind.PROMISE_NEAR: NoticeTopic.FEEDBACK,
    NoticeKind.PROMISE_LATE: NoticeTopic.FEEDBACK,
    NoticeKind.PROMISE_MOVED: NoticeTopic.FEEDBACK,
    NoticeKind.HOLDER: NoticeTopic.TEAM,
    NoticeKind.PEN_TAKEN: NoticeTopic.TEAM,
    NoticeKind.WITHDRAWN: NoticeTopic.TEAM,
    NoticeKind.HANDOVER: NoticeTopic.TEAM,
    NoticeKind.NO_HOLDER: NoticeTopic.TEAM,
    NoticeKind.SHOWN: NoticeTopic.TEAM,
    NoticeKind.SIGN_OFF_ASKED: NoticeTopic.TEAM,
    NoticeKind.SIGN_OFF_ANSWERED: NoticeTopic.TEAM,
    NoticeKind.REPLY: NoticeTopic.FEEDBACK,
    NoticeKind.EXTENDED: NoticeTopic.DEADLINES,
    NoticeKind.QUESTION: NoticeTopic.FEEDBACK,
    NoticeKind.REGISTERED: NoticeTopic.FEEDBACK,
    NoticeKind.EXCUSED: NoticeTopic.DEADLINES,
    NoticeKind.CONTRIBUTION: NoticeTopic.TEAM,
    NoticeKind.PLAN_ISSUED: NoticeTopic.TEAM,
    NoticeKind.SECOND_READING: NoticeTopic.FEEDBACK,
}
