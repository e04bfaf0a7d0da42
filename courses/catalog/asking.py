"""What an exercise or a knowledge check asks, in the terms that answers are judged in."""

from courses.catalog.items import Exercise, KnowledgeCheck
from courses.rules.checks import Questions


def questions_in(asking: Exercise | KnowledgeCheck) -> Questions:
    """Return the questions by id; the items of an exercise go by their place: `0`, `1`, …"""
    if isinstance(asking, KnowledgeCheck):
        return Questions(
            rights={one.id: one.right for one in asking.questions},
            options={one.id: len(one.options) for one in asking.questions},
        )
    return Questions(
        rights={str(place): item.right for place, item in enumerate(asking.items)},
        options={str(place): len(asking.choices) for place in range(len(asking.items))},
    )
