"""Small courses written as real files, so that tests can edit and publish them.

A plan says what the course consists of; `files_of` writes it as an editor would have, and what
comes of it passes the same checks as any other course.
"""

from dataclasses import dataclass, field, replace

COURSE = "smakurs"
SUPPORT = """
[[lines]]
id = "larm"
name = "Nödnumret"
number = "112"
who = "Alla"
who_en = "Everybody"
hours = "Alltid"
hours_en = "Always"
url = "https://example.org/larm"
source = "Granåsa kommun"
checked = "2026-11-22"
"""


@dataclass(frozen=True)
class Part:
    """A lesson (L…), a knowledge check (K…), an assignment (U…) or a joint one (G…)."""

    id: str
    text: str = "först"
    title: str = "En del"
    file: str = ""
    """The name of its file, when it is not called after its id."""
    slug: str = ""
    """The word in its address, when that is not its id."""

    @property
    def is_joint(self):
        return self.id.startswith("G")


@dataclass(frozen=True)
class Step:
    """A module with its parts in order; at most one knowledge check."""

    id: str
    parts: tuple[Part, ...]
    folder: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the requirement set: all of the items, or at least `count`."""

    id: str
    items: tuple[str, ...]
    count: int | None = None


@dataclass(frozen=True)
class CoursePlan:
    """What a course consists of."""

    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    marker: str = "ett"
    """Stands in every text of the course and its modules."""
    weeks: dict[str, int] = field(default_factory=dict)
    """Module id → the week it opens; 1 unless said."""
    due: dict[str, int] = field(default_factory=dict)

    @property
    def ids(self):
        return [part.id for step in self.steps for part in step.parts]

    def with_parts(self, change):
        """The same course with `change(part)` in the place of each part; None takes it away."""
        steps = []
        for step in self.steps:
            parts = [change(part) for part in step.parts]
            steps.append(replace(step, parts=tuple(part for part in parts if part)))
        return replace(self, steps=tuple(steps))


def without(plan, *ids):
    """The course without these parts, which nothing asks for any more; empty modules go too."""
    left = plan.with_parts(lambda part: None if part.id in ids else part)
    lines = [
        replace(line, items=tuple(i for i in line.items if i not in ids)) for line in left.lines
    ]
    return replace(
        left,
        steps=tuple(step for step in left.steps if step.parts),
        lines=tuple(_clamped(line) for line in lines if line.items),
    )


def changed(plan, *ids, text="ändrad"):
    """The course with another wording of these parts."""
    return plan.with_parts(lambda one: replace(one, text=text) if one.id in ids else one)


def marked(plan, marker):
    """The course with `marker` in every text of it."""
    return replace(
        plan.with_parts(lambda one: replace(one, text=marker, title=f"Del {marker}")),
        marker=marker,
    )


def _clamped(line):
    return replace(line, count=min(line.count, len(line.items))) if line.count else line


def files_of(plan):
    """Write the course's files: path → bytes."""
    folders = {step.id: step.folder or step.id.lower() for step in plan.steps}
    files = {"course.toml": _course(plan, folders), "facts.toml": "", "support.toml": SUPPORT}
    files["pages/om.md"] = _page(plan.marker)
    for step in plan.steps:
        folder = folders[step.id]
        files[f"{folder}/module.md"] = _module(step, plan.marker)
        for part in step.parts:
            name = part.file or part.id.lower()
            if part.id.startswith("L"):
                files[f"{folder}/lessons/{name}.md"] = _lesson(part)
            elif part.id.startswith("K"):
                files[f"{folder}/check.toml"] = _check(part)
            else:
                files[f"{folder}/assignments/{name}.md"] = _assignment(part)
    return {path: text.encode() for path, text in files.items()}


