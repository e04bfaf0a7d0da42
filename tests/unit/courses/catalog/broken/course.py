"""Mistakes in course.toml, facts.toml and module.md."""

from tests.unit.courses.catalog.broken.case import FRAMES, MODULE, Broken

CASES = {
    "empty text": Broken(
        MODULE, 'title = "Start: broar och ramar"', 'title = " "', "title =", "är tom", "text"
    ),
    "address with capital letters": Broken(
        MODULE, 'slug = "start"', 'slug = "Start"', "slug =", "fel form", "små bokstäver"
    ),
    "listed without a file": Broken(
        MODULE, '"P1.2",', '"P1.2",\n    "P1.3",', '"P1.3"', "ingen fil", "Skapa filen"
    ),
    "file without being listed": Broken(
        MODULE, '    "P1.2",\n', "", "id =", "«P1.2» står inte i lessons", "Lägg till", FRAMES
    ),
    "module without a folder": Broken(
        "course.toml", '["01-start"]', '["01-start", "02-mer"]', "modules", "«02-mer»", "Skapa"
    ),
    "dead link in a recurring text": Broken(
        "course.toml", "(item:P1.2)", "(item:PK11)", "item:PK11", "leder ingenstans", "«PK1»?"
    ),
    "fact without source": Broken(
        "facts.toml", 'source = "Granåsa kommun, Broregistret"\n', "", "[[facts]]",
        "«source» saknas", "source = …",
    ),
    "date that is none": Broken(
        "facts.toml", '"2027-11-01"', '"2027-13-01"', "2027-13", "inget datum", "2026-11-22"
    ),
    "requirement for nothing": Broken(
        "course.toml", '"P1.2", "PK1"', '"P1.2", "PK11"', "PK11", "«lektioner» nämner",
        "«PK1»?",
    ),
    "requirement for a half day that there is not": Broken(
        "course.toml", '"PT1.2"', '"PT1.3"', "PT1.3", "«bredvid» nämner «PT1.3»", "«PT1.2»?"
    ),
    "milestone by nobody": Broken(
        "course.toml", 'kind = "attested"', 'kind = "guessed"', 'kind = "guessed"', "guessed",
        "attested",
    ),
    "milestone that is called as a lesson": Broken(
        "course.toml", 'id = "broprov"', 'id = "P1.1"', 'id = "P1.1"', "«P1.1» används redan",
        "Ge den ena ett eget", alone=False,
    ),
    "requirement without a count": Broken(
        "course.toml", "count = 1\n", "", 'kind = "at_least"', "hur många", "count = …"
    ),
    "plan for nothing": Broken(
        "course.toml", "PGU1 = 5", "PGU11 = 5", "PGU11 = 5", "nämner «PGU11»", "«PGU1»?"
    ),
    "hand-in after nothing": Broken(
        "course.toml", 'first = ["P1.2"]', 'first = ["P3.2"]', "first", "«P3.2»", "«P1.2»?"
    ),
    "break that ends before it begins": Broken(
        "course.toml", "to_week = 4", "to_week = 3", "to_week", "innan det börjar", "to_week"
    ),
    "phrase that is a paragraph": Broken(
        "course.toml", "Vem går över bron?", "Vem går?" * 30, "question =", "längre än 200",
        "en mening",
    ),
    "certificate with a loose brace": Broken(
        "course.toml", "{hours} timmar", "{hours timmar", "{hours", "klammer", "{start}"
    ),
}
