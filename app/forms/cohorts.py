"""Forms for setting up a cohort: shape and length; what may be done the services decide."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.forms.fields import ChoiceOfId, VersionedForm
from courses.queries.coordination import TeamContext
from courses.queries.teams import TeamPage


class TeamRolesForm(VersionedForm):
    holder = ChoiceOfId(_l("Skrivansvarig"))
    deputy = ChoiceOfId(_l("Ersättare för skrivansvarig"))
    first_reader = ChoiceOfId(_l("Utbildare som läser först"))


def roles_form(context: TeamContext, page: TeamPage, data: Any = None) -> TeamRolesForm:
    """Return the form with the team's members and the cohort's trainers to choose from."""
    team = context.team
    form = TeamRolesForm(
        data, holder=team.holder_id, deputy=team.deputy_id,
        first_reader=team.first_reader_id, version=team.version,
    )
    nobody = ("", _("Ingen än"))
    members = [(m.person.enrollment.id, m.person.user.name) for m in page.members]
    form.holder.choices = [nobody, *members]
    form.deputy.choices = [nobody, *members]
    form.first_reader.choices = [nobody, *((t.id, t.name) for t in page.trainers)]
    return form
