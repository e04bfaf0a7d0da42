"""Of the account: who one is, and how one comes in."""

from flask_babel import lazy_gettext as _l

from app.privacy.section import Section

ACCOUNT = (
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
)
