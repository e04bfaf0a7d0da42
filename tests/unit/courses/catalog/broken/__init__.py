"""The corpus of broken courses: every mistake that an author can make, each with its remark.

The course that is broken is tests/content/provkurs. A row is one change to one of its files.
"""

from tests.unit.courses.catalog.broken import beside, course, figures, items, lessons, translations
from tests.unit.courses.catalog.broken.case import Broken

PARTS = (lessons, items, course, translations, figures, beside)
CASES: dict[str, Broken] = {name: case for part in PARTS for name, case in part.CASES.items()}
