"""Mistakes in what lies beside the modules: meetings, pages, surveys and the teams' rating; and
in assignments that are not handed in."""

from tests.unit.courses.catalog.broken.case import ALONE, PAGE, SELF, Broken

CASES = {
    "meeting longer than its parts": Broken(
        "course.toml", "hours = 2.5", "hours = 3.5", "hours = 4.5",
        "är 4.5 timmar men delarna är 5.5", "Rätta hours",
    ),
    "meeting of an unknown form": Broken(
        "course.toml", 'form = "on_site"', 'form = "webb"', "form =", "'webb'", "on_site, online"
    ),
    "meeting of more half days than its days hold": Broken(
        "course.toml", "half_days = 2", "half_days = 3", "half_days =",
        "half_days = 3 men days = 1", "en eller två halvdagar",
    ),
    "meeting of fewer half days than days": Broken(
        "course.toml", "half_days = 2", "half_days = 1\ndays = 2", "half_days =",
        "half_days = 1 men days = 2", "en eller två halvdagar",
        also=(("course.toml", '"PT1.2"', "«bredvid» nämner «PT1.2»"),),
    ),
    "meeting of a week": Broken(
        "course.toml", "half_days = 2", "half_days = 2\ndays = 5", "days = 5",
        "en eller två dagar", "Skriv days = 2",
    ),
    "part without an agenda": Broken(
        "course.toml", 'agenda = ["Vi bygger en bro."]', "agenda = []", "agenda = []",
        "«agenda» är tom", "minst 1",
    ),
    "page without a file": Broken(
        "course.toml", '["broblad"]', '["broblad", "chef"]', "pages =", "«chef» finns inte",
        "Skapa filen",
    ),
    "page that is not listed": Broken(
        "course.toml", 'pages = ["broblad"]', "pages = []", "+++", "står inte i course.toml",
        "Lägg till", PAGE,
    ),
    "page with an exercise": Broken(
        PAGE, "[[figure:bron]]", "[[exercise:P1.1-broar]]", "[[exercise", "finns inte i", "Rätta"
    ),
    "page with a fact that is not listed": Broken(
        PAGE, 'facts = ["PA1"]\n', "", "Granåsa har", "inte i facts", "Lägg till «PA1»",
        also=(("pages/broblad.en.md", "Granåsa has", "inte i facts"),),
    ),
    "question without a scale": Broken(
        "surveys.toml", 'scale = "stammer"\n', "", "[[groups.questions]]", "har ingen skala",
        'kind = "text"',
    ),
    "unknown scale": Broken(
        "surveys.toml", 'scale = "stammer"\n', 'scale = "stamer"\n', "stamer",
        "«stamer» finns inte", "«stammer»?",
    ),
    "survey of an unknown group": Broken(
        "surveys.toml", 'groups = ["kunskap"]', 'groups = ["kunskaper"]', "kunskaper",
        "«kunskaper» finns inte", "«kunskap»?",
    ),
    "question asked under two ids": Broken(
        "surveys.toml", 'id = "pt01"', 'id = "pq01"', 'id = "pq01"\ntext = "Jag kunde',
        "«pq01» används två gånger", "eget",
        also=(("surveys.en.toml", 'questions = [{id = "pt01"', "«pt01» finns inte"),),
    ),
    "look back on nothing": Broken(
        "surveys.toml", 'looks_back_on = "pq01"', 'looks_back_on = "pq09"', "pq09",
        "«pq09» finns inte", "«pq01»?",
    ),
    "choice without options": Broken(
        "surveys.toml", 'options = ["För lågt", "Lagom", "För högt"]\n', "",
        '[[groups.questions]]\nid = "pf2"', "options hör inte ihop", 'kind = "choice"',
        also=(("surveys.en.toml", "options =", "«options» finns inte"),),
    ),
    "rating without levels": Broken(
        "readiness.toml", 'levels = ["finns inte", "påbörjat", "finns"]\n', "", "title =",
        "«levels» saknas", "levels = …",
    ),
    "criteria where nobody assesses": Broken(
        ALONE, 'assessment = "rubric"', 'assessment = "self"', "[[criteria]]",
        "inga kriterier", "Ta bort [[criteria]]",
    ),
    "joint work that is not handed in": Broken(
        SELF, 'kind = "individual"', 'kind = "joint"', "kind =", "lämnas alltid in", "checklist"
    ),
    "two readers of what nobody reads": Broken(
        SELF, "minutes = 30", "minutes = 30\nreaders = 2", "readers", "«readers» är 2", "1 eller 2"
    ),
    "three readers": Broken(
        ALONE, "minutes = 60", "minutes = 60\nreaders = 3", "readers", "«readers» är 3",
        "1 eller 2",
    ),
    "assessed work without criteria": Broken(
        SELF, 'assessment = "self"', 'assessment = "checklist"', "assessment",
        "saknar ett kriterium", "Lägg till",
    ),
    "choice of a row without options": Broken(
        SELF, ', options = ["Sten", "Trä"]', "", 'id = "slag"', "«options» saknas",
        "options = …",
    ),
    "options of a row that is no choice": Broken(
        SELF, 'id = "bro", label = "Bro"', 'id = "bro", label = "Bro", options = ["a", "b"]',
        'id = "bro"', "«options» är okänd", "Ta bort",
    ),
    "unknown kind of field": Broken(
        SELF, 'kind = "date"', 'kind = "dag"', 'kind = "dag"', "'dag'", "short, text, choice, date"
    ),
    "dead link in the task instead": Broken(
        "01-start/lessons/2-ramar.md", "sensitive = true",
        'sensitive = true\nequivalent = "Läs [om](item:P9)."', "equivalent", "leder ingenstans",
        "Rätta id:t",
    ),
}
