"""How long an answer takes says nothing of whether an address has an account.

Prints the medians and, of the distributions, the Mann–Whitney p; `STEGVIS_VERIFY=1` measures 500
of each.
"""

import os
import statistics
from concurrent.futures import ThreadPoolExecutor
from math import erf, sqrt
from time import perf_counter

import pytest

from app.login import passwords
from tests.conftest import token_from
from tests.factories import make_user

MANY = 500 if os.environ.get("STEGVIS_VERIFY") == "1" else 60
MOST = 0.005
"""Seconds between the medians."""
ROUNDS = 3
"""A busy machine can widen what it measures, and never narrow it: one round has to be close."""


def p_value(left, right):
    """Mann–Whitney's, two-sided, by the normal approximation."""
    ranked = sorted([(x, 0) for x in left] + [(x, 1) for x in right])
    rank_sum = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(left), len(right)
    u = rank_sum - n * (n + 1) / 2
    z = abs(u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    return 1 - erf(z / sqrt(2))


@pytest.mark.parametrize("path, status", [
    ("/logga-in", 422), ("/glomt-losenord", 303), ("/inloggningslank", 303),
])
def test_known_and_unknown_addresses_take_the_same_time(app, session, path, status, capsys):
    """Many interleaved, each address once, from addresses of their own: nobody is throttled."""
    password_hash = passwords.hash_password("hemligt")
    for _ in range(ROUNDS):
        known = [make_user(session, password_hash=password_hash).email for _ in range(MANY)]
        session.commit()
        took = measure(app, path, status, known)
        medians = {who: statistics.median(times) for who, times in took.items()}
        with capsys.disabled():
            print(
                f"\n{path}: known {medians[True] * 1000:.2f} ms, unknown "
                f"{medians[False] * 1000:.2f} ms, {MANY} of each, "
                f"p = {p_value(took[True], took[False]):.2f}"
            )
        if path == "/logga-in":
            assert min(took[True]) > MOST  # there is something to measure
        if abs(medians[True] - medians[False]) < MOST:
            return
    raise AssertionError("the medians differ")


def measure(app, path, status, known):
    """Return how long each answer took, by whether the address was known."""
    browser = app.test_client()
    token = token_from(browser)
    took = {True: [], False: []}
    for number, address in enumerate(known):
        pair = [(True, address), (False, f"o{address}"[: len(address)])]
        for is_known, email in pair if number % 2 else reversed(pair):
            fields = {"csrf_token": token, "email": email, "password": "fel"}
            place = {"REMOTE_ADDR": f"10.1.{number // 250}.{number % 250}"}
            begun = perf_counter()
            answer = browser.post(path, data=fields, environ_base=place)
            took[is_known].append(perf_counter() - begun)
            assert answer.status_code == status
    return took


def test_forty_people_behind_one_address_log_in_within_five_minutes(app, session, capsys):
    """Each mistypes twice; eight at a time, as when a course begins in one room."""
    password_hash = passwords.hash_password("hemligt")
    people = [make_user(session, password_hash=password_hash).email for _ in range(40)]
    session.commit()

    def log_in(email):
        browser = app.test_client()
        token = token_from(browser)
        fields = {"csrf_token": token, "email": email}
        answers = [
            browser.post("/logga-in", data=fields | {"password": password}).status_code
            for password in ("fel", "fel", "hemligt")
        ]
        return *answers, browser.get("/konto").status_code

    begun = perf_counter()
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(log_in, people))
    took = perf_counter() - begun

    with capsys.disabled():
        print(f"\nforty people behind one address: {took:.1f} s")
    assert answers == {(422, 422, 303, 200)}
    assert took < 300
