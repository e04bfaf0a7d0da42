"""The words people see for what is stored. Always these words, everywhere."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from courses.catalog import EntryKind
from courses.rules.sign_offs import SignOffWord
from courses.rules.visible_status import VisibleStatus
from courses.vocabulary import (
    CertificateState,
    EnrollmentState,
    Level,
    MailState,
    MessageTopic,
    NoticeKind,
    NoticeTopic,
    OrganizationKind,
    Role,
    SecrecyStepKind,
    Sector,
    SubmissionState,
    WorkWord,
)

_PAIRS = (
    (Sector.SCHOOL, _l("Skola och förskola")),
    (Sector.SOCIAL_SERVICES, _l("Socialtjänst")),
    (Sector.CARE, _l("Vård och omsorg")),
    (Sector.CULTURE, _l("Kultur och fritid")),
    (Sector.SAFETY, _l("Trygghet och säkerhet")),
    (Sector.TECHNICAL, _l("Teknik och miljö")),
    (Sector.MANAGEMENT, _l("Kommunledning")),
    (Sector.POLICE, _l("Polis")),
    (Sector.COUNTY_BOARD, _l("Länsstyrelse")),
    (Sector.OTHER, _l("Annat")),
    (OrganizationKind.MUNICIPALITY, _l("Kommun")),
    (OrganizationKind.POLICE, _l("Polismyndigheten")),
    (OrganizationKind.COUNTY_BOARD, _l("Länsstyrelsen")),
    (OrganizationKind.OTHER, _l("Annan organisation")),
    (Role.TRAINER, _l("Utbildare")),
    (Role.COORDINATOR, _l("Samordnare")),
    (Role.EDITOR, _l("Redaktör")),
    (Role.ADMINISTRATOR, _l("Administratör")),
    (Role.SECRECY_OFFICER, _l("Ansvarig tjänsteperson")),
    (SubmissionState.DRAFT, _l("Utkast")),
    (SubmissionState.SUBMITTED, _l("Inskickad")),
    (SubmissionState.IN_REVIEW, _l("Inskickad")),
    (SubmissionState.RETURNED, _l("Komplettera")),
    (SubmissionState.APPROVED, _l("Godkänd")),
    (SubmissionState.WITHDRAWN, _l("Återtagen")),
    (SubmissionState.EXCUSED, _l("Behöver inte göras")),
    (SubmissionState.ON_HOLD, _l("Pausad, vi hör av oss")),
    (SecrecyStepKind.PRESS, _l("Stoppade texten")),
    (SecrecyStepKind.TAKE_OVER, _l("Tog över")),
    (SecrecyStepKind.MASK, _l("Gjorde en maskerad kopia")),
    (SecrecyStepKind.REPLACED, _l("Noterade att en ny version har kommit in")),
    (SecrecyStepKind.REGISTRAR, _l("Meddelade registrator")),
    (SecrecyStepKind.MOVE, _l("Överförde till diariet")),
    (SecrecyStepKind.OPEN, _l("Öppnade originalet igen")),
    (SecrecyStepKind.LIFT, _l("Hävde stoppet")),
    (SecrecyStepKind.CLOSE, _l("Avslutade ärendet")),
    (VisibleStatus.NOT_STARTED, _l("Inte påbörjad")),
    (VisibleStatus.ONGOING, _l("Pågår")),
    (VisibleStatus.SUBMITTED, _l("Inskickad")),
    (VisibleStatus.DONE, _l("Klar")),
    (WorkWord.NOT_STARTED, _l("Inte påbörjad")),
    (WorkWord.DRAFT, _l("Utkast")),
    (WorkWord.SUBMITTED, _l("Inskickad")),
    (WorkWord.REVISE, _l("Komplettera")),
    (WorkWord.APPROVED, _l("Godkänd")),
    (WorkWord.WITHDRAWN, _l("Återtagen")),
    (WorkWord.EXCUSED, _l("Behöver inte göras")),
    (WorkWord.ON_HOLD, _l("Pausad, vi hör av oss")),
    (Level.REVISE, _l("Komplettera")),
    (Level.APPROVED, _l("Godkänd")),
    (Level.EXCELLED, _l("Fördjupad")),
    (CertificateState.VALID, _l("Giltigt")),
    (CertificateState.REPLACED, _l("Ersatt")),
    (CertificateState.REVOKED, _l("Återkallat")),
    (CertificateState.EXPIRED, _l("Utgånget")),
    (EnrollmentState.ACTIVE, _l("Deltar")),
    (EnrollmentState.PAUSED, _l("Uppehåll")),
    (EnrollmentState.ENDED, _l("Avslutat")),
    (MailState.WAITING, _l("Väntar")),
    (MailState.SENT, _l("Skickat")),
    (MailState.FAILED, _l("Misslyckat")),
    (MessageTopic.TRAINING, _l("Utbildningen")),
    (MessageTopic.ACCESSIBILITY, _l("Tillgänglighet")),
    (MessageTopic.CERTIFICATE, _l("Ett intyg")),
    (MessageTopic.PERSONAL_DATA, _l("Personuppgifter")),
    (MessageTopic.OTHER, _l("Något annat")),
    (NoticeTopic.DEADLINES, _l("Tider och frister")),
    (NoticeTopic.FEEDBACK, _l("Återkoppling")),
    (NoticeTopic.TEAM, _l("Teamet")),
    (NoticeKind.DEADLINE, _l("Sista datum")),
    (NoticeKind.MEETING, _l("Träff")),
    (NoticeKind.FEEDBACK, _l("Återkoppling")),
    (NoticeKind.ARRIVED, _l("Väntar på återkoppling")),
    (NoticeKind.PROMISE_NEAR, _l("Utlovat svar")),
    (NoticeKind.PROMISE_LATE, _l("Försenat svar")),
    (NoticeKind.PROMISE_MOVED, _l("Ny dag för svar")),
    (NoticeKind.HOLDER, _l("Skrivansvarig")),
    (NoticeKind.PEN_TAKEN, _l("Teamet har en skrivansvarig")),
    (NoticeKind.WITHDRAWN, _l("Återtagen")),
    (NoticeKind.HANDOVER, _l("Byte i teamet")),
    (NoticeKind.NO_HOLDER, _l("Ingen skrivansvarig")),
    (NoticeKind.SHOWN, _l("Version för hela teamet")),
    (NoticeKind.SIGN_OFF_ASKED, _l("Fråga om godkännande")),
    (NoticeKind.SIGN_OFF_ANSWERED, _l("Svar om godkännande")),
    (SignOffWord.NOT_ASKED, _l("Inte frågad")),
    (SignOffWord.ASKED, _l("Inte svarat än")),
    (SignOffWord.NOT_YET, _l("Inte än")),
    (SignOffWord.CHANGED, _l("Texten har ändrats, fråga igen")),
    (SignOffWord.APPROVED, _l("Godkänner innehållet")),
    (SignOffWord.WAIVED, _l("Behöver inte godkänna")),
    (EntryKind.COURSE, _l("Utbildningen")),
    (EntryKind.MODULE, _l("Modul")),
    (EntryKind.LESSON, _l("Lektion")),
    (EntryKind.CHECK, _l("Kunskapskoll")),
    (EntryKind.ASSIGNMENT, _l("Uppgift")),
    (EntryKind.FIGURE, _l("Figur")),
    (EntryKind.PAGE, _l("Sida")),
    (EntryKind.OTHER, _l("Annan fil")),
)
# members of different enums are equal when their strings are: the type is part of the key
_LABELS = {(type(member), member.value): text for member, text in _PAIRS}


def label(member: StrEnum) -> str:
    """Return the word for a stored value; KeyError when it has none."""
    return str(lazy_label(member))


def lazy_label(member: StrEnum) -> LazyString:
    """Return the word, to be put into the reader's language when it is shown."""
    return _LABELS[type(member), member.value]
