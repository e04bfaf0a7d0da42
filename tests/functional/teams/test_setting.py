"""Whether authorities sign off is asked when a cohort is made, and can be changed later."""

from courses.models import Cohort
from courses.vocabulary import Role
from tests.factories import make_role


def test_the_coordinator_turns_it_on_and_off(trio, session, as_, post):
    county = as_(make_role(session, Role.COORDINATOR))
    path = f"/samordna/{trio.cohort.id}/forbered"

    def ask(word):
        session.expire_all()
        cohort = session.get_one(Cohort, trio.cohort.id)
        fields = {
            "name": cohort.name, "shares_drafts": "no", "issues": "by_hand", "sign_off": word,
            "version": cohort.version,
        }
        session.commit()
        answer = post(path, fields, on=county)
        session.expire_all()
        return answer.status_code, session.get_one(Cohort, trio.cohort.id).needs_sign_off

    assert ask("no") == (303, False)
    assert ask("yes") == (303, True)
    assert ask("nonsense") == (422, True)


def test_new_cohorts_do_not_ask_unless_they_are_told_to(session, as_):
    county = as_(make_role(session, Role.COORDINATOR))

    page = county.get("/samordna/ny").get_data(as_text=True)

    assert "Behöver varje myndighet i ett team godkänna" in page
    assert 'checked id="sign_off-0"' in page
