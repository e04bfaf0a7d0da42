"""Invented passages with what the guard must say of each. The numbers are made up; those that
pass the check digit are Skatteverket's test numbers or belong to nobody born that way."""

import time
from itertools import chain

import pytest

from config import ROOT
from courses.catalog import load_course
from courses.rules.identity_guard import FindingKind, find

P, T, E, A, N = (
    FindingKind.PERSONAL_NUMBER, FindingKind.PHONE, FindingKind.EMAIL,
    FindingKind.AGE_AND_PLACE, FindingKind.NAME,
)

PASSAGES = [
    # personal identity numbers, in the spellings people use
    ("Hon har 850709-9805 som nummer.", [P]),
    ("Hon har 8507099805 som nummer.", [P]),
    ("Hon har 19850709-9805.", [P]),
    ("198507099805", [P]),
    ("pnr:850709-9805.", [P]),
    ("(850709-9805)", [P]),
    ("850709+9805 är över hundra år", [P]),
    ("850709 9805", [P]),
    ("850709 - 9805", [P]),
    ("850709–9805 med tankstreck", [P]),
    ("85 07 09 9805", [P]),
    ("85 07 09 98 05", [P]),
    ("85-07-09-9805", [P]),
    ("1985-07-09-9805", [P]),
    ("1985-07-09 9805", [P]),
    ("1985 07 09 98 05", [P]),
    ("1985 0709-9805", [P]),
    ("850709\u00a09805 med hårt mellanslag", [P]),
    ("121212-1212 och 640823-3234", [P, P]),
    ("född 20160203-1237 i kommunen", [P]),
    ("000229-1235 på skottdagen", [P]),
    ("personnummer070123-4569", [P]),
    ("Numret är 0701234569.", [P]),
    # coordination numbers: the day plus sixty
    ("Samordningsnummer 701063-2391.", [P]),
    ("7010632391", [P]),
    ("19850769-9802", [P]),
    ("850769 9802", [P]),
    # numbers that are something else
    ("850709-9804 har fel kontrollsiffra", []),
    ("851309-9805 har en månad för mycket", []),
    ("850732-9805 har en dag för mycket", []),
    ("850230-9805 är ingen dag", []),
    ("dnr 850709-9805 är ett ärende", []),
    ("diarienummer: 850709-9805", []),
    ("Dnr KS 2026/00123", []),
    ("Beslut 801-2345-2026, dnr 2026:417", []),
    ("organisationsnummer 202100-2452", []),
    ("org.nr 556016-0680", []),
    ("SFS 2010:800 och SFS 2018:1197", []),
    ("socialtjänstlagen (2025:400) 14 kap. 1 §", []),
    ("Mötet är 2027-02-09 1436 i Lycksele", []),
    ("Ring mobil 0701234569 i brådskande fall", [T]),
    ("Vi har 1 200 invånare och 9 805 elever.", []),
    ("Kostnaden blev 1 201 015 000 kronor.", []),
    ("perioden 2026-2027 och 2027–2028", []),
    ("Bankgiro 5050-1055", []),
    ("ISBN 978-91-7000-150-2", []),
    ("https://www.example.org/8507099805x", [P]),
    ("12345678507099805", []),
    # telephone
    ("Du når mig på 070-123 45 67.", [T]),
    ("073 123 45 67", [T]),
    ("0731234567", [T]),
    ("+46 70 123 45 67", [T]),
    ("0046701234567", [T]),
    ("+46 (0)70-123 45 67", [T]),
    ("hemma: 0950-123 45", [T]),
    ("08-123 456 78", [T]),
    ("0911-12 34 53", [T]),
    ("Kvinnofridslinjen 020-50 50 50", []),
    ("Ring 112, 1177, 114 14 eller 116 111.", []),
    ("Växeln 0771-123 456", []),
    ("Länsstyrelsen: 0980-319 200", []),  # known: the owner's
    ("Anhöriglinjen 0200-23 95 00", []),
    ("mellan 0–5 och 06–12 år", []),
    ("kl. 08.00–16.30 den 09-10", []),
    # e-mail
    ("Skriv till karin.p@gmail.com", [E]),
    ("lisa_79@hotmail.se!", [E]),
    ("a@live.se och b@outlook.com", [E, E]),
    ("pelle@telia.com", [E]),
    ("x.y@yahoo.co.uk", [E]),
    ("socialtjansten@sorsele.se", []),
    ("registrator@polisen.se", []),
    ("valdsforebyggande@example.org", []),
    ("info@gmailgruppen.se", []),
    # age and municipality in one sentence
    ("En 43-åring i Norsjö hörde av sig.", [A]),
    ("En kvinna, 43 år, bosatt i Vilhelmina.", [A]),
    ("Mannen från Sorsele är i 40-årsåldern.", [A]),
    ("En pojke i åttan på skolan i Åsele.", [A]),
    ("Flickan går i åk 8 i Dorotea.", [A]),
    ("Han är född 1985 och bor i Malå.", [A]),
    ("Åseles yngsta, en fyraåring, var där.", [A]),
    ("Han är 43 år gammal. Norsjö är litet.", []),
    ("En 43-åring hörde av sig.", []),
    ("I Norsjö bor 4 000 personer.", []),
    ("Vi har arbetat så i 3 år i Sorsele.", []),
    ("För 10 år sedan hade Vilhelmina en fritidsgård.", []),
    ("Ungdomar 16–25 år i Storuman svarade på enkäten.", []),
    ("Under 2 år ska Åsele pröva modellen.", []),
    ("Enkäten från 2024 visar att Lycksele är tryggt.", []),
    # names
    ("Chefen heter Anna Lindberg.", [N]),
    ("Karl E. Östman godkände tiden.", [N]),
    ("Anna godkände tiden.", []),
    ("Enhetschefen på socialtjänsten godkände tiden.", []),
    ("Per capita är det lite. Bo kvar hemma.", []),
    # together
    ("Ring Sara Ek på 070-123 45 67 eller sara@gmail.com, 850709-9805.", [N, T, E, P]),
    ("", []),
]


