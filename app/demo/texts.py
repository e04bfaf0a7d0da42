"""What the invented people have written: general, about routines and numbers, never about
anybody. By section of the assignments of modules 1 and 2."""

from typing import Any

from courses.catalog import Assignment, Section

ANSWERS: dict[str, Any] = {
    # U1
    "verksamhet": (
        "Jag arbetar i en liten enhet där alla gör lite av allt. Som processledare samlar jag "
        "rätt personer, håller i arbetsgången och ser till att beslut fattas av den som får "
        "besluta.\n\nJag tar inte emot ärenden i den här rollen. De går den vanliga vägen."
    ),
    "gors-redan": [
        {"gor": "Vuxna som möter barnen i hallen varje morgon",
         "nar": "Alla barn och deras föräldrar"},
        {"gor": "Introduktion om bemötande för nyanställda",
         "nar": "Nya medarbetare och vikarier"},
        {"gor": "Öppet hus med fritidsgården en gång i månaden", "nar": "Högstadiet"},
    ],
    "samtal": "2026-10-05",
    "tid": "Åtta timmar i månaden fram till sommaren. Godkänt av verksamhetschefen.",
    "mandat": (
        "Jag får kalla till möten inom mitt område och föreslå ändringar i rutiner. Pengar och "
        "schema beslutar verksamhetschefen om, och sådant som rör hela kommunen tar "
        "kommunchefen till ledningsgruppen."
    ),
    "med-mig": [
        {"funktion": "Rektor för grundskolan", "varfor": "Når flest barn och unga"},
        {"funktion": "Enhetschef i hemtjänsten", "varfor": "Träffar dem som sällan syns annars"},
    ],
    "larandemal": [
        {"mal": "Leda ett samtal där folk inte är överens",
         "tecken": "Mötet slutar med ett datum och en ansvarig"},
        {"mal": "Läsa en siffra kritiskt", "tecken": "Jag kan säga vad den inte visar"},
    ],
    "hinder": (
        "Att arbetet bärs av få personer och att vikarier är svåra att få. Jag vill ha hjälp "
        "att planera för en ersättare redan nu."
    ),
    # U2
    "ord": (
        "Hos oss säger vi att våld är det som får någon att göra något mot sin vilja, eller att "
        "låta bli. Då ryms både slag och tystnad.\n\nTvå ord vi använder olika: ”konflikt” och "
        "”kränkning”. Skolan menar något som ska utredas, vi menar ofta något som ska redas ut."
    ),
    "siffror": [
        {"uppgift": "13,6 procent utsattes för våld i nära relation", "kalla": "Brå", "ar": "2022",
         "svarande": "Ett urval av befolkningen, 16–84 år",
         "inte": "Hur det ser ut i en enskild kommun"},
        {"uppgift": "57 procent i årskurs 9 hade utsatts någon gång under uppväxten",
         "kalla": "Stiftelsen Allmänna Barnhuset", "ar": "2022",
         "svarande": "Elever i årskurs 9", "inte": "Om det pågår nu"},
        {"uppgift": "816 anmälda brott i parrelation i länet", "kalla": "Länsstyrelsen",
         "ar": "2022", "svarande": "Anmälningar", "inte": "Hur mycket våld som finns"},
    ],
    "syns-inte": (
        "Äldre som bor långt från centralorten. Vår telefontid är två förmiddagar i veckan, och "
        "den som har hemtjänst är sällan ensam när hen ringer. Vi frågar bara när någon själv "
        "tar upp det."
    ),
    "foljder": (
        "När våld inte upptäcks märks det som korttidsfrånvaro, som oro i gruppen och som tid "
        "för samtal som aldrig leder någonstans. Personalen blir osäker på vad den får fråga om."
    ),
    "stod-vem": "Socialsekreterare i mottagningen, dagtid",
    "stod-rutin": "På intranätet under Rutiner, senast ändrad 2023",
    "stod-nummer": "Kommunens växel och Kvinnofridslinjen 020-50 50 50",
    "stod-anmalan": "Att anmälan görs genast och att den som berättar får veta det först.",
    "stod-ovad": "Vet inte",
    # GU1
    "med": [
        {"omrade": "Skola och förskola", "funktion": "Rektor", "ersattare": "Biträdande rektor"},
        {"omrade": "Socialtjänst", "funktion": "Socialsekreterare", "ersattare": "Enhetschef"},
        {"omrade": "Kultur och fritid", "funktion": "Fritidsledare", "ersattare": "Fritidschef"},
    ],
    "saknas": "Räddningstjänsten och vården. Vi bjuder in båda till mötet i januari.",
    "moten": (
        "Första tisdagen varje månad kl. 13–14.30, på plats varannan gång och via länk annars."
    ),
    "beslut": (
        "Vi pratar tills alla kan stå för beslutet. Går det inte skriver vi ner båda "
        "förslagen och frågar styrgruppen."
    ),
    "skickar-in": "Rektorn skickar in, socialsekreteraren ersätter",
    "kontakt": "Fritidsledaren",
    "sekretess": (
        "Vi talar om rutiner och siffror, aldrig om personer. Den som glömmer sig blir vänligt "
        "stoppad, och vi skriver inget som inte vem som helst får läsa."
    ),
    "hinner-inte": "Den säger till skrivansvarig senast en vecka före, och ersättaren tar vid.",
}

APPROVED = (
    "Det bär: du skiljer tydligt på att leda processen och att sköta ärenden, och exemplen "
    "är från din egen vardag.\n\nTa med frågan om ersättare till nästa avstämning."
)
# assignment → the criterion that is not met yet, what is said of it, and of the whole
RETURNED = {
    "U1": (
        "tid-och-mandat",
        "Säg vilken funktion som beslutar, och när ni talades vid.",
        "Du har en bra början, och exemplen visar att ni redan gör mycket.\n\nVem beslutar när "
        "det kostar pengar? Skriv vilken funktion det är, så är du nästan framme.",
    ),
    "U2": (
        "kallkritik",
        "Vad säger den tredje siffran inte? Den räknar anmälningar.",
        "Avsnittet om vilka som inte syns är starkt: hindret ligger i ert arbetssätt.\n\nLäs om "
        "den tredje siffran en gång till och skriv vad den lämnar ute.",
    ),
    "GU1": (
        "ersattare",
        "Saknas: fritidsledaren har ingen ersättare än.",
        "Ni har redan bestämt det mesta, och era ord om sekretess är tydliga.\n\nVem tar vid för "
        "fritidsledaren? Skriv funktionen, så kan överenskommelsen bockas av.",
    ),
}


def answers(assignment: Assignment, *, unfinished: bool = False) -> dict[str, Any]:
    """Return somebody's answers to `assignment`; an unfinished draft stops half-way."""
    sections = assignment.sections[: len(assignment.sections) // 2] if unfinished else (
        assignment.sections
    )
    return {section.id: _answer(section) for section in sections}


def _answer(section: Section) -> Any:
    if section.id in ANSWERS:
        return ANSWERS[section.id]
    if section.kind == "rows":
        row = {field.id: "Se vår rutin" for field in section.fields}
        return [dict(row) for _ in range(section.min_rows)]
    if section.kind == "choice":
        return section.options[0]
    return "2026-10-05" if section.kind == "date" else "Det pratar vi om på nästa teammöte."
