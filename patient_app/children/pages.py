"""Pure. The stories as data: three bands written anew for their readers, and the youth's pages. Limits:
families.md, measured by tests.

A page is one drawn scene, a heading and a few sentences, one thought each: what one sees, hears and may do,
never what one must feel. The data refuses to be wrong: it raises when built.
"""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from patient_app.web.languages import LazyString
from patient_app.web.languages import lazy as _l

# The drawn children one may choose among (templates/pictures/people.html), each with what one sees. The
# number is `c=` in the fragment.
CHILDREN: MappingProxyType[int, LazyString] = MappingProxyType(
    {
        1: _l("Barn med kort svart hår och gul tröja"),
        2: _l("Barn med rött hår i tofsar"),
        3: _l("Barn med lockigt hår och glasögon"),
        4: _l("Barn med brunt hår och hörapparat"),
        5: _l("Barn med gul slöja"),
        6: _l("Barn som sitter i rullstol"),
        7: _l("Barn med rakt svart hår och grön tröja"),
        8: _l("Barn med flätor"),
    }
)


@dataclass(frozen=True)
class Line:
    """One paragraph of a page, and the facts of requirements.md that it states."""

    text: LazyString
    facts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.facts) > 3:
            raise ValueError("an element states three facts at most")


@dataclass(frozen=True)
class Page:
    """One page of a story: what it is about, its heading, its lines, its scene and what the scene shows."""

    topic: str
    heading: LazyString
    lines: tuple[Line, ...]
    picture: str
    alt: LazyString
    scene: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def cast(self, band: "Band") -> dict[str, Any]:
        """Who and what is drawn: the band's own room, adult and person from the care, unless the page says
        otherwise."""
        return {"room": band.room, "adult": band.adult, "staff": band.staff, "toy": band.toy, **self.scene}


@dataclass(frozen=True)
class Band:
    """A story for one age: its address, name, the same room and people all through, and six to nine pages."""

    slug: str
    name: LazyString
    hint: LazyString
    room: str
    adult: str
    staff: str
    toy: str
    pages: tuple[Page, ...]

    def __post_init__(self) -> None:
        if not 6 <= len(self.pages) <= 9:
            raise ValueError(f"{self.slug}: a story has six to nine pages")
        topics = [page.topic for page in self.pages]
        if sorted(topics) != sorted(TOPICS):
            raise ValueError(f"{self.slug}: every story tells each of {TOPICS} once")

    def page(self, number: int) -> Page | None:
        """The page with that number from 1, or None beyond."""
        return self.pages[number - 1] if 1 <= number <= len(self.pages) else None


TOPICS = ("what", "who", "place", "wait", "talk", "ask", "kept", "trouble", "end")

