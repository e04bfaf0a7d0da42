"""Who sees what of a participant, as the privacy page and *Dina uppgifter* say it."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What somebody with a role sees of a participant, and what they do not."""

    who: LazyString
    sees: LazyString
    never: LazyString


READERS = (
    Reader(
        who=_l("Du själv"),
        sees=_l("Allt som finns om dig, utom vem som försökt logga in utan att lyckas"),
        never=_l("Andras svar, utkast och återkoppling"),
    ),
    Reader(
        who=_l("Ditt team"),
        sees=_l("Namn, verksamhetsområde, var du arbetar och det ni skriver tillsammans"),
        never=_l("Dina egna uppgifter, svar och utkast"),
    ),
    Reader(
        who=_l("Utbildaren"),
        sees=_l("Namn, var du arbetar och det du eller teamet skickat in"),
        never=_l("Utkast och svar i kunskapskollar"),
    ),
    Reader(
        who=_l("Samordnaren i din kommun"),
        sees=_l("Namn, vad som är klart eller försenat, och datum"),
        never=_l("Texter, återkoppling, svar och när du loggat in"),
    ),
    Reader(
        who=_l("Samordnaren för länet"),
        sees=_l("Samma sak för alla i utbildningsomgången, och vilka som har fått intyg"),
        never=_l("Texter, återkoppling, svar och när du loggat in"),
    ),
    Reader(
        who=_l("Redaktören"),
        sees=_l(
            "Innan en ändrad kurs publiceras: namn på dem och de team som den berör, och vilka "
            "delar det gäller"
        ),
        never=_l("Texter, återkoppling, svar, datum och vad andra har gjort"),
    ),
    Reader(
        who=_l("Administratören"),
        sees=_l("Att mejl skickats och till vem, roller och spår av beslut"),
        never=_l("Texter, återkoppling, svar och utkast"),
    ),
    Reader(
        who=_l("Den som har din intygskod"),
        sees=_l("Det som står på intyget, och om det gäller"),
        never=_l("Kommun, arbetsgivare och resultat"),
    ),
    Reader(
        who=_l("Den som begär ut en allmän handling"),
        sees=_l("Inskickade uppgifter och återkoppling, om de inte omfattas av sekretess"),
        never=_l("Utkast som inte har skickats in"),
    ),
)
