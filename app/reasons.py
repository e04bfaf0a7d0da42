"""A sentence for each reason the domain refuses something."""

from flask_babel import lazy_gettext as _l

from app.i18n import day
from courses.errors import Reason, Refused

SENTENCES = {
    Reason.SECRECY_LESSON_FIRST: _l(
        "Gör lektionen ”%(lesson)s” först. Den handlar om sekretess, och inget kan skickas in "
        "innan den är klar."
    ),
    Reason.EARLIER_JOINT_FIRST: _l("Teamet behöver skicka in ”%(assignment)s” först."),
    Reason.ALREADY_SUBMITTED: _l("Uppgiften är redan inskickad och väntar på återkoppling."),
    Reason.ALREADY_APPROVED: _l("Uppgiften är redan godkänd."),
    Reason.REVIEW_HAS_BEGUN: _l("Granskningen har börjat, så uppgiften kan inte återtas."),
    Reason.NOTHING_TO_WITHDRAW: _l("Det finns ingen inskickad uppgift att återta."),
    Reason.NOT_TO_HAND_IN: _l("Uppgiften lämnas inte in. Du markerar den själv som klar."),
    Reason.TO_HAND_IN: _l("Uppgiften lämnas in och kan inte markeras som klar."),
    Reason.PERSONAL_NUMBER: _l(
        "Texten innehåller något som ser ut som ett personnummer. Ta bort det innan du skickar in."
    ),
    Reason.ANSWERS_INCOMPLETE: _l("Alla delar är inte klara att skicka in."),
    Reason.NOT_ATTESTED: _l(
        "Intyga att texten inte handlar om någon enskild person innan du skickar in."
    ),
    Reason.PEN_TAKEN: _l("%(name)s är redan skrivansvarig."),
    Reason.SECTION_FULL: _l("Bidraget får inte plats i avsnittet."),
    Reason.SECTION_NOT_FOR_TEXT: _l("I det här avsnittet går det inte att lägga in text."),
    Reason.SECTION_CHANGED: _l(
        "Någon har skrivit vidare i avsnittet, så det går inte att ångra. Ta bort texten i "
        "avsnittet i stället."
    ),
    Reason.CONTRIBUTION_EMPTY: _l("Skriv några ord innan du delar."),
    Reason.CONTRIBUTION_IN_USE: _l(
        "Bidraget finns i den gemensamma texten och går inte att ta tillbaka."
    ),
    Reason.SHARED_NUMBER: _l(
        "Texten innehåller något som ser ut som ett personnummer. Ta bort det innan andra får "
        "läsa den."
    ),
    Reason.NUMBER_READ_ELSEWHERE: _l(
        "Ta bort det som ser ut som ett personnummer, så sparas texten. %(others)s läser "
        "utkastet och är en annan myndighet, så texten är inte sparad än."
    ),
    Reason.SHARED_UNCHECKED: _l(
        "Kontrollera ställena som kan peka ut någon innan andra får läsa texten."
    ),
    Reason.REQUEST_WAITS: _l("Ni har redan bett om mer tid. Utbildaren har inte svarat än."),
    Reason.REQUEST_ANSWERED: _l("%(name)s hann svara före dig."),
    Reason.NOTHING_TO_EXTEND: _l("Uppgiften är redan inskickad eller behöver inte göras."),
    Reason.NOT_FOR_ONESELF: _l("Ingen kan registrera sin egen uppgift."),
    Reason.REGISTERED_BY_ONESELF: _l(
        "Du har själv registrerat texten. Låt en annan utbildare svara på den."
    ),
    Reason.NOTHING_TO_READ: _l("Skriv något i utkastet först."),
    Reason.DRAFT_WAITS: _l("Ett utkast är redan skickat för läsning och väntar på svar."),
    Reason.DRAFT_ANSWERED: _l("%(name)s har redan svarat på utkastet."),
    Reason.DATE_NOT_LATER: _l("Välj ett datum som är senare än det som gäller nu."),
    Reason.DATE_IN_BREAK: _l("Då har utbildningen uppehåll. Välj en annan dag."),
    Reason.DATE_AFTER_COHORT: _l(
        "Då är utbildningsomgången slut. Välj ett datum innan dess."
    ),
    Reason.WORK_ON_HOLD: _l("Uppgiften är pausad. Vi hör av oss till dig."),
    Reason.WORK_EXCUSED: _l("Den här uppgiften behöver inte göras."),
    Reason.SECRECY_STOPPED: _l(
        "Texten är stoppad av sekretesskäl. Den går inte att läsa eller besvara."
    ),
    Reason.PASSAGE_MISSING: _l("Markera minst ett ställe där någon kan kännas igen."),
    Reason.STOPPED_WORDS: _l(
        "I ”%(label)s” står ord som stoppades kvar. Ta bort dem innan du skickar in."
    ),
    Reason.STILL_MASKED: _l(
        "[stoppat] står kvar i texten. Skriv om stället utan [stoppat], eller låt hela avsnittet "
        "vara som det var."
    ),
    Reason.STOPPED_FILE: _l(
        "Filen ”%(name)s” stoppades. Ta bort den innan du skickar in."
    ),
    Reason.TAKE_OVER_FIRST: _l("Ta över ärendet först."),
    Reason.STOP_CLOSED: _l("Ärendet är avslutat."),
    Reason.IN_DIARY: _l("Originalet är överfört till diariet."),
    Reason.NOT_IN_DIARY: _l(
        "Skriv varför originalet inte behöver överföras till diariet, eller överför det först."
    ),
    Reason.NOT_REPLACED: _l("Ingen ny version utan de markerade orden har kommit in."),
    Reason.LAST_ADMINISTRATOR: _l(
        "Ditt konto är det enda som får administrera tjänsten. Ge någon annan rollen först."
    ),
    Reason.NOT_YET_OPEN: _l("Modulen öppnar %(date)s."),
    Reason.SURVEY_NOT_YET_OPEN: _l("Enkäten öppnar %(date)s."),
    Reason.SURVEY_CLOSED: _l("Enkäten är stängd."),
    Reason.COHORT_HAS_ENDED: _l("Utbildningsomgången är avslutad."),
    Reason.EXERCISE_FIRST: _l("Gör övningen i lektionen först."),
    Reason.REVIEW_TAKEN: _l("%(name)s granskar uppgiften just nu."),
    Reason.REVIEW_DONE: _l("%(name)s har redan skickat återkoppling på den här versionen."),
    Reason.NEW_ROUND: _l("Texten har återtagits eller ersatts av en ny version."),
    Reason.SAME_READER: _l("Den andra läsaren kan inte vara samma person som den första."),
    Reason.CANNOT_READ_SECOND: _l(
        "Välj en utbildare i omgången som inte själv är med i teamet."
    ),
    Reason.NO_SECOND_READER: _l(
        "Två utbildare ska läsa den här uppgiften. Välj vem som läser som andra, eller skriv "
        "varför ingen gör det."
    ),
    Reason.READS_SECOND: _l(
        "Du läser den här uppgiften som andra läsare. Den första läsaren skickar svaret."
    ),
    Reason.READ_FIRST: _l("Säg först att du är klar med din egen läsning."),
    Reason.SECOND_STILL_READS: _l(
        "%(name)s är inte klar med sin läsning. Svaret kan skickas när ni båda har läst."
    ),
    Reason.COMPARE_FIRST: _l("Jämför era läsningar innan svaret skickas."),
    Reason.JOINT_BEGUN: _l("Du skriver redan det gemensamma svaret. Ändra där i stället."),
    Reason.PRESENTED_ANOTHER_DAY: _l(
        "Välj en dag mellan utbildningens start och i dag."
    ),
    Reason.ALREADY_FINISHED: _l("Det är redan klart och räknas."),
    Reason.EXCUSE_STANDS: _l(
        "Det går inte att ändra längre: ett intyg är utfärdat, eller så är det gjort sedan dess."
    ),
    Reason.CRITERIA_MISSING: _l("Välj en nivå för varje kriterium."),
    Reason.OUTCOME_CONTRADICTS: _l(
        "Beslutet stämmer inte med nivåerna. Be om komplettering när någon nivå är Komplettera, "
        "annars godkänn."
    ),
    Reason.OUTCOME_MISSING: _l("Välj om uppgiften är godkänd eller ska kompletteras."),
    Reason.COMMENT_MISSING: _l("Skriv vad som behöver kompletteras."),
    Reason.PHRASE_UNFINISHED: _l("Skriv klart raden som slutar med … eller ta bort den."),
    Reason.DUE_IN_THE_PAST: _l("Välj ett datum som inte har varit."),
    Reason.DUE_IN_A_BREAK: _l(
        "Dagen ligger i ett uppehåll i utbildningen. Välj en dag före eller efter."
    ),
    Reason.BANK_FULL: _l(
        "Du har redan %(most)s egna kommentarer här. Ta bort någon innan du sparar en ny."
    ),
    Reason.PROMISE_NOT_LATER: _l("Välj en annan dag än den utlovade, tidigast i morgon."),
    Reason.PROMISE_ON_A_DAY_OFF: _l(
        "Välj en vardag som inte är helgdag och inte ligger i ett uppehåll."
    ),
    Reason.PROMISE_WITHOUT_REASON: _l("Skriv varför svaret kommer en annan dag."),
    Reason.CERTIFICATE_NOT_VALID: _l("Intyget gäller inte längre."),
    Reason.INVITATION_USED: _l("Länken är redan använd. Logga in eller be om en ny."),
    Reason.LINK_USED: _l("Länken är använd eller har gått ut. Be om en ny."),
    Reason.EMAIL_TAKEN: _l("Det finns redan en person med den e-postadressen."),
    Reason.NAME_TAKEN: _l("Namnet används redan."),
    Reason.COHORT_IS_OPEN: _l("Utbildningsomgången har öppnat, så det går inte att ändra."),
    Reason.COHORT_NOT_READY: _l("Utbildningsomgången kan inte öppnas än."),
    Reason.NOT_IN_A_TEAM: _l("Personen är inte med i något team, så det finns inget att ta över."),
    Reason.SAME_PERSON: _l("Välj någon annan i samma utbildningsomgång."),
    Reason.TEAM_NOT_EMPTY: _l("Teamet har medlemmar och kan inte tas bort."),
    Reason.PUBLISHED_MEANWHILE: _l(
        "Upplaga %(number)s publicerades medan du tittade. Ingenting har ändrats. Läs igenom vad "
        "som skiljer en gång till."
    ),
    Reason.NOTHING_LEFT_TO_ASK: _l(
        "Upplagan innehåller ingenting av det som ”%(cohort)s” kräver. Låt omgången stå kvar på "
        "sin upplaga, eller kräv det som den nya kräver."
    ),
    Reason.SECOND_FACTOR_REQUIRED: _l(
        "Din roll kräver tvåstegsinloggning. Lägg till en annan passnyckel eller app först."
    ),
    Reason.FILE_UNREADABLE: _l(
        "Filen går inte att läsa just nu. Rätta den i textrutan först, sedan fungerar formuläret."
    ),
    Reason.FILE_TOO_LONG: _l("Texten är längre än %(limit)s 000 tecken. Dela den i flera filer."),
    Reason.PATH_NOT_ALLOWED: _l(
        "En fil kan inte heta så eller ligga där. Skriv till exempel "
        "01-uppstart/lessons/5-ny-lektion.md, med små bokstäver, siffror och bindestreck."
    ),
    Reason.PATH_TAKEN: _l("Det finns redan en fil med det namnet."),
    Reason.FILE_NEEDED: _l(
        "Filen course.toml kan inte tas bort: utan den finns ingen utbildning."
    ),
    Reason.ZIP_TOO_LARGE: _l("ZIP-filen är större än %(limit)s MB."),
    Reason.ZIP_UNREADABLE: _l(
        "Filen är ingen ZIP-fil, eller så är den skadad. Packa mappen igen och välj den nya filen."
    ),
    Reason.ZIP_ENCRYPTED: _l("ZIP-filen är låst med lösenord. Packa mappen utan lösenord."),
    Reason.ZIP_TOO_MANY: _l("ZIP-filen innehåller fler än %(limit)s filer."),
    Reason.ZIP_UNPACKS_TOO_LARGE: _l("Uppackade är filerna större än %(limit)s MB tillsammans."),
    Reason.ZIP_FILE_TOO_LARGE: _l("Filen %(file)s är större än %(limit)s MB."),
    Reason.ZIP_PATH: _l(
        "Filen %(file)s pekar utanför mappen. Packa om mappen med datorns vanliga "
        "komprimeringsprogram."
    ),
    Reason.ZIP_LINK: _l(
        "%(file)s är en genväg till en annan fil. Lägg in själva filen i stället."
    ),
    Reason.ZIP_NAME: _l("Filnamnet %(file)s är för långt eller innehåller tecken som inte går."),
    Reason.ZIP_SUFFIX: _l(
        "Filen %(file)s är av ett slag som inte hör hemma i en utbildning. Där finns texter (.md, "
        ".toml), bilder (.svg, .png, .jpg, .webp), .pdf och .vtt."
    ),
    Reason.ZIP_TWICE: _l("Filen %(file)s finns två gånger, med stora och små bokstäver."),
    Reason.ZIP_NO_COURSE: _l(
        "ZIP-filen innehåller ingen course.toml. Packa hela utbildningens mapp."
    ),
    Reason.ZIP_SEVERAL_COURSES: _l(
        "ZIP-filen innehåller mer än en course.toml. Packa en utbildning i taget."
    ),
    Reason.ZIP_OTHER_COURSE: _l(
        "ZIP-filen är en annan utbildning: den har id %(found)s, men den här har %(course)s."
    ),
    Reason.UPLOAD_MISSING: _l("Välj en fil."),
    Reason.UPLOAD_TYPE: _l(
        "Filen måste vara PDF, Word, OpenDocument, PowerPoint, Excel, PNG eller JPG."
    ),
    Reason.UPLOAD_TOO_LARGE: _l(
        "Filen är större än 20 MB. Prova att spara den som PDF eller minska bilderna."
    ),
    Reason.UPLOAD_EMPTY: _l("Filen är tom."),
    Reason.UPLOAD_UNREADABLE: _l(
        "Filen går inte att öppna. Den kan vara skadad eller lösenordsskyddad."
    ),
    Reason.UPLOAD_MISMATCH: _l(
        "Filen är något annat än det namnet säger. Öppna den i sitt program, spara om den och "
        "välj den nya filen."
    ),
    Reason.UPLOAD_MACROS: _l(
        "Filen innehåller makron eller andra program. Spara den utan makron, eller som PDF."
    ),
    Reason.UPLOAD_ACTIVE: _l(
        "PDF-filen innehåller skript eller något annat som körs när den öppnas. Skriv ut den "
        "till en ny PDF och välj den."
    ),
    Reason.UPLOAD_NESTED: _l(
        "Filen innehåller en annan fil, till exempel ett inbäddat kalkylblad eller en bilaga. "
        "Spara den som en ny PDF utan bilagor och välj den."
    ),
    Reason.UPLOAD_UNPACKS: _l(
        "Filen blir för stor när den packas upp. Prova att spara den som PDF."
    ),
    Reason.UPLOAD_PIXELS: _l(
        "Bilden har för många bildpunkter. Minska den, till exempel till 2 000 punkter på "
        "längsta sidan."
    ),
    Reason.UPLOAD_VIRUS: _l("Filen stoppades av virusskyddet."),
    Reason.UPLOAD_INTERRUPTED: _l("Uppladdningen avbröts. Dina andra filer är kvar. Försök igen."),
    Reason.UPLOAD_TOO_MANY: _l("Det finns redan fem filer. Ta bort en av dem först."),
    Reason.UPLOAD_QUOTA: _l(
        "Dina filer tar tillsammans mer än 500 MB. Ta bort någon du inte behöver, eller minska "
        "filen."
    ),
    Reason.UPLOAD_AT_ONCE: _l(
        "Du laddar redan upp två filer. Vänta tills en av dem är klar och försök igen."
    ),
    Reason.UPLOAD_NO_ROOM: _l(
        "Servern har slut på utrymme, så filen sparades inte. Dina andra filer och din text är "
        "kvar. Försök igen senare."
    ),
    Reason.NOTHING_TO_SHOW: _l("Det finns inget utkast att visa än."),
    Reason.NOT_CHECKED: _l("Kontrollera ställena som kan peka ut någon först."),
    Reason.SIGN_OFF_MISSING: _l(
        "Alla myndigheter i teamet behöver godkänna texten så som den är nu. Det saknas från: "
        "%(authorities)s."
    ),
    Reason.LINE_WRITTEN: _l("Din rad om bidraget är redan sparad och kan inte ändras."),
    Reason.NOT_APPROVED: _l("Bara arbete som är godkänt kan visas för de andra teamen."),
    Reason.UPLOAD_NOT_WORD: _l(
        "Välj en Word-fil (.docx). Spara om filen som .docx om den är något annat."
    ),
    Reason.UPLOAD_OTHER_ASSIGNMENT: _l(
        "Filen hör till en annan uppgift. Välj filen som du hämtade här."
    ),
    Reason.UPLOAD_SAYS_NOTHING: _l("Filen innehåller inga svar på uppgiftens delar."),
    Reason.FILE_UNCHECKED: _l("Filen är inte kontrollerad än. Försök om en minut."),
    Reason.FILES_WAITING: _l(
        "En fil läses fortfarande igenom. Försök om en minut, eller ta bort filen."
    ),
    Reason.FILES_STOPPED: _l("En fil har stoppats. Ta bort den innan du skickar in."),
}


def sentence(refused: Refused) -> str:
    """Return why, in the reader's language."""
    params = {k: day(v) if hasattr(v, "year") else v for k, v in refused.params.items()}
    text = str(SENTENCES[refused.reason])
    return text % params if params else text