# Translators: read aloud by or to a small child. At most 8 words a sentence and 25 words a page, heading
# counted.
SMALL = Band(
    "3-6",
    _l("3–6 år"),
    _l("Läs ihop med en vuxen"),
    "rose",
    "pappa",
    "nurse",
    "teddy",
    (
        Page(
            "what",
            _l("Du ska träffa någon."),
            (Line(_l("Ni ses i en skärm. Det kallas videobesök. En vuxen är med dig.")),),
            "visit",
            _l("Ett barn och en pappa sitter i soffan. I datorn ler en sjuksköterska mot dem."),
        ),
        Page(
            "who",
            _l("Någon säger hej."),
            (
                Line(
                    _l(
                        "Då kommer en person från vården. Personen säger vad den heter. Du får fråga vem det "
                        "är."
                    )
                ),
            ),
            "hello",
            _l("En sjuksköterska vinkar i skärmen. På tröjan sitter en skylt."),
        ),
        Page(
            "place",
            _l("Här sitter du."),
            (Line(_l("Du sitter nära din vuxna. Skärmen står still på bordet. Nallen får också vara med.")),),
            "place",
            _l(
                "Barnet sitter mellan sin pappa och nallen. Surfplattan står på bordet. Ljuset kommer från "
                "fönstret."
            ),
        ),
        Page(
            "wait",
            _l("Först väntar ni lite."),
            (Line(_l("Skärmen säger att ni ska vänta. Det kan vara helt tyst. Ni kan läsa en bok.")),),
            "wait",
            _l("Skärmen visar en klocka och en tom stol. Barnet läser en bok så länge. Nallen är med."),
        ),
        Page(
            "talk",
            _l("Nu pratar ni."),
            (Line(_l("Du kan prata. Du kan peka. Du kan visa något. Du väljer vad. Hör du inte? Säg det.")),),
            "show",
            _l("Barnet håller upp sin nalle mot datorn. Sjuksköterskan i datorn tittar och pratar."),
        ),
        Page(
            "ask",
            _l("Du får säga stopp."),
            (
                Line(
                    _l(
                        "Håll upp handen. Du får be om paus. Vill du prata utan din vuxna? Eller ses i samma "
                        "rum? Säg det."
                    ),
                    ("child.may-ask",),
                ),
            ),
            "stop",
            _l("Barnet håller upp handen som ett stopp. Sjuksköterskan i skärmen ser det."),
        ),
        Page(
            "kept",
            _l("Personen skriver lite."),
            (
                Line(
                    _l("Det är om det ni pratar om. Undrar du vem som får veta? Fråga innan du berättar."),
                    ("child.what-is-kept",),
                ),
            ),
            "write",
            _l("Sjuksköterskan i datorn skriver på ett papper. Barnet undrar vilka som får veta."),
        ),
        Page(
            "trouble",
            _l("Blir skärmen svart?"),
            (Line(_l("Ropa på din vuxna. De vuxna ordnar det. Det är ingens fel.")),),
            "black",
            _l("Skärmen är svart. Barnet ropar. Pappa kommer med en telefon i handen."),
        ),
        Page(
            "end",
            _l("Hej då."),
            (
                Line(
                    _l(
                        "Till sist vinkar ni. Sedan blir skärmen mörk. Det ska den bli. Du får säga hur det "
                        "var."
                    )
                ),
            ),
            "bye",
            _l("Barnet och pappa vinkar till sjuksköterskan i datorn. Hon vinkar tillbaka."),
        ),
    ),
)

