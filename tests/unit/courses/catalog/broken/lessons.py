"""Mistakes in lessons: keys, text, exercises, facts."""

from tests.unit.courses.catalog.broken.case import FRAMES, LESSON, LESSON_EN, Broken

CASES = {
    "unknown key": Broken(
        LESSON, "sensitive =", "sensetive =", "sensetive", "«sensetive» är okänd", "«sensitive»?",
        also=((LESSON, "id =", "«sensitive» saknas"),),
    ),
    "missing key": Broken(
        LESSON, 'title = "Räkna broar"\n', "", 'id = "P1.1"', "«title» saknas", "title = …"
    ),
    "missing key in a row": Broken(
        LESSON, 'term = "spann"\n', "", "[[words]]", "«term» saknas", "term = …"
    ),
    "wrong type": Broken(
        LESSON, "reading = 1", 'reading = "1"', "minutes =", "ska vara ett heltal", "reading = 1"
    ),
    "endless number": Broken(
        LESSON, "reading = 1", f"reading = 0x{'f' * 300}", "minutes =", "högst 100000",
        "reading = 1",
    ),
    "reused id": Broken(
        FRAMES, 'id = "P1.2"', 'id = "P1.1"', "id =", f"redan i {LESSON} rad 2", "eget",
        alone=False,  # and what led to P1.2 leads nowhere
    ),
    "reused address": Broken(
        FRAMES, 'slug = "ramar"', 'slug = "broar"', "slug =", "«broar» används redan", "eget"
    ),
    "address taken by the service": Broken(
        FRAMES, 'slug = "ramar"', 'slug = "kunskapskoll"', "slug =", "används av tjänsten", "annan"
    ),
    "dead internal link": Broken(
        LESSON, "(item:P1.2)", "(item:P1.22)", "item:P1.22", "leder ingenstans", "«P1.2»?"
    ),
    "link that is not https": Broken(
        LESSON, "https://example.org/broar)", "http://example.org)", "http:", "inte https", "https"
    ),
    "link to nowhere": Broken(
        LESSON, "(item:P1.2)", "(../2-ramar.md)", "2-ramar", "går inte att följa", "item:ID"
    ),
    "image without a text": Broken(
        LESSON, "## Öva på det", "![](images/bro.svg)\n\n## Öva på det", "![]",
        "som inte ser", "![vad bilden visar]",
        also=((LESSON, "bro.svg", "finns inte i kursens mapp"),),
    ),
    "heading jump": Broken(
        LESSON, "### En tabell", "#### En tabell", "####", "hoppar över", "«### En tabell»"
    ),
    "first heading too deep": Broken(
        FRAMES, "## Vad", "### Vad", "### Vad", "hoppar över en nivå", "«## Vad är en ram?»"
    ),
    "top heading in the body": Broken(
        FRAMES, "## Vad", "# Vad", "# Vad", "på översta nivån", "«## Vad är en ram?»"
    ),
    "fact that is unknown": Broken(
        FRAMES, "facts = []", 'facts = ["PA9"]', "facts =", "finns inte i facts.toml", "«PA",
        also=((FRAMES, "facts =", "används inte i texten"),),
    ),
    "fact that is not verified": Broken(
        LESSON, "[[fact:PA2]]", "[[fact:PA2]][[fact:PA3]]", "PA3", "inte kontrollerad", "verified",
        also=((LESSON, "PA3", "inte i facts"),),
    ),
    "fact that is not listed": Broken(
        LESSON, '"PA1", "PA2"', '"PA1"', "PA2", "inte i facts", "Lägg till «PA2»",
        also=((LESSON_EN, "PA2", "inte i facts"),),
    ),
    "fact that is not cited": Broken(
        LESSON, "[[fact:PA2]]", "", "facts =", "används inte i texten", "[[fact:PA2]]"
    ),
    "unknown exercise marker": Broken(
        LESSON, "[[exercise:P1.1-broar]]", "[[exercise:P1.1-bror]]", "[[exercise:", "finns inte i",
        "«P1.1-broar»?", also=((LESSON, 'id = "P1.1-broar"', "visas aldrig"),),
    ),
    "marker inside a line": Broken(
        LESSON, "[[exercise:P1.1-broar]]", "Gör [[exercise:P1.1-broar]]", "[[exercise:",
        "står inte ensam", "egen rad",
    ),
    "unknown marker": Broken(
        LESSON, "[[fact:PA2]]", "[[fakta:PA2]]", "[[fakta", "är okänd", "[[fact:ID]]",
        also=((LESSON, "facts =", "används inte"),),
    ),
    "unknown aside": Broken(
        LESSON, "!!! example", "!!! exempel", "!!! exempel", "är okänd", "note, example, task"
    ),
    "HTML in the text": Broken(
        FRAMES, "## Vad", "<b onclick='x'>Se</b>\n\n## Vad", "<b ", "HTML, «<b»", "Ta bort det"
    ),
    "endless line": Broken(
        FRAMES, "## Vad", f"{'[a](' * 2_501}\n\n## Vad", "[a](", "längre än 10000", "flera rader",
        alone=False,  # and what led to P1.2 leads nowhere
    ),
    "required exercise that is not there": Broken(
        LESSON, 'requires_exercise = "P1.1-broar"', 'requires_exercise = "P1.1-bro"',
        "requires_exercise", "finns inte i lektionen", "«P1.1-broar»?",
    ),
    "answer that is no choice": Broken(
        LESSON, 'answer = "Bro"', 'answer = "Broo"', "Broo", "finns inte bland choices", "«Bro»?"
    ),
    "invalid TOML": Broken(
        LESSON, 'term = "spann"', "term = spann", "term =", "TOML", "citattecken"
    ),
    "missing first mark": Broken(FRAMES, "+++\n", "", "id =", "börjar inte", "första raden"),
    "missing second mark": Broken(
        FRAMES, "+++\n## Vad", "## Vad", "+++", "avslutar", "mellan uppgifterna"
    ),
}
