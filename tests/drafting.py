"""A draft of the course with something to see on each of the editors' pages."""

from app import clock
from courses.catalog import EditionStore, fingerprint
from courses.catalog.files import read_folder
from courses.services.content import save_file
from tests.unit.courses.catalog import PROVKURS

COURSE = "processledarutbildning"
FIGURE = {
    path.replace("01-start", "01-uppstart"): text
    for path, text in read_folder(PROVKURS).items()
    if "/figures/" in path
}
PAGE = {
    path: text for path, text in read_folder(PROVKURS).items() if path.startswith("pages/")
}


def published(store: EditionStore) -> dict[str, bytes]:
    """The files that participants read."""
    return store.files(store.current(COURSE))


def make_draft(session, store: EditionStore, editor_id: int) -> dict[str, object]:
    """Give the draft a figure and a page of its own; return what stands in addresses."""
    base = published(store)
    course = store.published(COURSE).course("sv")
    listed = base["course.toml"].decode()
    if "\npages = [" not in listed:
        listed = listed.replace("\nmodules = ", "\npages = []\nmodules = ", 1)
    listed = listed.replace("\npages = [", '\npages = ["broblad", ', 1).replace(", ]", "]")
    for path, text in {**FIGURE, **PAGE, "course.toml": listed.encode()}.items():
        save_file(
            session, COURSE, base, path, text, based_on=fingerprint(base.get(path)),
            by=editor_id, now=clock.now(),
        )
    return {
        "course": COURSE, "file": "01-uppstart/module.md", "changed file": "course.toml",
        "help line": course.support[0].id, "fact": next(iter(course.facts)),
        "figure": "bron", "page": "broblad", "edition": 1,
    }
