"""Of the service around the course: surveys, certificates, mail, and who did what."""

from flask_babel import lazy_gettext as _l

from app.privacy.section import COHORT, Section

SERVICE = (
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
            "survey_participation": COHORT, "survey_answer": COHORT, "survey_result": COHORT,
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
