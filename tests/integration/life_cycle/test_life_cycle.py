"""The life of an assignment, walked at random against a small model of it."""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.integration.life_cycle.machine import LifeCycle

IS_LONG = "STEGVIS_VERIFY" in os.environ
WALKS, LENGTH = (600, 60) if IS_LONG else (12, 40)
ENOUGH = 20_000 if IS_LONG else 200


def test_no_walk_leads_where_the_model_does_not(app, course, record_property):
    walker = type(
        "Walker", (LifeCycle,), {"database": app.extensions["database"], "course": course}
    )
    run_state_machine_as_test(
        walker,
        settings=settings(
            max_examples=WALKS, stateful_step_count=LENGTH, deadline=None,
            suppress_health_check=list(HealthCheck), print_blob=True,
        ),
    )
    record_property("steg i uppgiftens livscykel", str(walker.steps))
    assert walker.steps >= ENOUGH
