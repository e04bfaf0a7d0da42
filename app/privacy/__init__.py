"""What the privacy page says, in people's words.

Every table declares what it holds about people (`__personal__`). Here each of them has its
place under a heading, with the retention it declares; a test fails when a table has no place
or when its declaration says something else than when these words were written.
"""

from app.privacy.account import ACCOUNT
from app.privacy.handed_in import HANDED_IN
from app.privacy.learning import LEARNING
from app.privacy.section import Section
from app.privacy.service import SERVICE

__all__ = ["SECTIONS", "Section"]

SECTIONS = (*ACCOUNT, *LEARNING, *HANDED_IN, *SERVICE)
"""In the order of the page."""
