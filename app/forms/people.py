"""Forms for adding people to a cohort and changing where they belong."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from app import labels
from app.forms import Form
from app.forms.fields import ChoiceOfId, VersionedForm, choices_of, email_field, strip
from courses.queries.setup import Places
from courses.vocabulary import EnrollmentState, Sector


class PersonForm(Form):
    name = StringField(
        _l("Namn"),
        [DataRequired(_l("Skriv namnet")), Length(max=120, message=_l("Namnet är för långt"))],
        filters=[strip],
    )
    email = email_field()


class PlaceFields(Form):
    """Where a participant works and which teams the person is in."""

    organization = ChoiceOfId(_l("Arbetsgivare"))
    sector = SelectField(
        _l("Verksamhetsområde"),
        [InputRequired(_l("Välj verksamhetsområde"))],
        choices=choices_of(
            [("", _l("Välj")), *((sector.value, labels.lazy_label(sector)) for sector in Sector)]
        ),
    )
    home_team = ChoiceOfId(_l("Hemteam"))
    further_team = ChoiceOfId(_l("Ytterligare ett team"))

    def validate_organization(self, field: ChoiceOfId) -> None:
        if field.data is None:
            raise ValidationError(_("Välj arbetsgivare"))

    def validate_further_team(self, field: ChoiceOfId) -> None:
        if field.data is not None and field.data == self.home_team.data:
            raise ValidationError(_("Välj ett annat team än hemteamet"))

    def offer(self, places: Places) -> None:
        """Fill the selects with the organizations there are and the cohort's teams."""
        teams = [(line.team.id, line.team.name) for line in places.teams]
        self.organization.choices = choices_of([("", _("Välj")), *_named(places.organizations)])
        self.home_team.choices = choices_of([("", _("Inget team än")), *teams])
        self.further_team.choices = choices_of([("", _("Inget")), *teams])


class ParticipantForm(PersonForm, PlaceFields):
    pass


class ChangeParticipantForm(PlaceFields, VersionedForm):
    email = email_field()
    state = RadioField(
        _l("Läge"),
        choices=choices_of((state.value, labels.lazy_label(state)) for state in EnrollmentState),
    )
    is_protected = BooleanField(_l("Personen har skyddade personuppgifter"))


class CoordinatorForm(PersonForm):
    organization = ChoiceOfId(_l("Samordnar de anställda i"))

    def validate_organization(self, field: ChoiceOfId) -> None:
        if field.data is None:
            raise ValidationError(_("Välj kommun eller myndighet"))

    def offer(self, organizations: Sequence[Any]) -> None:
        """Fill the select with the organizations there are."""
        self.organization.choices = choices_of([("", _("Välj")), *_named(organizations)])


def _named(organizations: Sequence[Any]) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in organizations]
