"""Where an item is to be found on the site, for links inside course texts."""

from collections.abc import Callable

# (kind of item, the module's slug, the item's own slug) → address
Addresses = Callable[[str, str, str], str]


def site_address(kind: str, module_slug: str, slug: str) -> str:
    """The address of a module, lesson, check, individual or joint assignment, or of a page of
    the course (which has no module)."""
    if kind == "page":
        return f"/{slug}"
    if kind == "module":
        return f"/modul/{module_slug}"
    if kind == "lesson":
        return f"/modul/{module_slug}/{slug}"
    if kind == "check":
        return f"/modul/{module_slug}/kunskapskoll"
    if kind == "joint":
        return f"/kommunens-uppgift/{slug}"
    return f"/uppgift/{slug}"