# Translators: for a child who reads a little. At most 12 words a sentence and 45 words a page, heading
# counted.
MIDDLE = Band(
    "7-9",
    _l("7–9 år"),
    _l("Läs själv eller ihop"),
    "sky",
    "mamma_hijab",
    "doctor",
    "drawing",
    (
        Page(
            "what",
            _l("Ett besök i en skärm."),
            (
                Line(
                    _l(
                        "Du ska prata med någon från vården. Ni är på olika ställen. Ändå kan ni se och höra "
                        "varandra."
                    )
                ),
                Line(_l("Det kallas videobesök. Du sitter i mitten av bilden, för det handlar om dig.")),
            ),
            "visit",
            _l("Ett barn och en mamma sitter i soffan. I datorn ler en läkare mot dem."),
        ),
        Page(
            "who",
            _l("Vem får du träffa?"),
            (
                Line(_l("En person kommer fram i skärmen. Den säger vad den heter och vad den jobbar med.")),
                Line(_l("Du får fråga om det är fler i rummet. Den kan fråga dig samma sak.")),
            ),
            "hello",
            _l("En läkare vinkar i skärmen. På rocken sitter en skylt med bild."),
        ),
        Page(
            "place",
            _l("Var ska du sitta?"),
            (
                Line(
                    _l(
                        "Välj ett lugnt rum med en dörr. Låt skärmen stå på ett bord. Ha fönstret framför "
                        "dig, inte bakom."
                    )
                ),
                Line(_l("Vem ska vara med? Säg vad du tycker.")),
            ),
            "place",
            _l(
                "Barnet sitter vid bordet med sin mamma. Surfplattan står still. Ljuset kommer från "
                "fönstret. Dörren är stängd."
            ),
            MappingProxyType({"with_door": True}),
        ),
        Page(
            "wait",
            _l("Först får du vänta en stund."),
            (
                Line(_l("Det kallas väntrum, fast det är i skärmen. Där kan det vara tyst.")),
                Line(
                    _l(
                        "Du kanske ser dig själv i en ruta. Vill du gömma den? Fråga hur, eller sätt en lapp "
                        "över din bild."
                    ),
                    ("research.self-view",),
                ),
            ),
            "wait",
            _l("Skärmen visar en klocka och en tom stol. Barnet ritar medan det väntar."),
            MappingProxyType({"with_self": True}),
        ),
        Page(
            "talk",
            _l("Nu pratar ni."),
            (
                Line(_l("Du får berätta, rita eller visa något. Du bestämmer vad. Hör du inte? Säg det.")),
                Line(
                    _l("I en skärm är det svårt att se hur du mår. Säg det med ord om du vill."),
                    ("guidance.clear-words",),
                ),
            ),
            "show",
            _l("Barnet håller upp en teckning mot datorn. Läkaren i datorn tittar och pratar."),
        ),
        Page(
            "ask",
            _l("Det här får du be om."),
            (
                Line(
                    _l(
                        "Du får be om en paus. Du får säga stopp. Du får fråga om du kan prata utan din "
                        "vuxna en stund."
                    ),
                    ("child.may-ask",),
                ),
                Line(_l("Vill du hellre träffas i samma rum? Säg det.")),
            ),
            "ask",
            _l("Barnet tänker på tre saker: en paus, en stopphand och två stolar bredvid varandra."),
        ),
        Page(
            "kept",
            _l("Vem får veta?"),
            (
                Line(
                    _l(
                        "Vården skriver upp det viktiga från besöket. Den som pratar med dig kan säga vem "
                        "som får läsa."
                    )
                ),
                Line(_l("Undrar du vem som får veta? Fråga innan du berättar."), ("child.what-is-kept",)),
            ),
            "write",
            _l("Läkaren i datorn skriver på ett papper. Barnet undrar vilka som får veta."),
        ),
        Page(
            "trouble",
            _l("Om skärmen blir svart."),
            (
                Line(_l("Ropa på din vuxna. De vuxna kopplar upp igen, eller ringer.")),
                Line(_l("Det är ingens fel. Sedan går ni vidare där ni var.")),
            ),
            "black",
            _l("Skärmen är svart. Barnet ropar. Mamma kommer med en telefon i handen."),
        ),
        Page(
            "end",
            _l("Så slutar det."),
            (
                Line(
                    _l(
                        "Innan ni slutar säger ni vad ni ska göra sedan. Är det något mer du vill säga? Säg "
                        "det då."
                    )
                ),
                Line(_l("Efteråt får du säga hur det var.")),
            ),
            "bye",
            _l("Barnet och mamma vinkar till läkaren i datorn. Läkaren vinkar tillbaka."),
        ),
    ),
)

