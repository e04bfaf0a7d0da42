"""What is stored: one aggregate a file."""

from courses.models.account import (
    AccountLink,
    IdempotencyKey,
    Invitation,
    LoginFailure,
    LoginSession,
)
from courses.models.base import Base, PersonalData
from courses.models.certificate import Certificate
from courses.models.cohort import (
    Cohort,
    CohortDeadline,
    CohortMeeting,
    CohortModule,
    Edition,
    Publication,
)
from courses.models.content import ContentChange
from courses.models.file import BehalfFile, DraftFile, FileFinding, RoundFile, StoredFile
from courses.models.handover import Handover, HandoverNote
from courses.models.joint import (
    Contribution,
    JointSection,
    RoundSource,
    SectionComment,
    SectionSource,
    SharedContribution,
)
from courses.models.my_data import DataCopy
from courses.models.notice import CalendarAddress, Notice, NoticeChoice
from courses.models.organization import Organization
from courses.models.place import LessonPlace
from courses.models.plan import MunicipalPlan, PlanChapter
from courses.models.progress import Completion, CompletionEvent, ModuleProgress, Response
from courses.models.promise import PromiseChange
from courses.models.reading import LoneReading, Reading, SecondReader
from courses.models.record import AccessEvent, AuditEvent, ContactMessage, DisposalItem
from courses.models.reflection import Cipher, Reflection
from courses.models.review import Review, ReviewDraft, SavedComment
from courses.models.second_factor import (
    AuthenticatorApp,
    Passkey,
    RecoveryCode,
    RememberedDevice,
    UsedChallenge,
)
from courses.models.secrecy import (
    SecrecyStep,
    SecrecyStop,
    SecrecyUndertaking,
    not_moved,
    not_sealed,
    sealed,
    stopped_in,
)
from courses.models.setting import OwnerSetting
from courses.models.sign_off import ShownVersion, SignOff, SignOffWaiver
from courses.models.submission import Draft, Submission, SubmissionRound, owned_by
from courses.models.survey import SurveyAnswer, SurveyParticipation, SurveyResult
from courses.models.talk import (
    DraftReading,
    DraftReply,
    Extension,
    Thread,
    ThreadMessage,
    ThreadReader,
    TimeRequest,
    is_unread,
)
from courses.models.team import Enrollment, Team, TeamMember
from courses.models.team_word import CohortShowing, ContributionLine, ReadyMark
from courses.models.user import RoleAssignment, User
from courses.models.work import Job, OutboxMail

__all__ = [
    "AccessEvent", "AccountLink", "AuditEvent", "AuthenticatorApp", "Base", "BehalfFile",
    "CalendarAddress",
    "Certificate", "Cipher", "Cohort", "CohortDeadline", "CohortMeeting", "CohortModule",
    "CohortShowing", "Completion", "CompletionEvent", "ContactMessage", "ContentChange",
    "Contribution", "ContributionLine", "DataCopy", "DisposalItem", "Draft", "DraftFile",
    "DraftReading", "DraftReply", "Edition", "Enrollment", "Extension", "FileFinding", "Handover",
    "HandoverNote", "IdempotencyKey", "Invitation", "Job", "JointSection", "LessonPlace",
    "LoginFailure", "LoginSession", "LoneReading", "ModuleProgress", "MunicipalPlan", "Notice",
    "NoticeChoice", "Organization", "OutboxMail", "OwnerSetting", "Passkey", "PersonalData",
    "PlanChapter", "PromiseChange", "Publication", "Reading", "ReadyMark", "RecoveryCode",
    "Reflection", "RememberedDevice", "Response", "Review", "ReviewDraft", "RoleAssignment",
    "RoundFile", "RoundSource", "SavedComment", "SecondReader", "SecrecyStep", "SecrecyStop",
    "SecrecyUndertaking", "SectionComment", "SectionSource", "SharedContribution", "ShownVersion",
    "SignOff", "SignOffWaiver", "StoredFile", "Submission", "SubmissionRound", "SurveyAnswer",
    "SurveyParticipation", "SurveyResult", "Team", "TeamMember", "Thread", "ThreadMessage",
    "ThreadReader", "TimeRequest", "UsedChallenge", "User", "is_unread", "not_moved",
    "not_sealed", "owned_by", "sealed", "stopped_in",
]
