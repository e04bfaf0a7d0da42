"""Words that the identity guard looks for."""

MUNICIPALITIES = (
    "Bjurholm", "Dorotea", "Lycksele", "Malå", "Nordmaling", "Norsjö", "Robertsfors",
    "Skellefteå", "Sorsele", "Storuman", "Umeå", "Vilhelmina", "Vindeln", "Vännäs", "Åsele",
)
"""The municipalities of Västerbotten."""

VILLAGES = (
    "Ammarnäs", "Bastuträsk", "Bjurträsk", "Blattnicksele", "Boliden", "Burträsk", "Bureå",
    "Bygdeå", "Bygdsiljum", "Byske", "Dikanäs", "Ersmark", "Fredrika", "Gargnäs", "Granö",
    "Hemavan", "Holmsund", "Hällnäs", "Hörnefors", "Joeström", "Jörn", "Kristineberg", "Kåge",
    "Latikberg", "Lövånger", "Marsfjäll", "Nysätra", "Obbola", "Rusksele", "Rödingberg", "Saxnäs",
    "Sikeå", "Slussfors", "Stensele", "Sävar", "Tärnaby", "Tvärålund", "Täfteå", "Umgransele",
    "Åmsele", "Ånäset", "Åskilje", "Örträsk",
)
"""Villages and small towns of Västerbotten."""

PEOPLE = (
    "kvinna", "man", "pojke", "flicka", "tjej", "kille", "barn", "elev", "ungdom", "tonåring",
    "person", "mamma", "pappa", "mor", "far", "dotter", "son", "klient", "patient", "brukare",
    "farmor", "mormor", "morfar", "farfar", "änka", "änkling", "pensionär", "granne", "politiker",
    "lärare", "läkare", "tandläkare", "distriktsläkare", "sjuksköterska", "undersköterska",
    "barnmorska", "kurator", "rektor", "psykolog", "polis", "präst", "diakon", "tränare", "ledare",
    "chef", "enhetschef", "handläggare", "socialsekreterare", "fritidsledare", "samisk kvinna",
    "renskötare", "handlare", "företagare", "brandman", "väktare", "bibliotekarie", "frisör",
    "lärarinna", "skolsköterska", "familj",
)
"""Words for one person."""

PRIVATE_MAIL = frozenset(
    {
        "aol", "bahnhof", "bredband", "bredband2", "comhem", "fastmail", "gmail", "gmx",
        "googlemail", "hey", "home", "hotmail", "icloud", "live", "mac", "mail", "me", "msn",
        "outlook", "passagen", "pm", "proton", "protonmail", "spray", "swipnet", "tele2", "telia",
        "tutanota", "yahoo", "yandex",
    }
)
"""Mail providers for private persons, without their last part."""

