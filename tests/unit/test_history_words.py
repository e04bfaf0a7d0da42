"""What the trail says of an assignment has words on the page that shows it."""

import ast
from pathlib import Path

from app.pages.history import WORDS
from courses.queries.review_history import TOLD_OTHERWISE

SERVICES = Path(__file__).parents[2] / "courses" / "services"


def actions():
    """Return every action that a service writes about a submission, as it stands in the code."""
    for path in SERVICES.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "audit":
                continue
            action, about = call.args[1:3]
            if isinstance(action, ast.Constant) and ast.unparse(about) == "'submission'":
                yield action.value


def test_every_action_about_a_submission_is_said_in_words():
    found = set(actions())

    assert "submission:withdraw" in found
    assert found - WORDS.keys() - set(TOLD_OTHERWISE) == set()
