"""Words that the identity guard looks for."""

MUNICIPALITIES = (
    "Bjurholm", "Dorotea", "Lycksele", "Malå", "Nordmaling", "Norsjö", "Robertsfors",
    "Skellefteå", "Sorsele", "Storuman", "Umeå", "Vilhelmina", "Vindeln", "Vännäs", "Åsele",
)
"""The municipalities of Västerbotten."""

PRIVATE_MAIL = frozenset(
    {
        "aol", "bredband", "bredband2", "comhem", "fastmail", "gmail", "gmx", "googlemail",
        "hotmail", "icloud", "live", "mac", "mail", "me", "msn", "outlook", "passagen", "proton",
        "protonmail", "spray", "tele2", "telia", "tutanota", "yahoo",
    }
)
"""Mail providers for private persons, without their last part."""

FIRST_NAMES = (
    "Agneta", "Ahmed", "Alexander", "Ali", "Alice", "Alma", "Amanda", "Anders", "Andreas",
    "Anette", "Anita", "Ann", "Anna", "Anneli", "Anton", "Arvid", "Axel", "Barbro", "Bengt",
    "Berit", "Birgitta", "Björn", "Bo", "Camilla", "Carina", "Caroline", "Catarina", "Charlotte",
    "Christer", "Christian", "Christina", "Daniel", "David", "Ebba", "Elias", "Elin", "Elisabeth",
    "Ellen", "Elsa", "Emelie", "Emil", "Emma", "Erik", "Eva", "Fatima", "Filip", "Fredrik",
    "Frida", "Gabriel", "Gun", "Gunilla", "Gunnar", "Göran", "Hanna", "Hans", "Helena", "Henrik",
    "Hugo", "Håkan", "Ida", "Inger", "Ingrid", "Isak", "Jakob", "Jan", "Jenny", "Jens", "Jesper",
    "Jessica", "Joakim", "Johan", "Johanna", "John", "Jonas", "Josefin", "Julia", "Karin", "Karl",
    "Katarina", "Kenneth", "Kerstin", "Kjell", "Klara", "Kristina", "Lars", "Leif", "Lena",
    "Lennart", "Liam", "Linda", "Linnea", "Linnéa", "Lisa", "Louise", "Lucas", "Madeleine",
    "Magnus", "Maja", "Malin", "Margareta", "Maria", "Marie", "Martin", "Mats", "Matilda",
    "Mattias", "Mikael", "Mohamed", "Mohammed", "Moa", "Monica", "Monika", "Nils", "Nina",
    "Olivia", "Olof", "Oscar", "Oskar", "Patrik", "Per", "Peter", "Petra", "Pia", "Rasmus",
    "Rebecka", "Robert", "Robin", "Roger", "Roland", "Rolf", "Sandra", "Sara", "Simon", "Siv",
    "Sofia", "Sofie", "Stefan", "Stig", "Sven", "Susanne", "Tobias", "Tomas", "Thomas", "Ulf",
    "Ulla", "Ulrika", "Victoria", "Viktor", "Vincent", "William", "Åsa", "Örjan",
)
"""Common first names. With a surname after them they may be a person's."""
