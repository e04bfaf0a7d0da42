"""What editors do to a small course, one edit at a time, for property tests."""

from dataclasses import replace

from tests.small_course import Line, Part, Step, without

EDITS = (
    "add", "remove", "remove module", "bring back", "rename", "rename file", "reorder",
    "reorder modules", "require", "change", "move", "add module",
)


def edited(plan, what, first, second, shelf):
    """The plan after one edit, chosen among what is possible by two numbers; None when it is
    none that can be published. `shelf` keeps the parts that were there once, by id: an id never
    means anything else."""
    found = _edited(plan, what, first, second, shelf)
    return found if found and _is_whole(found) else None


def _edited(plan, what, first, second, shelf):
    shelf.update({part.id: part for step in plan.steps for part in step.parts})
    parts = [part for step in plan.steps for part in step.parts]
    part = parts[first % len(parts)]
    step = plan.steps[second % len(plan.steps)]
    if what == "add":
        kind = "LLUG"[second % 4]
        new = Part(f"{kind}{len(shelf) + 10}")
        return _put(plan, plan.steps[first % len(plan.steps)], new)
    if what == "remove":
        return without(plan, part.id)
    if what == "remove module":
        return without(plan, *(one.id for one in step.parts))
    if what == "bring back":
        gone = [one for key, one in shelf.items() if key not in plan.ids]
        return _put(plan, step, gone[first % len(gone)]) if gone else plan
    if what == "rename":
        return _replace(plan, part, title=f"Titel {second}")
    if what == "rename file":
        return _replace(plan, part, file=f"fil-{part.id.lower()}-{second}")
    if what == "reorder":
        turned = step.parts[first % len(step.parts):] + step.parts[: first % len(step.parts)]
        return _steps(plan, step, turned)
    if what == "reorder modules":
        return replace(plan, steps=tuple(reversed(plan.steps)))
    if what == "require":
        ids = plan.ids
        some = tuple(ids[n] for n in range(len(ids)) if (first >> n) & 1) or (ids[0],)
        count = 1 + second % len(some) if second % 2 else None
        others = tuple(i for i in ids if i not in some) if second % 3 else ()
        lines = [Line("ena", some, count)] + ([Line("andra", others)] if others else [])
        return replace(plan, lines=tuple(lines))
    if what == "change":
        return _replace(plan, part, text=f"lydelse {second}")
    if what == "move":
        return _put(_steps_without(plan, part), step, part)
    new = Step(f"M{len(shelf) + 10}", (Part(f"L{len(shelf) + 10}"),))
    return replace(plan, steps=(*plan.steps, new))


def _is_whole(plan):
    """Whether there is something to ask for, and a lesson in every module."""
    return plan.lines and plan.steps and all(
        any(part.id.startswith("L") for part in step.parts) for step in plan.steps
    )


def _replace(plan, part, **fields):
    return plan.with_parts(lambda one: replace(one, **fields) if one is part else one)


def _put(plan, step, part):
    """The part last in a module; a module has one knowledge check."""
    there = next((one for one in plan.steps if one.id == step.id), None)
    if there is None:
        return replace(plan, steps=(*plan.steps, Step(step.id, (part,))))
    if part.id.startswith("K") and any(one.id.startswith("K") for one in there.parts):
        return None
    return _steps(plan, there, (*there.parts, part))


def _steps_without(plan, part):
    left = plan.with_parts(lambda one: None if one.id == part.id else one)
    return replace(left, steps=tuple(step for step in left.steps if step.parts))


def _steps(plan, step, parts):
    return replace(
        plan,
        steps=tuple(
            replace(one, parts=tuple(parts)) if one.id == step.id else one for one in plan.steps
        ),
    )
