"""The figures of a course: each drawing with its texts, and which lessons show it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from courses.catalog import shapes, shapes_translated
from courses.catalog.drafts import FigureDraft, ModuleDraft
from courses.catalog.figures import FIGURE, read_svg
from courses.catalog.reader import Reader


def read_figures(
    reader: Reader, folders: Sequence[str], languages: tuple[str, ...]
) -> list[FigureDraft]:
    """Read the figures of these modules; a drawing and its texts have the same name."""
    figures = []
    for folder in dict.fromkeys(folders):
        place = f"{folder}/figures/"
        stems = {file.removesuffix(".toml") for file in reader.originals(place, ".toml")}
        for file in sorted(reader.files):
            if file.startswith(place) and file.removesuffix(".svg") not in stems | {file}:
                reader.problems.error(
                    file,
                    1,
                    f"Figuren saknar texter: {file.removesuffix('.svg')}.toml finns inte.",
                    "Skapa filen med id, title, alt och [texts].",
                )
        for stem in sorted(stems):
            if figure := _read_figure(reader, stem, languages):
                figures.append(figure)
    return figures


def _read_figure(
    reader: Reader, stem: str, languages: tuple[str, ...]
) -> FigureDraft | None:
    texts = reader.translated(
        f"{stem}.toml", shapes.FIGURE, shapes_translated.FIGURE, languages
    )
    svg = f"{stem}.svg"
    if svg not in reader.files:
        reader.problems.error(
            f"{stem}.toml", 1, f"Figuren saknar bild: {svg} finns inte.", "Skapa filen."
        )
        return None
    raw = reader.files[svg]

    def remark(line: int, message: str, remedy: str) -> None:
        reader.problems.error(svg, line, message, remedy)

    root = read_svg(raw, remark)
    if texts is None:
        return None
    return FigureDraft(
        svg=svg, texts=texts, svg_digest=sha256(raw).hexdigest(), root=root
    )


def show_figures(figures: Iterable[FigureDraft], modules: Iterable[ModuleDraft]) -> None:
    """Let each lesson's digest cover the figures that it shows."""
    digests = {figure.id: figure.digest for figure in figures}
    for module in modules:
        for lesson in module.lessons:
            bodies = (one.source.body for one in (lesson, *lesson.translations.values()))
            shown = {name for body in bodies for name in FIGURE.findall(body)}
            lesson.shown = [f"{name}:{digests[name]}" for name in sorted(shown & digests.keys())]
