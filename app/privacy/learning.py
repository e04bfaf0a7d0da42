"""Of the way through the course: what is one's own, or the team's, until it is handed in."""

from flask_babel import lazy_gettext as _l

from app.privacy.section import COHORT, JOINT_WORK, SOON_AFTER, Section

LEARNING = (
    Section(
        title=_l("Din plats i utbildningen"),
        what=_l("Vilken utbildningsomgång och vilket team du är med i och var du då arbetar."),
        why=_l("För att visa rätt kurs och för att teamet ska kunna arbeta tillsammans."),
        how_long=_l("Två år efter att utbildningsomgången är slut."),
        tables={"enrollment": COHORT, "team": COHORT, "team_member": COHORT},
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
        tables={"handover_note": SOON_AFTER, "handover": COHORT},
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
            "completion_event": COHORT, "completion": COHORT, "module_progress": COHORT,
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
            "response": SOON_AFTER,
            "draft": SOON_AFTER,
            "plan_chapter": SOON_AFTER,
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
            "joint_section": SOON_AFTER,
            "contribution": SOON_AFTER,
            "shared_contribution": SOON_AFTER,
            "section_source": SOON_AFTER,
            "section_comment": SOON_AFTER,
            "round_source": JOINT_WORK,
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
)