@pytest.mark.parametrize("text,kinds", PASSAGES, ids=[text[:40] or "-" for text, _ in PASSAGES])
def test_what_it_says_of_a_passage(text, kinds):
    found = find(text, known=["0980-319 200"])

    assert [one.kind for one in found] == kinds
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.blocks is (one.kind is P)


def test_it_says_where():
    text = "Hej. Numret 850709-9805 står här."

    assert [one.text for one in find(text)] == ["850709-9805"]


def test_age_and_place_in_different_sentences_are_two_things():
    assert find("En 43-åring ringde.\n\nI Norsjö finns en skola.") == []


def test_nothing_in_the_courses_own_texts_is_stopped():
    course = load_course(ROOT / "content" / "processledarutbildning").course("sv")
    english = load_course(ROOT / "content" / "processledarutbildning").course("en")
    texts = []
    for one in (course, english):
        for module in one.modules:
            texts.append(module.intro.source)
            texts += [lesson.body.source for lesson in module.lessons]
            texts += [assignment.brief.source for assignment in module.assignments]
        texts += [f"{line.name} {line.number} {line.hours} {line.who}" for line in one.support]
        texts += [f"{fact.claim} {fact.source}" for fact in one.facts.values()]
    known = [line.number for line in course.support] + [course.owner.phone]

    found = list(chain.from_iterable(find(text, known=known) for text in texts))

    assert len(texts) > 50
    assert [one.text for one in found if one.blocks] == []
    assert [one.text for one in found if one.kind in (T, E)] == []


@pytest.mark.parametrize(
    "hurtful",
    ["1" * 20_000, "85 " * 7_000, "0" * 20_000, "a@" * 10_000, "a." * 10_000 + "@b.c" * 20,
     "Anna " * 4_000, "Sorsele 43 år " * 1_500, "-" * 20_000, "070 " * 5_000, "tjugo" * 4_000],
)
def test_a_text_made_to_hurt_takes_no_time(hurtful):
    started = time.process_time()  # a machine that has much else to do is no fault of ours
    find(hurtful)
    assert time.process_time() - started < 0.5