def _course(plan, folders):
    opens = ", ".join(f"{step.id} = {plan.weeks.get(step.id, 1)}" for step in plan.steps)
    assignments = [i for i in plan.ids if i[0] in "UG"]
    due = ", ".join(f"{key} = {plan.due.get(key, 40)}" for key in assignments)
    lines = "".join(
        f'[[requirements]]\nid = "{line.id}"\ntitle = "Kravet {line.id}"\n'
        f'kind = "{"at_least" if line.count else "all"}"\nitems = {list(line.items)}\n'
        + (f"count = {line.count}\n" if line.count else "")
        for line in plan.lines
    )
    return f"""id = "{COURSE}"
title = "Småkurs {plan.marker}"
languages = ["sv"]
summary = "En liten kurs. Upplaga {plan.marker}."
modules = {[folders[step.id] for step in plan.steps]}
partners = []
pages = ["om"]
[owner]
name = "Myndigheten {plan.marker}"
email = "kurs@example.org"
phone = "010-000 00 00"
data_protection_officer = "dso@example.org"
[hand_in]
first = []
[plan]
opens = {{{opens}}}
due = {{{due}}}
{lines}
[certificate]
title = "Intyg: Småkurs"
text = "Deltog {{start}}–{{end}}, {{hours}} timmar."
disclaimer = "Ett kursintyg."
[texts]
attestation = "Den handlar inte om någon enskild person."
secrecy = "Skriv aldrig namn. Upplaga {plan.marker}."
concern = "Ring 112. Upplaga {plan.marker}."
""".replace("'", '"')


def _page(marker):
    return f"""+++
id = "om"
slug = "om"
title = "Om {marker}"
summary = "Sidan om {marker}."
+++
Om kursen, {marker}.
"""


def _module(step, marker):
    lessons = [part.id for part in step.parts if part.id.startswith("L")]
    assignments = [part.id for part in step.parts if part.id[0] in "UG"]
    return f"""+++
id = "{step.id}"
slug = "{step.id.lower()}"
title = "Modul {step.id} {marker}"
summary = "Om {step.id}. Upplaga {marker}."
goals = ["känna igen {marker}"]
lessons = {lessons}
assignments = {assignments}
reflections = ["Vad {marker}?"]
+++
Inledning {marker}.
""".replace("'", '"')


def _lesson(part):
    return f"""+++
id = "{part.id}"
slug = "{part.slug or part.id.lower()}"
title = "{part.title} {part.id}"
minutes = {{reading = 1, exercise = 0, talk = 0}}
facts = []
sensitive = false
+++
## Text

Lydelsen är {part.text}.
"""


def _check(part):
    questions = "".join(
        f'[[questions]]\nid = "{part.id}-{n}"\ntext = "Fråga {n}, {part.text}?"\n'
        'options = [{text = "Ja", right = true}, {text = "Nej"}, {text = "Kanske"}, '
        '{text = "Ibland"}]\nright = "Just det."\nwrong = "Läs igen."\n'
        for n in range(1, 6)
    )
    return f'id = "{part.id}"\ntitle = "{part.title} {part.id}"\npass = 4\n{questions}'


def _assignment(part):
    kind = "joint" if part.is_joint else "individual"
    return f"""+++
id = "{part.id}"
slug = "{part.slug or part.id.lower()}"
kind = "{kind}"
title = "{part.title} {part.id}"
summary = "Skriv {part.text}."
minutes = 60
assessment = "checklist"
[[sections]]
id = "text"
kind = "text"
label = "Skriv här"
max = 600
required = true
[[criteria]]
id = "text"
title = "Texten"
sections = ["text"]
revise = "Saknas: text."
approved = "Finns: text."
[[criteria]]
id = "sekretess"
title = "Sekretess och respekt"
revise = "Saknas: respekt."
approved = "Finns: respekt."
+++
Gör så här, {part.text}.
"""


PLAN = CoursePlan(
    steps=(
        Step("M1", (Part("L1"), Part("L2"), Part("K1"), Part("U1"))),
        Step("M2", (Part("L3"), Part("L4"), Part("G1"))),
    ),
    lines=(
        Line("lektioner", ("L1", "L2", "L3", "K1")),
        Line("uppgifter", ("U1", "G1", "L4"), count=2),
    ),
)


def with_third_module(plan):
    step = Step("M3", (Part("L9"), Part("U9"), Part("G9")))
    return replace(
        plan, steps=(*plan.steps, step), weeks={"M3": 30}, due={"U9": 32, "G9": 5, "U1": 9}
    )