# Translators: for a child of 10 to 12 who reads alone. At most 70 words a page, heading counted.
BIG = Band(
    "10-12",
    _l("10–12 år"),
    _l("Läs själv"),
    "mint",
    "mamma",
    "counsellor",
    "cat",
    (
        Page(
            "what",
            _l("Vad är ett videobesök?"),
            (
                Line(
                    _l(
                        "Du träffar vården genom en skärm. Ni ser och hör varandra, fast ni är på olika "
                        "platser."
                    )
                ),
                Line(
                    _l(
                        "En del tycker att det är svårare att prata så. Andra tycker att det är lättare. "
                        "Båda delarna är vanligt."
                    ),
                    ("research.harder-to-talk",),
                ),
                Line(
                    _l("Hur vill du helst träffas? Säg det innan, så vet de vad du tycker."),
                    ("guidance.age-adapted",),
                ),
            ),
            "two-ways",
            _l(
                "Två bilder. I den ena sitter barnet vid en dator. I den andra sitter barnet i ett rum med "
                "samma person."
            ),
        ),
        Page(
            "who",
            _l("Vem är det i skärmen?"),
            (
                Line(
                    _l(
                        "Personen säger vem den är och vad ni ska prata om. Bara de som är inbjudna ska vara "
                        "med."
                    ),
                    ("routine.only-invited",),
                ),
                Line(
                    _l(
                        "Du får fråga om någon mer är i rummet. Personen kan fråga dig samma sak. Den vill "
                        "veta att du kan prata i lugn och ro."
                    ),
                    ("guidance.private-room",),
                ),
            ),
            "hello",
            _l("En kurator vinkar i skärmen. På tröjan sitter en skylt med bild."),
        ),
        Page(
            "place",
            _l("Var sitter du bäst?"),
            (
                Line(
                    _l(
                        "Ta ett rum där dörren går att stänga. Med hörlurar hörs det mindre runt omkring. "
                        "Ljuset ska komma framifrån."
                    )
                ),
                Line(
                    _l(
                        "Titta på det som syns bakom dig. Syns en adress, eller namnet på din skola? Flytta "
                        "dig lite."
                    ),
                    ("guardian.background",),
                ),
            ),
            "place",
            _l(
                "Barnet sitter vid bordet med hörlurar. Mamma sitter bredvid. Ljuset kommer från fönstret. "
                "Dörren är stängd."
            ),
            MappingProxyType({"with_door": True, "with_headphones": True}),
        ),
        Page(
            "wait",
            _l("I väntrummet."),
            (
                Line(
                    _l(
                        "När ni har tryckt på Anslut kommer ni till ett väntrum i skärmen. Stanna där tills "
                        "någon kommer."
                    )
                ),
                Line(
                    _l(
                        "Oftast ser du dig själv i en ruta. Många tycker inte om det. Går rutan att gömma? "
                        "Fråga hur, eller sätt en lapp över din bild. De andra ser dig ändå."
                    ),
                    ("research.self-view",),
                ),
            ),
            "self",
            _l("Skärmen visar ett väntrum. Barnet sätter en gul lapp över rutan med sin egen bild."),
        ),
        Page(
            "talk",
            _l("När ni pratar."),
            (
                Line(
                    _l(
                        "Ibland hör man inte allt, mest när flera pratar på en gång. Säg till då. Det är "
                        "lika viktigt att du hör dem."
                    ),
                    ("research.tech-tiring",),
                ),
                Line(
                    _l("I en skärm syns det sämre hur någon mår. Säg det med ord om du vill."),
                    ("guidance.clear-words",),
                ),
                Line(
                    _l("Du bestämmer vad du visar. Under kläderna? Fråga om ni kan ses på plats."),
                    ("guidance.show-things",),
                ),
            ),
            "talk",
            _l("Barnet håller handen bakom örat. Kuratorn i datorn pratar. Ljudet hackar."),
        ),
        Page(
            "ask",
            _l("Det här får du be om."),
            (
                Line(
                    _l(
                        "Du får be om att prata själv. Du får be om en paus, säga stopp, eller säga att du "
                        "hellre vill träffas."
                    ),
                    ("child.may-ask",),
                ),
                Line(
                    _l(
                        "Många unga har inte fått sagt det de ville. Skriv det på ditt kort före besöket. "
                        "Hann du inte? Säg att du har mer att säga."
                    ),
                    ("research.not-said",),
                ),
            ),
            "alone",
            _l("Barnet sitter vid datorn med hörlurar. Mamma går ut genom dörren och vinkar."),
        ),
        Page(
            "kept",
            _l("Vem får veta?"),
            (
                Line(_l("Vården skriver upp det viktiga från besöket. Det gäller även när du pratar själv.")),
                Line(
                    _l(
                        "Undrar du vem som får veta? Fråga innan du berättar. Du kan också fråga vad "
                        "personen skriver."
                    ),
                    ("child.what-is-kept",),
                ),
            ),
            "write",
            _l("Kuratorn i datorn skriver på ett papper. Barnet undrar vilka som får veta."),
        ),
        Page(
            "trouble",
            _l("Om bilden eller ljudet försvinner."),
            (
                Line(_l("Bestäm före besöket vad ni gör om det krånglar.")),
                Line(
                    _l(
                        "Är du själv i rummet när det blir tyst? Ropa på din vuxna. Den kopplar upp igen "
                        "eller svarar i telefonen. Det är ingens fel."
                    ),
                    ("guidance.alone-dropped",),
                ),
            ),
            "black",
            _l("Skärmen är svart. Barnet ropar. Mamma kommer med en telefon i handen."),
        ),
        Page(
            "end",
            _l("När ni är klara."),
            (
                Line(
                    _l("Säg med egna ord vad ni kom fram till. Då märks det om något blev fel."),
                    ("guidance.summary",),
                ),
                Line(
                    _l("Efteråt kan du berätta hur det var, och hur du vill träffas nästa gång."),
                    ("guidance.evaluate",),
                ),
            ),
            "after",
            _l(
                "Barnet håller upp tre lappar med ansikten: ett glatt, ett mitt emellan och ett som inte är "
                "glatt."
            ),
        ),
    ),
)

