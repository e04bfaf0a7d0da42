"""What the privacy page says, in people's words.

Every table declares what it holds about people (`__personal__`). Here each of them has its
place under a heading, with the retention it declares; a test fails when a table has no place
or when its declaration says something else than when these words were written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, kw_only=True)
class Section:
    """One kind of personal data: what it is, what it is for, and how long it is kept."""

    title: LazyString
    what: LazyString
    why: LazyString
    how_long: LazyString
    tables: Mapping[str, str]
    """Table → the retention that it declares."""


_COHORT = "two years after the cohort's end"

SECTIONS = (
    Section(
        title=_l("Ditt konto"),
        what=_l(
            "Namn, e-postadress i arbetet, språk, var du arbetar, verksamhetsområde, dina "
            "roller och ett lösenord som är lagrat så att ingen kan läsa det."
        ),
        why=_l("För att du ska kunna logga in och för att var och en bara ska se sitt."),
        how_long=_l(
            "Tills du ber oss ta bort kontot, eller två år efter din sista utbildningsomgång. "
            "Uppgiften om en roll finns kvar två år efter att rollen upphörde."
        ),
        tables={
            "user": "until the person asks, or two years after the last cohort",
            "role_assignment": "two years after the role ended",
        },
    ),
    Section(
        title=_l("Inbjudan och inloggning"),
        what=_l(
            "När du bjöds in och av vem, när du loggade in och med vilken webbläsare, länkar i "
            "mejl som du bett om, och misslyckade inloggningsförsök utan att vi sparar vilken "
            "adress som skrevs."
        ),
        why=_l("För att skydda ditt konto och för att inget ska sparas två gånger."),
        how_long=_l(
            "En inloggning i 12 timmar, misslyckade försök i 24 timmar, formulärens "
            "engångsnycklar i 30 dagar, en länk i mejl i 30 dagar efter att den gick ut, en "
            "oanvänd inbjudan i 60 dagar och en använd så länge kontot finns."
        ),
        tables={
            "login_session": "12 hours, then swept",
            "login_failure": "24 hours, then swept",
            "account_link": "30 days after it ran out, then swept",
            "invitation": "unused: until 60 days after it ran out; used: with the account",
            "idempotency_key": "30 days, then swept",
        },
    ),
    Section(
        title=_l("Tvåstegsinloggning"),
        what=_l(
            "Om du har slagit på det: dina passnycklars namn och öppna del, din kodapps "
            "hemlighet i krypterad form, återställningskoder så att ingen kan läsa dem, och "
            "vilka enheter som du bett oss komma ihåg."
        ),
        why=_l("För att ingen annan ska kunna logga in som du."),
        how_long=_l(
            "Tills du tar bort det eller kontot tas bort. En ihågkommen enhet i 30 dagar."
        ),
        tables={
            "passkey": "until the person takes it away, or the account goes",
            "authenticator_app": "until the person takes it away, or the account goes",
            "recovery_code": "until it is replaced, or the account goes",
            "remembered_device": "30 days, then swept",
        },
    ),
    Section(
        title=_l("Utbildares egna kommentarer"),
        what=_l("Kommentarer som du som utbildare har sparat för att använda igen."),
        why=_l("För att du ska slippa skriva samma sak flera gånger."),
        how_long=_l("Tills du tar bort dem eller kontot tas bort."),
        tables={"saved_comment": "until the trainer takes it away, or the account goes"},
    ),
    Section(
        title=_l("Kopior av dina uppgifter"),
        what=_l("Att du bad om en kopia av dina uppgifter, och filen tills den tas bort."),
        why=_l("För att du ska kunna hämta den."),
        how_long=_l("24 timmar efter att den blev klar."),
        tables={"data_copy": "24 hours after it was made"},
    ),
    Section(
        title=_l("Din plats i utbildningen"),
        what=_l("Vilken utbildningsomgång och vilket team du är med i och var du då arbetar."),
        why=_l("För att visa rätt kurs och för att teamet ska kunna arbeta tillsammans."),
        how_long=_l("Två år efter att utbildningsomgången är slut."),
        tables={"enrollment": _COHORT, "team": _COHORT, "team_member": _COHORT},
    ),
    Section(
        title=_l("Överlämning"),
        what=_l(
            "Det du skriver till den som tar över efter dig, att du lämnade ett team, vem som tog "
            "över och vem som skötte bytet."
        ),
        why=_l("För att teamet ska kunna gå vidare när någon slutar."),
        how_long=_l(
            "Ditt blad i 90 dagar efter att utbildningsomgången är slut, om du inte har lämnat "
            "teamet. Det som lämnades över i två år."
        ),
        tables={"handover_note": "90 days after the cohort's end", "handover": _COHORT},
    ),
    Section(
        title=_l("Vad som är klart"),
        what=_l(
            "Vilka lektioner, kunskapskollar och uppgifter som är klara, vad du har deltagit i "
            "eller intygat, och när."
        ),
        why=_l("För att du ska hitta vidare, och för att intyget ska bygga på något."),
        how_long=_l("Två år efter att utbildningsomgången är slut."),
        tables={
            "completion_event": _COHORT, "completion": _COHORT, "module_progress": _COHORT,
        },
    ),
    Section(
        title=_l("Dina svar och utkast"),
        what=_l(
            "Dina senaste svar i kunskapskollar och övningar, var i en lektion du var, och "
            "texter du inte skickat in."
        ),
        why=_l("För att du ska kunna gå tillbaka till dem."),
        how_long=_l("90 dagar efter att utbildningsomgången är slut."),
        tables={
            "response": "90 days after the cohort's end",
            "draft": "90 days after the cohort's end",
            "plan_chapter": "90 days after the cohort's end",
            "lesson_place": "until the lesson is done, at most 90 days after the cohort's end",
        },
    ),
    Section(
        title=_l("Det ni skriver tillsammans"),
        what=_l(
            "Dina bidrag till teamets gemensamma uppgifter, det du har delat av dem, dina "
            "kommentarer, och vilka avsnitt du skriver, har öppna eller har sparat."
        ),
        why=_l("För att flera ska kunna skriva samma text utan att något går förlorat."),
        how_long=_l(
            "90 dagar efter att utbildningsomgången är slut. Vems bidrag som finns i det ni har "
            "skickat in sparas med den texten."
        ),
        tables={
            "joint_section": "90 days after the cohort's end",
            "contribution": "90 days after the cohort's end",
            "shared_contribution": "90 days after the cohort's end",
            "section_source": "90 days after the cohort's end",
            "section_comment": "90 days after the cohort's end",
            "round_source": "two years after the cohort's end; joint municipal work is kept",
        },
    ),
    Section(
        title=_l("Dina reflektioner"),
        what=_l(
            "Det du skriver under Mina reflektioner, krypterat, vilken modul det hör till och "
            "när du skrev."
        ),
        why=_l("För att du ska kunna tänka för dig själv under utbildningen."),
        how_long=_l("Tills du tar bort dem, eller 90 dagar efter att kontot stängts."),
        tables={"reflection": "until one deletes it, or 90 days after the account is closed"},
    ),
    Section(
        title=_l("Inskickade uppgifter och återkoppling"),
        what=_l("Texten som du eller ditt team skickat in, när det skedde, och utbildarens svar."),
        why=_l("För att bedöma uppgiften och för att svaret ska gå att följa i efterhand."),
        how_long=_l(
            "Två år efter att utbildningsomgången är slut. Kommunens gemensamma arbete bevaras. "
            "Det som är inskickat är allmän handling och kan inte tas bort på begäran."
        ),
        tables={
            "submission": "two years after the cohort's end; joint municipal work is kept",
            "submission_round": "two years after the cohort's end; joint municipal work is kept",
            "secrecy_stop": "two years after the cohort's end; joint municipal work is kept",
            "municipal_plan": "kept as joint municipal work",
            "secrecy_step": "two years after the cohort's end; joint municipal work is kept",
            "promise_change": _COHORT,
            "review": _COHORT,
            "review_draft": _COHORT,
            "second_reader": _COHORT,
            "reading": _COHORT,
            "lone_reading": _COHORT,
        },
    ),
    Section(
        title=_l("Det som sägs och visas i teamet"),
        what=_l(
            "Att du är klar med teamets text, versioner som visas för hela teamet eller för en "
            "myndighet, vad en myndighet svarar på dem, din egen rad om ditt bidrag, och vad "
            "teamet visar för de andra teamen."
        ),
        why=_l(
            "För att teamet ska kunna skriva tillsammans, och för att ditt eget bidrag ska räknas."
        ),
        how_long=_l(
            "Att du är klar i 90 dagar efter att utbildningsomgången är slut. Det andra i två år, "
            "och kommunens gemensamma arbete bevaras."
        ),
        tables={
            "ready_mark": "90 days after the cohort's end",
            "shown_version": "two years after the cohort's end; joint municipal work is kept",
            "sign_off": "two years after the cohort's end; joint municipal work is kept",
            "sign_off_waiver": "two years after the cohort's end; joint municipal work is kept",
            "contribution_line": "two years after the cohort's end; joint municipal work is kept",
            "cohort_showing": "two years after the cohort's end; joint municipal work is kept",
        },
    ),
    Section(
        title=_l("Sekretessförbindelse"),
        what=_l(
            "För utbildare: att du har läst vad som är hemligt och lovat att hålla det för dig "
            "själv, med de ord som stod där, och när."
        ),
        why=_l("För att ingen ska läsa det som skickas in utan att veta vad som gäller."),
        how_long=_l("Två år efter att rollen upphörde."),
        tables={"secrecy_undertaking": "two years after the role ended"},
    ),
    Section(
        title=_l("Frågor, mer tid och utkastläsning"),
        what=_l(
            "Det du eller ditt team och utbildarna skriver till varandra om en uppgift, om du "
            "bett om mer tid och fått det, utkast som du skickat för läsning, hur långt du har "
            "läst och det du har skrivit men inte skickat."
        ),
        why=_l("För att du ska få hjälp på vägen och för att ett nytt datum ska gå att förklara."),
        how_long=_l(
            "Två år efter att utbildningsomgången är slut. Det som är skickat är allmän handling. "
            "Det du inte har skickat finns kvar i 90 dagar efter att omgången är slut."
        ),
        tables={
            "thread": _COHORT, "thread_message": _COHORT, "time_request": _COHORT,
            "extension": _COHORT, "draft_reading": _COHORT, "draft_reply": _COHORT,
            "thread_reader": "90 days after the cohort's end",
        },
    ),
    Section(
        title=_l("Filer"),
        what=_l(
            "Filer som hör till en uppgift: namn, storlek, när och av vem, och var i dem något "
            "kan peka ut en person. Texten i dem står bara i själva filen."
        ),
        why=_l(
            "För att du ska kunna lämna in dem, och för att hitta personuppgifter innan de "
            "skickas in."
        ),
        how_long=_l("Så länge som utkastet eller den inskickade uppgiften som de hör till."),
        tables={
            "stored_file": "as long as a draft or a hand-in has it",
            "file_finding": "as long as the file",
            "draft_file": "90 days after the cohort's end",
            "round_file": "two years after the cohort's end; joint municipal work is kept",
        },
    ),
    Section(
        title=_l("Enkäter"),
        what=_l(
            "Att du har svarat på en enkät eller avstått, och i vilken vecka. Svaren lagras för "
            "sig, utan namn, tid eller ordning. Vi kan inte se vilka som är dina, och därför "
            "inte heller lämna ut eller ta bort dem."
        ),
        why=_l(
            "För att se vad utbildningen har gett. Svaren visas bara för hela omgången, och "
            "bara när minst fem har svarat."
        ),
        how_long=_l("Två år efter att utbildningsomgången är slut."),
        tables={
            "survey_participation": _COHORT, "survey_answer": _COHORT, "survey_result": _COHORT,
        },
    ),
    Section(
        title=_l("Utkast till utbildningens texter"),
        what=_l("Vilken redaktör som senast ändrade en text som inte är publicerad än, och när."),
        why=_l("För att redaktörerna ska kunna arbeta tillsammans utan att skriva över varandra."),
        how_long=_l("Tills utkastet är publicerat eller kastat."),
        tables={"content_change": "until the draft is published or discarded"},
    ),
    Section(
        title=_l("Intyg"),
        what=_l("Det som står på intyget, själva dokumentet och om det fortfarande gäller."),
        why=_l("För att du ska kunna visa att du gått utbildningen."),
        how_long=_l("Bevaras, så att intyget går att kontrollera."),
        tables={"certificate": "kept"},
    ),
    Section(
        title=_l("Mejl från tjänsten"),
        what=_l("Vilka mejl som skickats till dig och vad som stod i dem."),
        why=_l("För att du ska få veta när något händer."),
        how_long=_l("Texten i 90 dagar. Därefter bara att mejlet skickades."),
        tables={"outbox_mail": "90 days; then only that it was sent"},
    ),
    Section(
        title=_l("Besked och kalender"),
        what=_l(
            "Vad du har fått besked om och när, vilka besked du vill ha, och om du har en "
            "kalenderadress. Adressen är lagrad så att ingen kan läsa den."
        ),
        why=_l("För att du ska få veta det du vill, en gång, och se dina datum i din kalender."),
        how_long=_l(
            "Beskeden i 90 dagar efter att utbildningsomgången är slut, dina val så länge du "
            "har kontot och kalenderadressen tills du stänger av den."
        ),
        tables={
            "notice": "90 days after the cohort's end, then swept",
            "notice_choice": "with the account",
            "calendar_address": "until it is turned off, or with the account",
        },
    ),
    Section(
        title=_l("Spår av vem som gjort vad"),
        what=_l(
            "Vem som fattat beslut i tjänsten, och vem som öppnat en sida om dig. Inga texter."
        ),
        why=_l("För att beslut ska gå att granska och för att ingen ska titta utan skäl."),
        how_long=_l("24 månader."),
        tables={"audit_event": "24 months", "access_event": "24 months"},
    ),
    Section(
        title=_l("Vem som har publicerat utbildningens innehåll"),
        what=_l("Vilken redaktör som publicerade en upplaga av utbildningen, och när."),
        why=_l("För att det ska gå att se vem som beslutade om en ändring."),
        how_long=_l("Så länge utbildningen ges."),
        tables={"publication": "as long as the course is given"},
    ),
    Section(
        title=_l("Meddelanden till oss"),
        what=_l("Det du skriver till oss i ett formulär, och din e-postadress om du anger den."),
        why=_l("För att kunna svara dig."),
        how_long=_l("12 månader. Vi tar bort det tidigare om du ber om det."),
        tables={"contact_message": "12 months"},
    ),
)
