"""Mistakes in drawings, in their words and in where they are shown."""

from tests.unit.courses.catalog.broken.case import FIGURE, FIGURE_EN, FRAMES, SVG, Broken

CASES = {
    "drawing with an open element": Broken(
        SVG, "/>", ">", "</svg>", "läsa som SVG (mismatched tag)", "avslutas"
    ),
    "drawing with a script": Broken(
        SVG, "<!-- one pier on either side -->", "<script>1</script>", "<script>", "<script>",
        "rect", also=((SVG, "<script>", "egen text"),),
    ),
    "drawing in an unknown encoding": Broken(
        SVG, "<svg", "<?xml version='1.0' encoding='x-99'?><svg", "<svg", "okänd teckenkodning",
        "UTF-8",
    ),
    "number that takes hours": Broken(
        SVG, 'x="10"', f'x="{"1" * 200_000}x"', "1111x", "«x» har fel form", "Rätta det"
    ),
    "drawing with a style": Broken(
        SVG, 'class="f-line"', 'style="stroke:red"', "style=", "«style»", "klasserna"
    ),
    "drawing that listens": Broken(
        SVG, 'class="f-line"', 'onclick="x()"', "onclick", "«onclick»", "klasserna"
    ),
    "drawing that leads elsewhere": Broken(
        SVG, 'class="f-line"', 'href="https://example.org"', "href", "«href»", "klasserna"
    ),
    "drawing with a fill of its own": Broken(
        SVG, 'class="f-accent"', 'fill="#f00"', "#f00", "«fill»", "klasserna"
    ),
    "drawing with an image": Broken(
        SVG, "<!-- one pier on either side -->", "<image/>", "<image", "<image>", "rect"
    ),
    "unknown class": Broken(
        SVG, "f-accent", "f-accnt", "f-accnt", "«f-accnt» är okänd", "f-accent"
    ),
    "drawing of another width": Broken(
        SVG, "0 0 340 130", "0 0 400 130", "0 0 400", "«viewBox» har fel form", "340"
    ),
    "drawing without a measure": Broken(
        SVG, ' viewBox="0 0 340 130"', "", "<svg", "viewBox", '<svg xmlns='
    ),
    "number with a unit": Broken(SVG, 'x="10"', 'x="10px"', "10px", "«x» har fel form", "Rätta"),
    "words in the drawing": Broken(
        SVG, "{{har}}", "Här", ">Här<", "egen text, «Här»", "{{nyckel}}"
    ),
    "words beside an element": Broken(
        SVG, "{{har}}", "<tspan>{{har}}</tspan>och", "och<", "blandade", "eget element",
        also=((SVG, "och<", "egen text"),),
    ),
    "place without a text": Broken(
        SVG, "{{har}}", "{{harr}}", "{{harr}}", "«harr», som inte finns", "«har»?",
        also=((FIGURE, "har =", "«har» har ingen plats"),),
    ),
    "text without a place": Broken(
        FIGURE, 'dar = "Där"', 'dar = "Där"\nbro = "Bro"', "bro =", "ingen plats", "{{bro}}",
        also=((FIGURE_EN, "[texts]", "«bro» är inte översatt"),),
    ),
    "figure without alternative": Broken(
        FIGURE, "alt =", "# alt =", 'id = "bron"', "«alt» saknas", "alt = …"
    ),
    "figure without alternative in English": Broken(
        FIGURE_EN, "alt =", "# alt =", "title =", "«alt» saknas", "alt = …"
    ),
    "text that is not translated": Broken(
        FIGURE_EN, 'dar = "There"\n', "", "[texts]", "«dar» är inte översatt", "dar = "
    ),
    "translation of no text": Broken(
        FIGURE_EN, "dar = ", 'bro = "Bridge"\ndar = ', "bro =", "«bro» finns inte i", "originalet"
    ),
    "figure that is unknown": Broken(
        FRAMES, "figure:bron", "figure:brom", "[[figure", "«brom» finns inte", "«bron»?"
    ),
    "figure inside a line": Broken(
        FRAMES, "[[figure:bron]]", "Se [[figure:bron]]", "Se [[", "inte ensam", "egen rad"
    ),
    "figure shown twice": Broken(
        FRAMES, "[[figure:bron]]", "[[figure:bron]]\n\n[[figure:bron]]",
        "[[figure:bron]]\n\n!!!", "två gånger", "Ta bort",
    ),
    "figure with an id that is used": Broken(
        FIGURE, 'id = "bron"', 'id = "broblad"', "id =", "«broblad» används redan", "eget",
        alone=False,  # and what showed it shows nothing
    ),
}
