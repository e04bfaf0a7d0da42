"""A small model of how a piece of work goes from hand to hand, told without a database.

Every method says whether the act is allowed, and does it when it is. Nothing here is taken from
the code that it is compared with.
"""

from dataclasses import dataclass, field

CLAIM = 30
"""Minutes that a trainer has a text to themselves."""
OPEN = ("submitted", "in_review")
WRITABLE = (None, "draft", "withdrawn", "returned", "on_hold")


@dataclass
class Round:
    text: str
    outcome: str | None = None
    reviews: int = 0
    finished: set[str] = field(default_factory=set)
    """Who has said that they are done with their own reading."""
    joint: set[str] = field(default_factory=set)
    """Who has compared and writes the joint answer."""
    is_lone: bool = False
    is_sealed: bool = False
    """Stopped, because somebody could be recognized in it."""
    case: str | None = None
    stood_at: str | None = None
    """Where the work stood when it was stopped."""


@dataclass
class Work:
    """One assignment of one person, or of a team whose work two trainers read."""

    is_two: bool
    state: str | None = None
    draft: str | None = None
    rounds: list[Round] = field(default_factory=list)
    reader: str | None = None
    """Who took the text last."""
    until: int = 0
    second: str | None = None
    notes: dict[tuple[int, str], str] = field(default_factory=dict)
    """(number of the round, trainer) → the outcome they have in mind."""
    is_complete: bool = False

    @property
    def number(self) -> int:
        return len(self.rounds)

    @property
    def last(self) -> Round:
        return self.rounds[-1]

    @property
    def waits(self) -> bool:
        return self.state in OPEN and self.last.outcome is None and not self.last.is_sealed

    def holder(self, now: int) -> str | None:
        return self.reader if self.until > now else None

    def is_free_for(self, who: str, now: int) -> bool:
        return self.holder(now) in (None, who)

    def _hold(self, who: str, now: int) -> None:
        self.state, self.reader, self.until = "in_review", who, now + CLAIM

    def _let_go(self) -> None:
        self.reader, self.until = None, 0

    def write(self, text: str) -> bool:
        if self.state not in WRITABLE:
            return False
        self.draft = text
        return True

    def submit(self) -> bool:
        if self.state not in WRITABLE or self.draft is None:
            return False
        if self.draft in self._stopped_words():
            return False
        self.rounds.append(Round(self.draft))
        self.state = "submitted"
        self._let_go()
        return True

    def withdraw(self) -> bool:
        if self.state != "submitted":
            return False
        self.state = "withdrawn"
        self._let_go()
        return True

    def claim(self, who: str, now: int) -> bool:
        if not (self.waits and self.is_free_for(who, now)):
            return False
        self._hold(who, now)
        return True

    def take_over(self, who: str, now: int) -> bool:
        if not self.waits:
            return False
        self._hold(who, now)
        return True

    def note(self, who: str, outcome: str, now: int) -> bool:
        """What a trainer writes is kept whoever has the text, and when it has been answered."""
        if not self.rounds:
            return False
        self.notes[self.number, who] = outcome
        if self.state in OPEN:
            if self.is_two and self.second == who:
                self.state = "in_review"
            elif self.is_free_for(who, now):
                self._hold(who, now)
        return True

    def send(self, who: str, now: int) -> bool:
        note = self.notes.get((self.number, who))
        if not (self.waits and self.is_free_for(who, now) and note):
            return False
        if self.is_two and not self.last.is_lone and not self._has_compared(who):
            return False
        self.last.outcome, self.last.reviews = note, 1
        del self.notes[self.number, who]
        if self.is_two and self.second != who and self.second in self.last.finished:
            self.notes.pop((self.number, self.second), None)
        self.state = "approved" if note == "approve" else "returned"
        self.is_complete = self.is_complete or note == "approve"
        self._let_go()
        return True

    def correct(self, outcome: str) -> bool:
        if not self.rounds or self.last.outcome is None or self.last.is_sealed:
            return False
        if self.last.outcome == "approve" and outcome != "approve":
            return False
        if self.last.outcome == "return" and outcome == "approve":
            if self.state != "returned":
                return False
            self.state, self.is_complete = "approved", True
        self.last.outcome = outcome
        self.last.reviews += 1
        return True

    # what is stopped

    def stop(self, number: int) -> bool:
        """A round, and all others in which the same words stand."""
        if not self.rounds:
            return False
        chosen = self.rounds[number]
        if chosen.is_sealed:
            return False
        for one in self.rounds:
            if one.text == chosen.text and not one.is_sealed:
                one.is_sealed, one.case, one.stood_at = True, "pressed", self.state
        if self.last.is_sealed and self.state in (*OPEN, "returned", "approved"):
            self.state = "on_hold"
            self._let_go()
        return True

    def take_case(self, number: int) -> bool:
        chosen = self.rounds[number]
        if chosen.case not in ("pressed", "taken"):
            return False
        for one in self.rounds:
            if one.case == "pressed":
                one.case = "taken"
        return True

    def lift(self, number: int) -> bool:
        chosen = self.rounds[number]
        if chosen.case != "taken":
            return False
        chosen.is_sealed, chosen.case = False, "closed"
        if self.state == "on_hold" and chosen is self.last:
            back = chosen.stood_at in ("returned", "approved")
            self.state = chosen.stood_at if back else "submitted"
        return True

    def close_case(self, number: int) -> bool:
        chosen = self.rounds[number]
        if chosen.case != "taken":
            return False
        chosen.case = "closed"
        return True

    # what others do for somebody

    def _stopped_words(self) -> set[str]:
        return {one.text for one in self.rounds if one.is_sealed}

    def register(self, text: str) -> bool:
        """A text that came in on paper, say."""
        if self.state not in WRITABLE or text in self._stopped_words():
            return False
        self.rounds.append(Round(text))
        self.state = "submitted"
        self._let_go()
        return True

    def present(self, outcome: str) -> bool:
        """Presented orally: answered at once, without a text."""
        if self.state not in WRITABLE or self.state == "on_hold":
            return False
        self.rounds.append(Round("", outcome=outcome, reviews=1))
        self.state = "approved" if outcome == "approve" else "returned"
        self.is_complete = self.is_complete or outcome == "approve"
        self._let_go()
        return True

    def excuse(self) -> bool:
        if self.is_complete or self.state not in (None, "draft", "withdrawn", "returned"):
            return False
        self.state, self.is_complete = "excused", True
        return True

    def ask_after_all(self) -> bool:
        if self.state != "excused":
            return False
        self.is_complete = False
        if not self.rounds:
            self.state = "draft"
        else:
            self.state = "withdrawn" if self.last.outcome is None else "returned"
        return True

    # what two read

    def _both_done(self) -> bool:
        return self.second in self.last.finished and bool(self.last.finished - {self.second})

    def _has_compared(self, who: str) -> bool:
        return self._may_compare(who) and who in self.last.joint

    def _may_compare(self, who: str) -> bool:
        return (
            self.second is not None
            and who != self.second
            and {who, self.second} <= self.last.finished
        )

    def finish(self, who: str, now: int) -> bool:
        if not (self.is_two and self.waits):
            return False
        if who != self.second and not self.is_free_for(who, now):
            return False
        if (self.number, who) not in self.notes:
            return False
        if who == self.second:
            self.state = "in_review"
        else:
            self._hold(who, now)
        if who not in self.last.finished:
            self.last.finished.add(who)
            self.last.joint.discard(who)
            if self._both_done():
                self.last.joint.clear()
        return True

    def read_on(self, who: str) -> bool:
        if not self.waits:
            return False
        if who in self.last.finished:
            if who in self.last.joint:
                return False
            self.last.finished.discard(who)
            self.last.joint.clear()
        return True

    def compare(self, who: str) -> bool:
        if not self.rounds or not self._may_compare(who):
            return False
        self.last.joint.add(who)
        return True

    def name_second(self, who: str) -> bool:
        if not (self.is_two and self.waits) or who == self.reader:
            return False
        if self.second != who:
            self.last.finished.discard(self.second)
        self.last.joint.clear()
        self.last.is_lone = False
        self.second = who
        return True

    def read_alone(self, who: str) -> bool:
        if not (self.is_two and self.waits) or who != self.reader:
            return False
        self.last.is_lone = True
        return True
