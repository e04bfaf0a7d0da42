"""Mistakes in knowledge checks and assignments."""

from tests.unit.courses.catalog.broken.case import ALONE, CHECK, CHECK_EN, JOINT, Broken

CASES = {
    "reused question": Broken(
        CHECK, 'id = "PQ1.2"', 'id = "PQ1.1"', 'id = "PQ1.1"\ntext = "Vad är', "«PQ1.1»", "eget",
        also=((CHECK_EN, 'id = "PQ1.2"', "«PQ1.2» finns inte"),),
    ),
    "fact in an assignment": Broken(
        ALONE, "Gå till en bro.", "Gå till en bro[[fact:PA1]].", "Gå till", "bara", "Ta bort"
    ),
    "two right answers": Broken(
        CHECK, '{text = "Tre"}', '{text = "Tre", right = true}', "options = [", "2 rätta", "exakt"
    ),
    "no right answer": Broken(
        CHECK, '{text = "Sten", right = true}', '{text = "Sten"}', '"Sten"', "0 rätta", "exakt"
    ),
    "three answers": Broken(
        CHECK, ', {text = "Is"}', "", '"Sten"', "3 svar att välja", "Skriv 4",
        also=((CHECK_EN, '"Stone"', "4 delar men originalet har 3"),),
    ),
    "no limit": Broken(CHECK, "pass = 4\n", "", "id =", "«pass» saknas", "pass = …"),
    "question that sends to no lesson": Broken(
        CHECK, 'lesson = "P1.1"', 'lesson = "P1.7"', "P1.7", "«P1.7» finns inte", "«P1."
    ),
    "rubric without secrecy": Broken(
        ALONE, 'title = "Sekretess"', 'title = "Tystnad"', "[[criteria]]", "«Sekretess»",
        "Lägg till", also=((ALONE, '[[criteria]]\nid = "sekretess"', "excelled"),),
    ),
    "rubric with two of them": Broken(
        ALONE, 'title = "Beskrivning"', 'title = "Sekretess igen"', "excelled =", "två nivåer",
        "Ta bort excelled", also=((ALONE, 'title = "Sekretess"', "fler än ett"),),
    ),
    "criterion for no section": Broken(
        ALONE, '"material"]\n', '"materiel"]\n', "materiel", "avsnittet «materiel»", "«material»?"
    ),
    "level in a checklist": Broken(
        JOINT, 'approved = "Finns: antalet broar."', 'approved = "x"\nexcelled = "y"', "excelled",
        "två nivåer", "Ta bort",
    ),
    "key of another kind of section": Broken(
        ALONE, "max = 80", 'max = 80\noptions = ["a", "b"]', '["a", "b"]', "«options» är okänd",
        "Ta bort",
    ),
    "unknown kind of section": Broken(
        ALONE, 'kind = "date"', 'kind = "datum"', "datum", "'datum'", "text, short, choice, date"
    ),
    "invalid TOML in a plain file": Broken(
        CHECK, "pass = 4", "pass = fyra", "pass =", "TOML", "citattecken"
    ),
    "individual assignment for one alone": Broken(
        ALONE, "regional =", 'alone = "x"\nregional =', "alone", "ingen variant", "joint"
    ),
}
