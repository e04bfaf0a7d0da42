"""What the interface says, and whether English says it too. `python -m tests.translations`
prints what is missing, ready to paste into a po file."""

from collections import defaultdict
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

APP = Path(__file__).parent.parent / "app"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"),
           ("**/templates/**.txt", "jinja2")]
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "_l": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "_n": (1, 2), "_ln": (1, 2),
}


def used() -> dict[object, set[str]]:
    """Return every message in code and templates → the files that say it."""
    found = defaultdict(set)
    options = {"jinja2": {"silent": "false", "trimmed": "true"}}
    for file, _line, message, _comments, _context in extract_from_dir(
        APP, METHODS, {"**/templates/**.html": options["jinja2"],
                       "**/templates/**.txt": options["jinja2"]}, KEYWORDS
    ):
        key = message if isinstance(message, str) else message[0]
        found[key].add(file)
    return dict(found)


def translated(language: str = "en") -> dict[str, dict[str, object]]:
    """Return message → {po file: translation}."""
    found = defaultdict(dict)
    for path in sorted((APP / "translations" / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    found[key][path.name] = message.string
    return dict(found)


if __name__ == "__main__":
    known = translated()
    for text, files in sorted(used().items(), key=lambda pair: sorted(pair[1])):
        if text not in known:
            print(f"# {', '.join(sorted(files))}\n{text!r}")