FIRST_NAMES = frozenset(
    {
        "Abdi", "Abdullah", "Adam", "Agnes", "Agneta", "Ahmed", "Aina", "Alex", "Alexander",
        "Alexandra", "Ali", "Alice", "Alma", "Alva", "Amanda", "Amina", "Amir", "Anders",
        "Andreas", "Anette", "Angelica", "Anita", "Ann", "Anna", "Anne", "Anneli", "Annika",
        "Ante", "Anton", "Arne", "Aron", "Arvid", "Aslak", "Astrid", "August", "Axel", "Ayse",
        "Aysha", "Barbro", "Bengt", "Berit", "Bertil", "Bill", "Biret", "Birgitta", "Björn", "Bo",
        "Bosse", "Britt", "Britta", "Börje", "Camilla", "Carina", "Carl", "Caroline", "Catarina",
        "Cecilia", "Charlotta", "Charlotte", "Christer", "Christian", "Christina", "Claes",
        "Clara", "Daniel", "Daniela", "David", "Dennis", "Ebba", "Edith", "Edvin", "Elias",
        "Elin", "Elisabeth", "Elle", "Ellen", "Ellinor", "Elsa", "Elvira", "Emelie", "Emil",
        "Emilia", "Emma", "Erik", "Ester", "Eva", "Evelina", "Ewa", "Fanny", "Fatima", "Felicia",
        "Felix", "Ferdinand", "Filip", "Folke", "Fredrik", "Fredrika", "Freja", "Frida",
        "Gabriel", "Gerd", "Gerda", "Greta", "Gudrun", "Gun", "Gunilla", "Gunnar", "Gustav",
        "Göran", "Gösta", "Göte", "Halima", "Hamza", "Hanna", "Hans", "Harald", "Harry", "Hassan",
        "Hedda", "Hedvig", "Helen", "Helena", "Helene", "Henning", "Henrik", "Hilda", "Hjalmar",
        "Holger", "Hugo", "Hussein", "Håkan", "Ibrahim", "Ida", "Ines", "Inga", "Ingegerd",
        "Ingela", "Ingemar", "Inger", "Ingrid", "Ingvar", "Irene", "Iris", "Isabella", "Isabelle",
        "Isak", "Ivar", "Jacob", "Jakob", "Jan", "Jeanette", "Jennifer", "Jenny", "Jens",
        "Jesper", "Jessica", "Jimmy", "Joakim", "Joel", "Johan", "Johanna", "John", "Jonas",
        "Jonatan", "Jonathan", "Josef", "Josefin", "Josefine", "Juhani", "Juhán", "Julia",
        "Jörgen", "Kaisa", "Kaj", "Kalle", "Karin", "Karl", "Karolina", "Katarina", "Kenneth",
        "Kent", "Kerstin", "Kim", "Kjell", "Klara", "Klas", "Knut", "Kristina", "Kurt", "Lars",
        "Leif", "Leila", "Lena", "Lennart", "Leo", "Leon", "Liam", "Lilian", "Lina", "Linda",
        "Linnea", "Linnéa", "Lisa", "Lotta", "Louise", "Lova", "Lovisa", "Lucas", "Ludvig",
        "Lukas", "Lásse", "Madeleine", "Magnus", "Mahmoud", "Maja", "Majken", "Malena", "Malin",
        "Marcus", "Margareta", "Margit", "Maria", "Mariana", "Marie", "Marika", "Marita",
        "Markus", "Marta", "Martin", "Martina", "Matilda", "Mats", "Mattias", "Melker", "Micael",
        "Michael", "Mikael", "Milla", "Mimmi", "Minna", "Mira", "Mirjam", "Moa", "Mohamed",
        "Mohammed", "Mona", "Monica", "Monika", "Mustafa", "Máhtte", "Máret", "Märta", "Naima",
        "Natalie", "Nathalie", "Nellie", "Nicklas", "Niklas", "Nilla", "Nils", "Nina", "Noah",
        "Noor", "Nora", "Ola", "Olga", "Olivia", "Olle", "Olof", "Omar", "Oscar", "Oskar", "Otto",
        "Patrik", "Per", "Pernilla", "Peter", "Petra", "Pia", "Pontus", "Ragnar", "Ragnhild",
        "Rakel", "Rasmus", "Rebecka", "Rickard", "Rikard", "Rita", "Robert", "Robin", "Roger",
        "Roland", "Rolf", "Ronny", "Ruben", "Rune", "Ruth", "Sabina", "Saga", "Samira", "Samuel",
        "Sandra", "Sanna", "Sara", "Sebastian", "Selma", "Signe", "Sigrid", "Simon", "Siri",
        "Siv", "Sofia", "Sofie", "Solveig", "Sonja", "Staffan", "Stefan", "Stella", "Stig",
        "Stina", "Sture", "Sune", "Susanne", "Svante", "Sven", "Sverker", "Sylvia", "Sárá", "Teo",
        "Teodor", "Terese", "Theo", "Therese", "Thomas", "Tilda", "Tim", "Tina", "Tobias",
        "Tomas", "Tommy", "Tor", "Tora", "Torbjörn", "Tore", "Tova", "Tove", "Tuva", "Ulf",
        "Ulla", "Ulrika", "Uno", "Valter", "Vanja", "Vera", "Victoria", "Viggo", "Viktor",
        "Vilhelm", "Vilma", "Vincent", "Viola", "Wilhelm", "William", "Wilma", "Yasmin", "Ylva",
        "Yngve", "Yusuf", "Yvonne", "Zahra", "Zara", "Ågot", "Åke", "Åsa", "Örjan",
    }
)
"""Common first names. With a surname after them they may be a person's."""
