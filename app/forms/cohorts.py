"""Forms for setting up a cohort: shape and length; what may be done the services decide."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    Regexp,
    ValidationError,
)

from app import labels
from app.forms import Form
from app.forms.fields import ChoiceOfId, DayField, VersionedForm, choices_of, strip
from courses.catalog import Course
from courses.queries.coordination import TeamContext
from courses.queries.teams import TeamPage
from courses.rules.schedule import is_monday
from courses.vocabulary import OrganizationKind


class CohortFields(Form):
    """What is asked both when a cohort is created and later."""

    name = StringField(
        _l("Namn på utbildningsomgången"),
        [DataRequired(_l("Skriv ett namn")), Length(max=120, message=_l("Namnet är för långt"))],
        filters=[strip],
    )
    shares_drafts = RadioField(
        _l("Får teammedlemmar från en annan myndighet läsa teamets gemensamma utkast?"),
        [InputRequired(_l("Välj om utkastet får läsas av medlemmar från en annan myndighet"))],
        choices=choices_of(
            [
                ("yes", _l("Ja, alla i teamet får läsa utkastet")),
                (
                    "no",
                    _l(
                        "Nej, bara de som är anställda i teamets kommun, och skrivansvarig med "
                        "ersättare"
                    ),
                ),
            ]
        ),
    )
    sign_off = RadioField(
        _l(
            "Behöver varje myndighet i ett team godkänna den gemensamma texten innan den skickas "
            "in?"
        ),
        default="no",
        choices=choices_of(
            [
                ("no", _l("Nej, den som är skrivansvarig skickar in för hela teamet")),
                (
                    "yes",
                    _l(
                        "Ja, skrivansvarig visar en version för varje annan myndighet i teamet, "
                        "och den svarar innan texten kan skickas in"
                    ),
                ),
            ]
        ),
    )
    issues = RadioField(
        _l("Hur ska intygen utfärdas?"),
        [InputRequired(_l("Välj hur intygen ska utfärdas"))],
        choices=choices_of(
            [
                (
                    "by_hand",
                    _l("För hand: jag utfärdar dem när Stegvis visar att kraven är uppfyllda"),
                ),
                ("automatic", _l("Automatiskt, så snart kraven är uppfyllda")),
            ]
        ),
    )


class NewCohortForm(CohortFields):
    course = SelectField(_l("Utbildning"))
    first_monday = DayField(
        _l("Måndagen i den första veckan"),
        [InputRequired(_l("Välj måndagen i den första veckan"))],
    )

    def validate_first_monday(self, field: DayField) -> None:
        if field.data and not is_monday(field.data):
            raise ValidationError(_("Dagen är inte en måndag"))


class CohortForm(CohortFields, VersionedForm):
    pass


def new_cohort_form(courses: Iterable[Course], data: Any = None) -> NewCohortForm:
    """Return the form with the published courses to choose from."""
    form = NewCohortForm(data)
    form.course.choices = choices_of((course.id, course.title) for course in courses)
    return form


class OrganizationForm(Form):
    kind = SelectField(
        _l("Slag"),
        choices=choices_of((kind.value, labels.lazy_label(kind)) for kind in OrganizationKind),
    )
    organization_name = StringField(
        _l("Namn till vardags"),
        [DataRequired(_l("Skriv namnet")), Length(max=120, message=_l("Namnet är för långt"))],
        filters=[strip],
    )
    scb_code = StringField(
        _l("Kommunkod, om det är en kommun"),
        [Optional(), Regexp(r"^\d{4}$", message=_l("Kommunkoden har fyra siffror"))],
        filters=[strip],
    )


REGIONAL = 0
"""What stands for no municipality, so that forgetting to choose does not make a team regional."""


class TeamForm(Form):
    team_name = StringField(
        _l("Teamets namn"),
        [DataRequired(_l("Skriv teamets namn")),
         Length(max=120, message=_l("Namnet är för långt"))],
        filters=[strip],
    )
    municipality = ChoiceOfId(_l("Kommun"))

    def validate_municipality(self, field: ChoiceOfId) -> None:
        if field.data is None:
            raise ValidationError(_("Välj kommun, eller att teamet är regionalt"))


class TeamRolesForm(VersionedForm):
    holder = ChoiceOfId(_l("Skrivansvarig"))
    deputy = ChoiceOfId(_l("Ersättare för skrivansvarig"))
    first_reader = ChoiceOfId(_l("Utbildare som läser först"))
    second_reader = ChoiceOfId(_l("Utbildare som läser som andra"))

    def validate_second_reader(self, field: ChoiceOfId) -> None:
        if field.data is not None and field.data == self.first_reader.data:
            raise ValidationError(
                _("Den andra läsaren kan inte vara samma person som den första.")
            )


def roles_form(context: TeamContext, page: TeamPage, data: Any = None) -> TeamRolesForm:
    """Return the form with the team's members and the cohort's trainers to choose from."""
    team = context.team
    form = TeamRolesForm(
        data, holder=team.holder_id, deputy=team.deputy_id,
        first_reader=team.first_reader_id, version=team.version,
        second_reader=page.second_reader.id if page.second_reader else None,
    )
    nobody = ("", _("Ingen än"))
    members = [(m.person.enrollment.id, m.person.user.name) for m in page.members]
    form.holder.choices = choices_of([nobody, *members])
    form.deputy.choices = choices_of([nobody, *members])
    trainers = choices_of([nobody, *((t.id, t.name) for t in page.trainers)])
    form.first_reader.choices = form.second_reader.choices = trainers
    return form
