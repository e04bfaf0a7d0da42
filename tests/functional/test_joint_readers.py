"""Who reads what a team writes together: every role of the cast, in a cohort that shares across
authorities and in one that does not, with authors and a pen of either authority. What each
reads on every page is what the policy grants, and nobody outside the team reads anything."""

from itertools import product

import pytest

from app import clock
from courses.models import Contribution, SectionComment, SharedContribution
from courses.permissions import Permission, permits
from courses.queries.assignments import work_context
from courses.queries.identity import identity_of
from courses.queries.joint_parts import SharedText, gift_scope
from courses.vocabulary import SubmissionState
from tests.cast import make_cast
from tests.writing import make_draft

TEXTS = {
    "draft": "trollsländevik", "comment": "tjäderspelsmo",
    "of nora": "sädesärlenäs", "of police teammate": "lappugglebo",
    "private of nora": "ripfjädersudde", "private of police teammate": "järvspårsmyr",
}
TEAM = {"nora", "teammate", "police teammate"}
AUTHORS = ("nora", "police teammate")


@pytest.fixture
def cast(session, course):
    return make_cast(session, course)


@pytest.fixture
def joint(course):
    return next(one for one in course.assignments if one.is_joint)


@pytest.fixture
def section(joint):
    return next(one for one in joint.sections if one.kind == "text")


@pytest.fixture
def places(session, cast):
    """Role → the person's place in the team."""
    return {
        role: identity_of(session, cast.people[role]).places[0].enrollment_id for role in TEAM
    }


@pytest.fixture
def written(session, cast, joint, section, places):
    """A draft, a comment, and of two authors what they have shared and what they have not."""
    cast.joint.state = SubmissionState.RETURNED
    make_draft(
        session, cast.team, joint, {section.id: f"Vid {TEXTS['draft']} i maj."},
        by=cast.people["nora"],
    )
    key = {"team_id": cast.team.id, "assignment_id": joint.id, "section_id": section.id}
    session.add(
        SectionComment(
            **key, user_id=cast.people["nora"].id, text=f"Vid {TEXTS['comment']} i maj.",
            created_at=clock.now(),
        )
    )
    for role in AUTHORS:
        place = identity_of(session, cast.people[role]).places[0]
        session.add_all([
            SharedContribution(
                **key, enrollment_id=places[role], organization_id=place.organization_id,
                number=1, text=f"Vid {TEXTS[f'of {role}']} i maj.", shared_at=clock.now(),
            ),
            Contribution(
                **key, enrollment_id=places[role], updated_at=clock.now(),
                text=f"Vid {TEXTS[f'private of {role}']} i maj.",
            ),
        ])
    session.flush()


def pages(cast, joint, section):
    base = f"/team/{cast.team.id}/uppgift/{joint.slug}"
    yield from (
        base, f"{base}/skriv", f"{base}/kontrollera", f"{base}/vem-skriver",
        f"{base}/avsnitt/{section.id}", f"{base}/bidrag/{section.id}",
        f"{base}/bidrag/{section.id}/dela", f"{base}/bidrag/helheten",
    )
    yield from (
        f"/granska/{cast.joint.id}", f"/samordna/team/{cast.team.id}",
        f"/samordna/team/{cast.team.id}/uppgift/{joint.id}", f"/team/{cast.team.id}",
    )


def granted(session, cast, course, joint, places):
    """Text → the roles whom the policy lets read it."""
    found = {name: set() for name in TEXTS}
    for role in TEAM:
        identity = identity_of(session, cast.people[role])
        context = work_context(
            session, identity, lambda _digest: course, slug=joint.slug, team_id=cast.team.id,
            today=clock.today(),
        )
        if permits(identity, context, Permission.DRAFT_READ):
            found["draft"].add(role)
            found["comment"].add(role)
        for author in AUTHORS:
            employer = identity_of(session, cast.people[author]).places[0].organization_id
            shared = SharedText(gift_scope(context, places[author], employer))
            if permits(identity, shared, Permission.CONTRIBUTION_READ):
                found[f"of {author}"].add(role)
    for author in AUTHORS:
        found[f"private of {author}"].add(author)
    return found


@pytest.mark.parametrize("shares, pen", list(product((False, True), sorted(TEAM))))
def test_each_reads_what_the_policy_grants_and_nobody_else_anything(
    app, client, session, login, course, cast, joint, section, places, written, shares, pen
):
    cast.cohort.shares_drafts_across_authorities = shares
    cast.team.holder_id = places[pen]
    session.commit()
    want = granted(session, cast, course, joint, places)
    session.commit()

    read = {name: set() for name in TEXTS}
    for role, person in cast.people.items():
        login(person)
        shown = "".join(client.get(path).text for path in pages(cast, joint, section))
        for name, word in TEXTS.items():
            if word in shown:
                read[name].add(role)

    assert read == want
    assert all(roles <= TEAM for roles in read.values())
    assert want["draft"] == (TEAM if shares else {"nora", "teammate", pen})
    assert want["of nora"] == (TEAM if shares else {"nora", "teammate", pen})
    assert want["of police teammate"] == TEAM