BANDS: MappingProxyType[str, Band] = MappingProxyType({band.slug: band for band in (SMALL, MIDDLE, BIG)})


@dataclass(frozen=True)
class YouthPage:
    """One page for 13-17: its address below /youth, what the list calls it, and a page as in a story."""

    slug: str
    name: LazyString
    page: Page


def _youth_scene(**scene: Any) -> MappingProxyType[str, Any]:
    return MappingProxyType(
        {"room": "lilac", "adult": "mormor", "staff": "counsellor", "toy": "", "teen": True, **scene}
    )


# Translators: for 13 to 17: an equal. No slang, no pep talk. At most 110 words a page.
YOUTH: tuple[YouthPage, ...] = (
    YouthPage(
        "log-in",
        _l("Logga in"),
        Page(
            "log-in",
            _l("Du loggar in själv"),
            (
                Line(
                    _l(
                        "Du loggar in på 1177.se med din egen e-legitimation, till exempel BankID. Det är så "
                        "du kommer till besöket. Ingen annan loggar in åt dig."
                    ),
                    ("child.13-17",),
                ),
                Line(
                    _l(
                        "Har du ingen, eller går det inte att logga in? Ring mottagningen nu, vänta inte "
                        "till dagen för besöket. Låna inte någon annans, och låna inte ut din."
                    ),
                    ("child.no-eid",),
                ),
            ),
            "log-in",
            _l("En ung person sitter vid ett bord och loggar in med sin telefon."),
            _youth_scene(),
        ),
    ),
    YouthPage(
        "place",
        _l("Plats och hörlurar"),
        Page(
            "place",
            _l("Sitt där du kan prata"),
            (
                Line(
                    _l(
                        "Ta ett rum där dörren går att stänga. Med hörlurar hör inte andra i rummet vad "
                        "personen säger. Dig kan de höra, så prata lågt eller byt rum."
                    )
                ),
                Line(
                    _l(
                        "Personen kan fråga om du är själv, och om någon hör. Det är för att du ska kunna "
                        "prata fritt. Du får fråga samma sak."
                    ),
                    ("guidance.private-room",),
                ),
                Line(
                    _l(
                        "Lyssnar någon? Du kan säga att du vill ta det en annan gång, eller be om att få "
                        "träffas någon annanstans."
                    )
                ),
                Line(
                    _l("Titta på vad som syns bakom dig, till exempel en adress eller namnet på din skola."),
                    ("guardian.background",),
                ),
            ),
            "place",
            _l("En ung person med hörlurar sitter vid ett bord. Dörren är stängd."),
            _youth_scene(adult="", with_door=True, with_headphones=True),
        ),
    ),
    YouthPage(
        "choose",
        _l("Hur du vill träffas"),
        Page(
            "choose",
            _l("Säg hur du vill träffas"),
            (
                Line(
                    _l(
                        "Vill du hellre träffas på plats? Säg det. Det är ett lika bra svar. Video ska vara "
                        "något som du väljer, inte bara något som passar de vuxna."
                    ),
                    ("research.voluntary",),
                ),
                Line(
                    _l(
                        "I en liten norsk studie (31 unga 16–23 år) ville de flesta hellre träffas. En del "
                        "hade svårare att prata på skärm, andra hade lättare. Båda delarna är vanligt."
                    ),
                    ("research.harder-to-talk",),
                ),
                Line(
                    _l(
                        "Behandlare och en förälder i studien sa att det hjälper att ha träffats först. Du "
                        "kan be om det. Sedan bestämmer vården."
                    ),
                    ("research.first-in-person",),
                ),
            ),
            "two-ways",
            _l(
                "Två bilder. I den ena sitter den unga vid en skärm. I den andra sitter den unga i ett rum "
                "med samma person."
            ),
            _youth_scene(),
        ),
    ),
    YouthPage(
        "picture",
        _l("Din egen bild"),
        Page(
            "picture",
            _l("Om du inte vill se dig själv"),
            (
                Line(
                    _l(
                        "Många tycker inte om att se sig själva på skärmen. Om rutan går att dölja beror på "
                        "tjänsten. Fråga hur, eller sätt en lapp över din bild. De andra ser dig ändå."
                    ),
                    ("research.self-view",),
                ),
                Line(
                    _l(
                        "Ibland tittar personen in i kameran för att möta din blick. Är ögonkontakt svårt? "
                        "Du behöver inte titta in i kameran."
                    ),
                    ("guidance.look-at-camera",),
                ),
            ),
            "self",
            _l("Den unga sätter en gul lapp över rutan med sin egen bild."),
            _youth_scene(),
        ),
    ),
    YouthPage(
        "talk",
        _l("Få sagt det du vill"),
        Page(
            "talk",
            _l("Få sagt det du vill"),
            (
                Line(
                    _l(
                        "I den norska studien fick många inte sagt det de ville, eller hade svårt att hålla "
                        "fokus. Skriv det viktigaste på ditt kort. Hann du inte? Säg att du har mer att "
                        "säga."
                    ),
                    ("research.not-said",),
                ),
                Line(
                    _l("På skärm syns det sämre hur någon mår. Säg det med ord, om du vill."),
                    ("guidance.clear-words",),
                ),
                Line(
                    _l("När flera pratar på en gång är det svårt att höra. Säg till."),
                    ("research.tech-tiring",),
                ),
                Line(
                    _l(
                        "Du får be om att prata själv, be om en paus, sluta, eller be om att träffas i "
                        "stället."
                    ),
                    ("child.may-ask",),
                ),
            ),
            "talk",
            _l("Den unga håller handen bakom örat. Personen i datorn pratar. Ljudet hackar."),
            _youth_scene(),
        ),
    ),
    YouthPage(
        "record",
        _l("Vem får veta?"),
        Page(
            "record",
            _l("Vem får veta?"),
            (
                Line(
                    _l(
                        "Besöket skrivs upp i din journal. Undrar du vem som får veta? Fråga innan du "
                        "berättar. Fråga också vad dina vårdnadshavare kan se."
                    ),
                    ("child.what-is-kept",),
                ),
                Line(
                    _l(
                        "Du bestämmer vad du visar. Gäller det något under kläderna? Fråga om det kan ske på "
                        "plats."
                    ),
                    ("guidance.show-things",),
                ),
                Line(
                    _l("Vi ber dig att inte spela in. På video är det svårt för den andra att märka det."),
                    ("impact.recording-risk",),
                ),
            ),
            "write",
            _l("Personen i datorn skriver på ett papper. Den unga undrar vilka som får veta."),
            _youth_scene(),
        ),
    ),
    YouthPage(
        "trouble",
        _l("Om det krånglar"),
        Page(
            "trouble",
            _l("Om det krånglar"),
            (
                Line(
                    _l("Kom överens i början om vad ni gör om det bryts, och vilket nummer de kan ringa."),
                    ("guidance.tech-agreement",),
                ),
                Line(
                    _l(
                        "Bröts det? Gå in genom samma länk igen, eller logga in igen och öppna tiden. Ett "
                        "telefonsamtal kan bryta besöket. Ring därför mottagningen från en annan telefon, "
                        "eller lämna besöket först."
                    ),
                    ("leaflet.trouble-dropped",),
                ),
                Line(_l("Ha telefonen nära, och inte på ljudlöst.")),
            ),
            "black",
            _l("Skärmen är svart. Den unga ropar. Mormor kommer med en telefon i handen."),
            _youth_scene(),
        ),
    ),
)


def story_addresses() -> list[dict[str, Any]]:
    """Every band and number there is, for tests, export and the offline copy."""
    return [
        {"band": band.slug, "number": number}
        for band in BANDS.values()
        for number in range(1, len(band.pages) + 1)
    ]


def youth_addresses() -> list[dict[str, Any]]:
    """Every page below /youth but the index and the adult's."""
    return [{"slug": told.slug} for told in YOUTH]
