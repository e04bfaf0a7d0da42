"""Of what is handed in or said to others: much of it is an official document."""

from flask_babel import lazy_gettext as _l

from app.privacy.section import COHORT, JOINT_WORK, SOON_AFTER, Section

HANDED_IN = (
    Section(
        title=_l("Inskickade uppgifter och återkoppling"),
        what=_l("Texten som du eller ditt team skickat in, när det skedde, och utbildarens svar."),
        why=_l("För att bedöma uppgiften och för att svaret ska gå att följa i efterhand."),
        how_long=_l(
            "Två år efter att utbildningsomgången är slut. Kommunens gemensamma arbete bevaras. "
            "Det som är inskickat är allmän handling och kan inte tas bort på begäran."
        ),
        tables={
            "submission": JOINT_WORK,
            "submission_round": JOINT_WORK,
            "secrecy_stop": JOINT_WORK,
            "municipal_plan": "kept as joint municipal work",
            "secrecy_step": JOINT_WORK,
            "promise_change": COHORT,
            "review": COHORT,
            "review_draft": COHORT,
            "second_reader": COHORT,
            "reading": COHORT,
            "lone_reading": COHORT,
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
            "ready_mark": SOON_AFTER,
            "shown_version": JOINT_WORK,
            "sign_off": JOINT_WORK,
            "sign_off_waiver": JOINT_WORK,
            "contribution_line": JOINT_WORK,
            "cohort_showing": JOINT_WORK,
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
            "thread": COHORT, "thread_message": COHORT, "time_request": COHORT,
            "extension": COHORT, "draft_reading": COHORT, "draft_reply": COHORT,
            "thread_reader": SOON_AFTER,
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
            "draft_file": SOON_AFTER,
            "behalf_file": SOON_AFTER,
            "round_file": JOINT_WORK,
        },
    ),
)
