"""A reason that somebody else reads, or that stays on record, holds no personal number."""

import pytest
from werkzeug.datastructures import MultiDict

from app.forms.excusing import AskAfterAllForm, excuse_form
from app.forms.reviews import review_form
from app.forms.second_reading import alone_form
from app.forms.secrecy import NeededReasonForm, ReasonForm

NUMBER = "19811228-9874"


@pytest.mark.parametrize("of", [
    lambda data, course: excuse_form([("U1", "Uppgift")], data),
    lambda data, course: AskAfterAllForm(data),
    lambda data, course: alone_form(data),
    lambda data, course: review_form(course.items["U1"], data, corrects=True),
    lambda data, course: ReasonForm(data),
    lambda data, course: NeededReasonForm(data),
])
def test_it_is_refused_at_the_field(app, course, of):
    with app.test_request_context():
        form = of(MultiDict({"item": "U1", "reason": f"Enligt {NUMBER}", "v": "0"}), course)
        assert not form.validate()
        assert form["reason"].errors == ["Det ser ut som ett personnummer."]

        form = of(MultiDict({"item": "U1", "reason": "Enligt beslut", "v": "0"}), course)
        form.validate()
        assert not form["reason"].errors
