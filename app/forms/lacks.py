"""What to do about a part of an assignment that is not ready to be handed in."""

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from courses.catalog import Section
from courses.rules.answers import Lack, Shortfall


def lack_message(section: Section, one: Shortfall) -> str:
    """Return what to do about a section, or about one field in a row of it."""
    label = _label(section, one)
    if one.lack is Lack.EMPTY:
        return _("Fyll i ”%(label)s”.", label=label)
    if one.lack is Lack.NOT_A_DATE:
        return _(
            "Skriv dagen i ”%(label)s” med siffror, till exempel 2027-02-09.", label=label
        )
    if one.lack is Lack.TOO_FEW_ROWS:
        return ngettext(
            "Fyll i minst %(num)s rad i ”%(label)s”.", "Fyll i minst %(num)s rader i ”%(label)s”.",
            one.limit, label=label,
        )
    return _(
        "Korta ”%(label)s”: det är %(has)s tecken och får vara högst %(limit)s.",
        label=label, has=format_decimal(one.has), limit=format_decimal(one.limit),
    )


def _label(section: Section, one: Shortfall) -> str:
    column = next((each for each in section.fields if each.id == one.field_id), None)
    if column is None or one.row is None:
        return section.label
    return _(
        "%(label)s, rad %(number)s: %(column)s",
        label=section.label, number=one.row + 1, column=column.label,
    )
