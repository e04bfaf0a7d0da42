"""People who hand in while the server is being shot at, and who try again until they know."""

import contextlib
import hashlib
import json
import random
import threading
import time
from http.client import HTTPConnection, HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from courses.catalog import Assignment
from tests.browser.sitemap import read
from tests.factories import answers_to
from tests.faults.ledger import Ledger
from tests.writing import fields_of

PATIENCE = 120.0
CUT_LINES = 0.15
"""How often somebody loses the line before the answer, and sends again."""
LETTERS = "bdfghjklmnprstvx"


def digest(answers: dict) -> str:
    """Return what tells one set of answers from all others."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()


def marked(assignment: Assignment, number: int) -> dict:
    """Return full answers that nobody else gives; in letters, for numbers could be a person's."""
    answers = answers_to(assignment)
    section = next(s.id for s in assignment.sections if s.kind == "text")
    answers[section] += " Märkt " + "".join(LETTERS[int(d, 16)] for d in f"{number:x}") + "."
    return answers


class NoRedirects(HTTPRedirectHandler):
    """A 303 is the acknowledgement that we are here for."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


class Client(threading.Thread):
    """One participant: writes, hands in, takes it back, and begins again."""

    def __init__(self, url: str, email: str, password: str, ledger: Ledger, number: int) -> None:
        super().__init__(name=f"client {number}", daemon=True)
        self.url = url
        self.credentials = {"email": email, "password": password}
        self.ledger = ledger
        self.number = number
        self.stopping = threading.Event()
        self.problems: list[str] = []
        self.repeated = 0
        """Forms sent again because no answer came."""
        self.unheard = 0
        """Forms whose answer we did not wait for, sent again at once: the line was cut."""
        self.cookies = CookieJar()
        self.opener: OpenerDirector = build_opener(
            HTTPCookieProcessor(self.cookies), NoRedirects()
        )
        self.random = random.Random(number)  # noqa: S311 (no secret)

    def prepare(self, assignment: Assignment) -> None:
        """Say what is to be handed in."""
        self.assignment = assignment
        self.path = f"/uppgift/{assignment.slug}"

    def run(self) -> None:
        try:
            self._post("/logga-in", self._form("/logga-in") | self.credentials)
            turn = 0
            while not self.stopping.is_set():
                turn += 1
                self._hand_in(turn)
        except Exception as error:
            self.problems.append(f"{self.name}: {error!r}")

    def _hand_in(self, turn: int) -> None:
        answers = marked(self.assignment, self.number * 1_000_000 + turn)
        write, check = f"{self.path}/skriv", f"{self.path}/kontrollera"
        fields = fields_of(self.assignment, answers)
        self._post(write, self._form(write) | fields | {"then": "check"})
        self._note("draft", answers)
        self._post(check, self._form(check) | {"attest": "1", "checked": "1"})
        self._note("submitted", answers)
        back = f"{self.path}/aterta"
        self._post(back, self._form(f"{self.path}/kvitto", back))
        self._note("withdrawn", answers)

    def _note(self, what: str, answers: dict) -> None:
        self.ledger.write(email=self.credentials["email"], what=what, digest=digest(answers))

    def _form(self, path: str, action: str = "") -> dict[str, str]:
        """Return what is hidden in the form of the page at `path`: token, key and version."""
        status, _, html = self._ask(Request(self.url + path))
        if status != 200:
            raise AssertionError(f"GET {path} answered {status}")
        return read(html).forms[action or path]

    def _post(self, path: str, fields: dict[str, str]) -> None:
        """Send a form until there is an answer, which must be a 303."""
        request = Request(self.url + path, urlencode(fields).encode())
        if self.random.random() < CUT_LINES:
            self._send_and_hang_up(request)
        status, location, html = self._ask(request, repeats=True)
        if status != 303 or "/logga-in" in location:
            raise AssertionError(f"POST {path} answered {status} {location}\n{html[-1500:]}")

    def _send_and_hang_up(self, request: Request) -> None:
        self.cookies.add_cookie_header(request)
        connection = HTTPConnection(request.host, timeout=5)
        with contextlib.suppress(HTTPException, OSError):
            connection.request("POST", request.selector, request.data, {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": request.get_header("Cookie", ""),
            })  # fmt: skip
            self.unheard += 1
        time.sleep(self.random.uniform(0, 0.1))
        connection.close()

    def _ask(self, request: Request, *, repeats: bool = False) -> tuple[int, str, str]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with self.opener.open(request, timeout=30) as answer:
                    return answer.status, "", answer.read().decode()
            except HTTPError as error:
                with error:
                    return error.code, error.headers.get("Location", ""), _rest(error)
            except (URLError, HTTPException, OSError):
                self.repeated += repeats
                time.sleep(0.1)
        raise AssertionError(f"no answer from {request.full_url} within {PATIENCE:.0f} s")


def _rest(answer: HTTPError) -> str:
    """The head of an answer acknowledges; a kill may have cut off what follows."""
    try:
        return answer.read().decode()
    except HTTPException:
        return ""
