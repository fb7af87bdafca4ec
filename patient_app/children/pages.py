"""Pure. The stories as data: three bands written anew for their readers, and the youth's pages. Limits:
families.md, measured by tests.

Each story is about Lo, whom the reader has chosen among eight drawn children, and Kim from a clinic, with one
small worry that is met. A page is one or two drawn scenes, a heading and a few sentences, one thought each:
what one sees, hears and may do, never what one must feel. The data refuses to be wrong: it raises when built.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from patient_app.web.languages import LazyString
from patient_app.web.languages import lazy as _l

# The drawn children one may choose among (templates/pictures/rig/parts.svg), each with what one sees. The
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
# Three of them as they are at 13–17; static/js/children/chosen-child.js knows the same numbers.
TEENS: MappingProxyType[int, LazyString] = MappingProxyType(
    {
        3: _l("Ung person med lockigt hår och glasögon"),
        5: _l("Ung person med gul slöja"),
        6: _l("Ung person som sitter i rullstol"),
    }
)
# What every story tells at least once. A band has as many pages as its moments need.
MOMENTS = ("what", "who", "worry", "place", "wait", "talk", "questions", "no", "kept", "trouble", "end")
FEWEST, MOST = 6, 16
# What is left out when a whole book is read aloud: those who are near hear it.
PRIVATE = frozenset({"guidance.child-alone", "guidance.private-room", "child.may-ask", "child.safe"})
TOUCHES = ("", "lamp", "note", "hand")  # what one may do to a picture; nothing depends on it


@dataclass(frozen=True)
class Line:
    """One paragraph of a page, the facts of requirements.md that it states, and where it is true."""

    text: LazyString
    facts: tuple[str, ...] = ()
    where: Literal["", "log-in", "link"] = ""  # true only where the young log in, or only where nobody does

    def __post_init__(self) -> None:
        if len(self.facts) > 3:
            raise ValueError("an element states three facts at most")

    @property
    def is_private(self) -> bool:
        """True where it tells of talking alone or of help: not to be read aloud into a room."""
        return not PRIVATE.isdisjoint(self.facts)


@dataclass(frozen=True)
class Scene:
    """One picture: a set-up of templates/pictures/book, what it shows in words, and who does what in it."""

    name: str
    alt: LazyString
    cast: MappingProxyType[str, Any]


@dataclass(frozen=True)
class Page:
    """One page of a story: the moment it tells, its heading, its lines, its scenes, and what one may do."""

    topic: str
    heading: LazyString
    lines: tuple[Line, ...]
    scenes: tuple[Scene, ...]
    touch: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.scenes) <= 2:
            raise ValueError(f"{self.topic}: a page has one or two scenes")
        if self.touch not in TOUCHES:
            raise ValueError(f"{self.topic}: {self.touch} is no touch")


@dataclass(frozen=True)
class Band:
    """A story for one age: its address, name, the same room and people all through, and its pages."""

    slug: str
    name: LazyString
    hint: LazyString
    cast: MappingProxyType[str, Any]
    pages: tuple[Page, ...]

    def __post_init__(self) -> None:
        if not FEWEST <= len(self.pages) <= MOST:
            raise ValueError(f"{self.slug}: a story has {FEWEST} to {MOST} pages")
        missing = set(MOMENTS) - {page.topic for page in self.pages}
        if missing:
            raise ValueError(f"{self.slug}: every story tells of {', '.join(sorted(missing))}")

    def page(self, number: int) -> Page | None:
        """The page with that number from 1, or None beyond."""
        return self.pages[number - 1] if 1 <= number <= len(self.pages) else None


def _cast(**parts: Any) -> MappingProxyType[str, Any]:
    """Who and what is drawn: room, adult (1–4), kim (1–4), toy and so on, as the set-ups name them."""
    return MappingProxyType(parts)


def _scene(name: str, alt: LazyString, **cast: Any) -> Scene:
    return Scene(name, alt, _cast(**cast))


# Translators: read aloud by or to a small child. At most 8 words a sentence and 25 words a page, heading
# counted. Lo is the child that the reader has chosen, Kim somebody from the clinic: neither is a he or a she.
SMALL = Band(
    "3-6",
    _l("3–6 år"),
    _l("Läs ihop med en vuxen"),
    _cast(room="rose", adult=1, kim=1, toy="teddy", frame="heart"),
    (
        Page(
            "what",
            _l("Lo ska träffa Kim."),
            (Line(_l("Kim är inte här. De ses på en skärm. Det heter videobesök. Snart är det din tur.")),),
            (
                _scene(
                    "over",
                    _l("Lo och pappa sitter i soffan bakifrån. På skärmen tittar Kim på dem. Nallen är med."),
                ),
            ),
        ),
        Page(
            "who",
            _l("Vem är Kim?"),
            (
                Line(
                    _l(
                        "Kim jobbar på en mottagning. Där får man hjälp. Kim har en skylt. Din person heter "
                        "något annat. Fråga vem."
                    )
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Kim pekar på sin namnskylt. Lo pekar också på den och håller om nallen."),
                    hand="point",
                    kim_does="badge",
                    kim_face="happy",
                    face="curious",
                ),
            ),
        ),
        Page(
            "worry",
            _l("Lo undrar något."),
            (Line(_l("Tänk om jag blir tyst? Nalle säger inget. Pappa säger: Vi frågar Kim.")),),
            (
                _scene(
                    "rug",
                    _l(
                        "Lo sitter på mattan med nallen i famnen och tittar upp på pappa. Pappa tittar på Lo."
                    ),
                    doing="ask",
                    face="unsure",
                ),
            ),
            "lamp",
        ),
        Page(
            "place",
            _l("Här sitter Lo."),
            (
                Line(
                    _l(
                        "Skärmen står still. Pappa är nära. Nalle får vara med. Vill du ha syskon med? Fråga."
                    ),
                    ("child.questions",),
                ),
            ),
            (
                _scene(
                    "desk",
                    _l(
                        "Lo sitter vid ett bord. Datorn står på två böcker. Pappa står bakom, och "
                        "nallen sitter bredvid."
                    ),
                    left="adult",
                    pile=True,
                    hand="rest",
                ),
            ),
        ),
        Page(
            "wait",
            _l("Först väntar de."),
            (
                Line(
                    _l("Kims stol är tom än. Kanske hinner de en bok. Kanske två. Du får gå runt så länge."),
                    ("child.questions",),
                ),
            ),
            (
                _scene(
                    "rug",
                    _l("Det regnar ute. Lo läser en bok på mattan. På skärmen står en tom stol."),
                    doing="book",
                    face="happy",
                ),
            ),
        ),
        Page(
            "hello",
            _l("Hej, säger Kim."),
            (
                Line(
                    _l("Hej, säger Lo. Kim ser och hör dem. Vem ser och hör dig? Fråga. Du får vinka."),
                    ("child.questions",),
                ),
            ),
            (
                _scene(
                    "over",
                    _l("Kim vinkar på skärmen. Lo vinkar tillbaka. Pappa har en hand på Los axel."),
                    kim_does="wave",
                    hand="wave",
                    kim_face="happy",
                ),
            ),
        ),
        Page(
            "picture",
            _l("Vem är det där?"),
            (
                Line(
                    _l("Det är Lo. Vill du gömma din bild? Sätt en lapp på den. Din person ser dig ändå."),
                    (
                        "research.self-view",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("På skärmen syns Kim, och Lo själv i en liten ruta. Lo har en gul lapp i handen."),
                    own="face",
                    hand="note",
                ),
            ),
            "note",
        ),
        Page(
            "talk",
            _l("Lo blir tyst."),
            (
                Line(
                    _l(
                        "Kim väntar. Du får vara tyst, säger Kim. Då visar Lo upp Nalle. Hör du inte? Peka "
                        "på örat."
                    ),
                    ("child.questions",),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo håller om nallen och säger inget. Kim väntar med handen mot bröstet."),
                    gaze="gaze-down",
                    kim_does="chest",
                ),
                _scene(
                    "close",
                    _l("Lo håller upp nallen mot skärmen. Kim lutar sig fram för att se."),
                    hand="toy",
                    kim_does="lean",
                    kim_face="happy",
                    face="happy",
                ),
            ),
        ),
        Page(
            "questions",
            _l("Lo frågar Kim."),
            (
                Line(
                    _l(
                        "Hur länge är vi här? Gör det ont? Kim svarar: Vi pratar och tittar. Jag säger "
                        "när det är slut."
                    ),
                    (
                        "child.questions",
                        "guidance.agenda",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo frågar något med öppen hand. Kim svarar på skärmen."),
                    hand="open",
                    face="talk",
                    kim_face="talk",
                ),
            ),
        ),
        Page(
            "ask",
            _l("Lo säger stopp."),
            (
                Line(
                    _l("Lo håller upp handen. Då väntar Kim. Du får be om paus. Du får gå på toa."),
                    (
                        "child.may-ask",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l(
                        "Lo håller upp handen mot skärmen och håller om nallen. Kim lutar sig bakåt "
                        "och väntar."
                    ),
                    hand="stop",
                    kim_does="chest",
                ),
                _scene(
                    "desk",
                    _l("Dörren är öppen och Los plats är tom. Nallen sitter kvar vid skärmen. Kim väntar."),
                    left="open",
                    away=True,
                ),
            ),
            "hand",
        ),
        Page(
            "no",
            _l("Du får säga nej."),
            (
                Line(
                    _l(
                        "Ska något på kroppen visas? Fråga varför. Vill du inte vara med? Säg det. "
                        "Kanske kan ni ses i stället."
                    ),
                    (
                        "child.questions",
                        "guidance.age-adapted",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Pappa har en hand på Los axel och tittar på Lo. Kim väntar på skärmen."),
                    beside="gaze-right",
                    face="calm",
                    kim_does="chest",
                ),
            ),
        ),
        Page(
            "kept",
            _l("Kim har en penna."),
            (
                Line(
                    _l(
                        "Kim skriver upp det viktiga. Det gör din person med. Fråga: Vad står det? Vem "
                        "får läsa? Filmas det?"
                    ),
                    (
                        "child.what-is-kept",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Kim skriver på ett papper. Lo tittar på och håller om nallen."),
                    kim_does="write",
                    kim_gaze="gaze-left gaze-down",
                    face="curious",
                ),
                _scene(
                    "close",
                    _l("Kim vänder på pappret så att Lo ser. Lo pekar på det."),
                    kim_does="paper",
                    hand="point",
                    face="curious",
                ),
            ),
        ),
        Page(
            "trouble",
            _l("Skärmen blir svart."),
            (
                Line(
                    _l("Lo ropar på pappa. De vuxna ordnar det. Det är ingens fel. Snart syns Kim igen."),
                    ("guidance.alone-dropped",),
                ),
            ),
            (
                _scene(
                    "desk",
                    _l("Skärmen är svart. Lo ropar. Pappa kommer genom dörren med telefonen vid örat."),
                    left="coming",
                    screen="black",
                    hand="call",
                    face="talk",
                ),
                _scene(
                    "close",
                    _l("Kim är tillbaka på skärmen och ler. Lo vinkar med nallen i famnen."),
                    hand="wave",
                    kim_face="happy",
                    face="happy",
                ),
            ),
        ),
        Page(
            "end",
            _l("Hej då, Kim."),
            (
                Line(
                    _l(
                        "Alla vinkar. Sedan blir skärmen mörk. Det ska den bli. Lo berättar hur det "
                        "var. Det får du också."
                    ),
                    ("guidance.evaluate",),
                ),
            ),
            (
                _scene(
                    "over",
                    _l("Lo, pappa och Kim vinkar till varandra. Skärmen mörknar i kanten. Nallen är med."),
                    kim_does="wave",
                    hand="wave",
                    kim_face="happy",
                    adult_hand=True,
                    dim=True,
                ),
            ),
        ),
    ),
)

# Translators: for a child who reads a little. At most 12 words a sentence and 45 words a page, heading
# counted.
MIDDLE = Band(
    "7-9",
    _l("7–9 år"),
    _l("Läs själv eller ihop"),
    _cast(room="sky", adult=2, kim=4, toy="drawing", frame="sun"),
    (
        Page(
            "what",
            _l("Lo ska på videobesök."),
            (
                Line(_l("Lo ska träffa Kim från vården. Kim sitter på en mottagning. De ses på en skärm.")),
                Line(_l("Snart ska du också träffa någon så. Här får du se hur det kan gå till.")),
            ),
            (
                _scene(
                    "ways",
                    _l(
                        "Två bilder. I den ena sitter Lo vid en skärm där Kim syns. I den andra sitter "
                        "de mitt emot varandra."
                    ),
                ),
            ),
        ),
        Page(
            "worry",
            _l("Lo tänker på en sak."),
            (
                Line(
                    _l("Tänk om jag säger fel. Lo ritar det i stället. Mamma säger: Vi tar med teckningen.")
                ),
                Line(_l("Undrar du något? Skriv eller rita det på ditt kort.")),
            ),
            (
                _scene(
                    "rug",
                    _l("Lo sitter på mattan med en teckning och tittar upp på mamma. Mamma tittar på Lo."),
                    doing="ask",
                    face="unsure",
                ),
            ),
            "lamp",
        ),
        Page(
            "who",
            _l("Vem är Kim?"),
            (
                Line(
                    _l(
                        "Kim är läkare och har en skylt på tröjan. Du får träffa någon annan. Personen "
                        "säger sitt namn."
                    )
                ),
                Line(
                    _l(
                        "Vem ser och hör dig? Är det fler i rummet? Fråga. Personen kan fråga dig samma "
                        "sak. Då vet ni vilka som hör."
                    ),
                    (
                        "child.questions",
                        "guidance.private-room",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Kim pekar på sin namnskylt på skärmen. Lo pekar också på den."),
                    hand="point",
                    kim_does="badge",
                    kim_face="happy",
                    face="curious",
                ),
            ),
        ),
        Page(
            "place",
            _l("Var sitter Lo?"),
            (
                Line(
                    _l(
                        "Lo sitter i ett lugnt rum. Skärmen står på ett bord. Fönstret är framför Lo. "
                        "Då syns ansiktet."
                    )
                ),
                Line(_l("Vem vill du ha med? Syskon? En sak att hålla i? Säg det."), ("child.questions",)),
            ),
            (
                _scene(
                    "desk",
                    _l(
                        "Lo sitter vid ett bord med en dator. Fönstret är framför. Mamma står bakom "
                        "med handen på stolen."
                    ),
                    left="adult",
                    hand="rest",
                ),
            ),
        ),
        Page(
            "wait",
            _l("Först får man vänta."),
            (
                Line(
                    _l(
                        "Det heter väntrum, fast det är på skärmen. Ingen syns än. Lo hinner rita tre bilder."
                    ),
                    ("leaflet.waiting-room",),
                ),
                Line(
                    _l("Du får gå runt så länge. Du får gå på toa, nu eller senare. Säg bara till."),
                    ("child.questions",),
                ),
            ),
            (
                _scene(
                    "rug",
                    _l("Lo ritar på mattan. En hög med teckningar är klar. På skärmen står en tom stol."),
                    doing="drawing",
                ),
            ),
        ),
        Page(
            "hello",
            _l("Hej, säger Kim."),
            (
                Line(_l("Kim ser och hör Lo. Lo ser sig själv i en liten ruta.")),
                Line(
                    _l(
                        "Vill du gömma din bild? Fråga hur, eller sätt en lapp på den. Personen ser dig ändå."
                    ),
                    (
                        "research.self-view",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("På skärmen syns Kim, och Lo själv i en liten ruta. Lo har en gul lapp i handen."),
                    own="face",
                    hand="note",
                ),
            ),
            "note",
        ),
        Page(
            "talk",
            _l("Lo säger fel."),
            (
                Line(_l("Det gör inget, säger Kim. Börja om, eller visa. Då håller Lo upp sin teckning.")),
                Line(
                    _l(
                        "Du får vara tyst. Hör du inte? Säg det. Hur du mår syns sämre på skärm. Säg "
                        "det om du vill."
                    ),
                    (
                        "child.questions",
                        "guidance.clear-words",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo säger något och ångrar sig. Kim väntar med handen mot bröstet."),
                    hand="",
                    face="unsure",
                    kim_does="chest",
                ),
                _scene(
                    "close",
                    _l("Lo håller upp en teckning. Kim lutar sig fram och tittar på den."),
                    hand="drawing",
                    face="happy",
                    kim_does="lean",
                    kim_face="happy",
                ),
            ),
        ),
        Page(
            "questions",
            _l("Lo frågar Kim."),
            (
                Line(
                    _l("Hur länge håller vi på? Kim svarar: Jag säger till när det snart är slut."),
                    (
                        "child.questions",
                        "guidance.agenda",
                    ),
                ),
                Line(
                    _l(
                        "Gör det ont? Kim svarar: I dag pratar och tittar vi. Undrar du? Fråga vad som "
                        "ska hända."
                    ),
                    ("child.questions",),
                ),
            ),
            (
                _scene(
                    "over",
                    _l("Lo sitter i soffan och håller upp ett finger. Kim svarar på skärmen."),
                    hand="point",
                    kim_face="talk",
                    adult=0,
                ),
            ),
        ),
        Page(
            "ask",
            _l("Lo vill ha paus."),
            (
                Line(_l("Lo lägger armarna i kors. Det är deras tecken. Då väntar Kim.")),
                Line(
                    _l(
                        "Du får be om paus eller säga stopp. Du får be om att prata själv. Du får be "
                        "om att ses i stället."
                    ),
                    ("child.may-ask",),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo lägger armarna i kors. Mamma sitter bredvid. Kim väntar på skärmen."),
                    hand="arms",
                    kim_does="chest",
                    beside="gaze-right",
                ),
            ),
        ),
        Page(
            "no",
            _l("Du får säga nej."),
            (
                Line(
                    _l(
                        "Ska något på kroppen visas? Fråga varför. Du får säga nej, eller fråga om ni "
                        "kan ses på plats."
                    ),
                    (
                        "child.questions",
                        "guidance.show-things",
                    ),
                ),
                Line(
                    _l("Vill du inte vara med? Säg det till din vuxna. Säg hur du vill ha det."),
                    (
                        "child.questions",
                        "guidance.age-adapted",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo håller upp handen mot skärmen. Kim har handen mot bröstet och väntar."),
                    hand="stop",
                    kim_does="chest",
                ),
            ),
            "hand",
        ),
        Page(
            "kept",
            _l("Vad skriver Kim?"),
            (
                Line(_l("Kim skriver upp det viktiga. Vad står det, frågar Lo. Kim håller upp pappret.")),
                Line(
                    _l(
                        "Ibland får vårdnadshavare läsa. Fråga innan du berättar. Filmas det? Fråga "
                        "det också."
                    ),
                    (
                        "child.what-is-kept",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Kim håller upp ett papper på skärmen. Lo pekar på det och undrar vad som står där."),
                    hand="point",
                    kim_does="paper",
                    face="curious",
                ),
            ),
        ),
        Page(
            "trouble",
            _l("Skärmen blir svart."),
            (
                Line(
                    _l("Lo ropar på mamma. De vuxna kopplar upp igen, eller ringer. Det är ingens fel."),
                    ("guidance.alone-dropped",),
                ),
                Line(_l("Sedan går de vidare där de var.")),
            ),
            (
                _scene(
                    "desk",
                    _l("Skärmen är svart. Lo ropar. Mamma kommer genom dörren med telefonen vid örat."),
                    left="coming",
                    screen="black",
                    hand="call",
                    face="talk",
                ),
                _scene(
                    "close",
                    _l("Kim är tillbaka på skärmen och ler. Lo vinkar."),
                    hand="wave",
                    kim_face="happy",
                    face="happy",
                ),
            ),
        ),
        Page(
            "end",
            _l("Hej då, säger Lo."),
            (
                Line(
                    _l("Först säger Kim vad som ska hända sedan. Lo säger det med egna ord. Alla vinkar."),
                    ("guidance.summary",),
                ),
                Line(_l("Efteråt får du berätta hur det var."), ("guidance.evaluate",)),
            ),
            (
                _scene(
                    "close",
                    _l("Lo berättar med öppen hand. Kim lutar sig fram och lyssnar."),
                    hand="open",
                    face="talk",
                    kim_does="lean",
                ),
                _scene(
                    "over",
                    _l("Lo, mamma och Kim vinkar till varandra. Los teckning ligger på bordet."),
                    kim_does="wave",
                    hand="wave",
                    kim_face="happy",
                    adult_hand=True,
                ),
            ),
        ),
    ),
)

# Translators: for a child of 10 to 12 who reads alone. At most 70 words a page, heading counted.
BIG = Band(
    "10-12",
    _l("10–12 år"),
    _l("Läs själv"),
    _cast(room="mint", adult=3, kim=3, toy="cat", frame="star"),
    (
        Page(
            "what",
            _l("Ett besök på skärm"),
            (
                Line(_l("Lo ska prata med Kim, som är kurator. De ses på skärm i stället för i samma rum.")),
                Line(
                    _l(
                        "En del tycker att det är svårare att prata så. Andra tycker att det är "
                        "lättare. Båda delarna är vanligt."
                    ),
                    ("research.harder-to-talk",),
                ),
                Line(
                    _l("Hur vill du helst träffas? Säg det till din vuxna eller mottagningen."),
                    ("guidance.age-adapted",),
                ),
            ),
            (
                _scene(
                    "ways",
                    _l(
                        "Två bilder. I den ena sitter Lo vid en skärm där Kim syns. I den andra sitter "
                        "de mitt emot varandra på stolar."
                    ),
                ),
            ),
        ),
        Page(
            "worry",
            _l("Det Lo tänker på"),
            (
                Line(
                    _l(
                        "Tänk om någon hör. Lo säger det inte högt. Lo skriver det på en lapp och ger "
                        "den till mamma."
                    )
                ),
                Line(
                    _l(
                        "Då bestämmer vi hur vi gör, säger mamma. Du får hörlurar. Jag går långt bort, "
                        "och du vet var jag är."
                    ),
                    ("guidance.child-alone",),
                ),
                Line(_l("Finns det något du undrar? Skriv det på ditt kort.")),
            ),
            (
                _scene(
                    "stand",
                    _l("Lo räcker en gul lapp till mamma. Mamma sträcker fram handen och tittar på Lo."),
                    doing="give",
                    face="unsure",
                    gaze="gaze-right gaze-up",
                ),
            ),
        ),
        Page(
            "who",
            _l("Vem är på skärmen?"),
            (
                Line(
                    _l(
                        "Personen säger sitt namn och vad ni ska prata om. Bara de som är inbjudna ska vara "
                        "med."
                    ),
                    (
                        "routine.only-invited",
                        "guidance.agenda",
                    ),
                ),
                Line(
                    _l(
                        "Ser eller hör någon mer? Fråga. Lo frågade, och Kim vände på kameran. Rummet "
                        "var tomt."
                    ),
                    ("child.questions",),
                ),
                Line(
                    _l("Du kan få samma fråga. Det är för att du ska kunna prata i lugn och ro."),
                    ("guidance.private-room",),
                ),
            ),
            (
                _scene(
                    "close",
                    _l(
                        "Lo frågar med öppen hand. Skärmen visar ett tomt rum med en stol och en stängd dörr."
                    ),
                    hand="open",
                    screen="room",
                    face="curious",
                ),
            ),
        ),
        Page(
            "place",
            _l("Var sitter Lo?"),
            (
                Line(
                    _l(
                        "I ett rum där dörren går att stänga, med ljuset framifrån. Med hörlurar hör "
                        "andra inte vad Kim säger. Dig hör de."
                    )
                ),
                Line(
                    _l(
                        "Titta på det som syns bakom dig. Syns en adress, eller namnet på din skola? "
                        "Flytta dig lite."
                    ),
                    ("guardian.background",),
                ),
                Line(
                    _l("Något att hålla i, katten, ett syskon: fråga om det du vill ha med."),
                    ("child.questions",),
                ),
            ),
            (
                _scene(
                    "desk",
                    _l(
                        "Lo sitter vid ett skrivbord med hörlurar och sitt kort. Dörren är stängd och "
                        "har en lapp. Katten tittar på."
                    ),
                    left="closed",
                    hand="card",
                    phones=True,
                ),
            ),
        ),
        Page(
            "wait",
            _l("I väntrummet"),
            (
                Line(
                    _l(
                        "Först kommer ni till ett väntrum på skärmen. Det kan ta en stund. Du får gå "
                        "runt, eller gå på toa."
                    ),
                    (
                        "leaflet.waiting-room",
                        "child.questions",
                    ),
                ),
                Line(
                    _l(
                        "Många tycker inte om att se sig själva. Ibland går rutan att gömma. Fråga "
                        "hur, eller sätt en lapp över den. De andra ser dig ändå."
                    ),
                    (
                        "research.self-view",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l(
                        "Skärmen visar en tom stol, och Lo själv i en liten ruta. Lo har en gul lapp i "
                        "handen."
                    ),
                    own="face",
                    hand="note",
                    screen="empty",
                ),
            ),
            "note",
        ),
        Page(
            "talk",
            _l("När de pratar"),
            (
                Line(
                    _l(
                        "Ljudet hackar. Kan du säga det igen, frågar Lo. När flera pratar på en gång "
                        "är det svårt att höra. Säg till."
                    ),
                    ("research.tech-tiring",),
                ),
                Line(
                    _l(
                        "På skärm syns det sämre hur någon mår. Säg det med ord om du vill. Du får "
                        "också vara tyst, skriva eller peka."
                    ),
                    (
                        "guidance.clear-words",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo håller handen vid örat. Bilden på skärmen går i bitar. Kim pratar."),
                    hand="ear",
                    screen="blocks",
                    kim_face="talk",
                    face="curious",
                ),
            ),
        ),
        Page(
            "alone",
            _l("Lo pratar själv"),
            (
                Line(
                    _l(
                        "Mamma går ut och stänger dörren. De har bestämt var hon är, och hur Lo hämtar henne."
                    ),
                    ("guidance.child-alone",),
                ),
                Line(_l("Ingen hör mig, säger Lo till katten. Nu går det att prata.")),
                Line(
                    _l("Du får fråga om du kan prata själv en stund. Det går bra att låta bli också."),
                    ("child.may-ask",),
                ),
            ),
            (
                _scene(
                    "desk",
                    _l(
                        "Mamma går ut genom dörren. Lo sitter kvar vid skärmen med hörlurar och sitt "
                        "kort. Katten ser efter mamma."
                    ),
                    left="leaving",
                    hand="card",
                    phones=True,
                ),
            ),
        ),
        Page(
            "questions",
            _l("Det man kan undra"),
            (
                Line(
                    _l("Hur länge är det? Fråga i början. Du får be om en paus, och säga stopp."),
                    (
                        "child.questions",
                        "child.may-ask",
                    ),
                ),
                Line(
                    _l("Gör något ont? På skärm pratar och tittar man. Fråga vad som ska hända."),
                    ("child.questions",),
                ),
                Line(
                    _l(
                        "Många unga har inte fått sagt det de ville. Skriv det på ditt kort. Hann du "
                        "inte? Säg att du har mer att säga."
                    ),
                    ("research.not-said",),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo frågar med öppen hand och har sitt kort framför sig. Kim svarar på skärmen."),
                    hand="open",
                    face="talk",
                    kim_face="talk",
                    toy="card",
                ),
            ),
        ),
        Page(
            "no",
            _l("Du får säga nej"),
            (
                Line(
                    _l(
                        "Ska något på kroppen visas? Fråga varför. Du får säga nej, eller fråga om ni "
                        "kan ses på plats."
                    ),
                    (
                        "child.questions",
                        "guidance.show-things",
                    ),
                ),
                Line(
                    _l(
                        "Vill du inte prata på skärm? Säg det till din vuxna eller mottagningen, före "
                        "eller mitt i."
                    ),
                    (
                        "child.questions",
                        "child.may-ask",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo håller upp handen mot skärmen. Kim har handen mot bröstet och lyssnar."),
                    hand="stop",
                    kim_does="chest",
                    face="talk",
                ),
            ),
            "hand",
        ),
        Page(
            "kept",
            _l("Vem får veta?"),
            (
                Line(
                    _l(
                        "Kim skriver upp det viktiga och visar Lo vad som står där. Det viktiga skrivs upp "
                        "även när du pratar själv."
                    )
                ),
                Line(
                    _l("Ibland får vårdnadshavare läsa. Fråga innan du berättar. Fråga också om det filmas."),
                    (
                        "child.what-is-kept",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Kim håller upp det som är skrivet. Lo läser. Katten tittar på skärmen."),
                    kim_does="paper",
                    kim_face="calm",
                ),
            ),
        ),
        Page(
            "trouble",
            _l("Skärmen blir svart"),
            (
                Line(_l("Bestäm före besöket vad ni gör om det krånglar."), ("guidance.tech-agreement",)),
                Line(
                    _l(
                        "Lo var själv när det blev tyst. Då ropade Lo på mamma, precis som de hade "
                        "sagt. Hon kopplade upp igen. Det är ingens fel."
                    ),
                    ("guidance.alone-dropped",),
                ),
            ),
            (
                _scene(
                    "desk",
                    _l("Skärmen är svart. Lo ropar mot dörren. Mamma kommer in med telefonen vid örat."),
                    left="coming",
                    screen="black",
                    hand="call",
                    face="talk",
                ),
                _scene(
                    "close",
                    _l("Kim är tillbaka på skärmen. Lo vinkar, och katten tittar på."),
                    hand="wave",
                    kim_face="happy",
                    face="happy",
                ),
            ),
        ),
        Page(
            "end",
            _l("När de är klara"),
            (
                Line(
                    _l("Lo säger med egna ord vad de kom fram till. Då märks det om något blev fel."),
                    ("guidance.summary",),
                ),
                Line(
                    _l(
                        "Efteråt kan du berätta hur det var, och hur du vill träffas nästa gång. Var "
                        "det jobbigt? Säg det till någon du litar på."
                    ),
                    ("guidance.evaluate",),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Lo berättar med öppen hand. Kim lutar sig fram och lyssnar."),
                    hand="open",
                    face="talk",
                    kim_does="lean",
                ),
                _scene(
                    "over",
                    _l(
                        "Lo sitter i soffan med mamma och vinkar. Kim vinkar på skärmen. Katten sitter "
                        "på bordet."
                    ),
                    kim_does="wave",
                    hand="wave",
                    kim_face="happy",
                ),
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


YOUTH_CAST = _cast(room="lilac", adult=0, kim=2, toy="", frame="star", teen=True)

# Translators: for 13 to 17: an equal. No slang, no pep talk. At most 110 words a page.
YOUTH: tuple[YouthPage, ...] = (
    YouthPage(
        "log-in",
        _l("Hitta till besöket"),
        Page(
            "log-in",
            _l("Så kommer du till besöket"),
            (
                Line(
                    _l(
                        "Du loggar in med din egen e-legitimation, till exempel BankID. Det är så du "
                        "kommer till besöket. Ingen annan loggar in åt dig."
                    ),
                    ("child.13-17",),
                    where="log-in",
                ),
                Line(
                    _l(
                        "Har du ingen, eller går det inte att logga in? Ring mottagningen nu, vänta "
                        "inte till dagen för besöket. Låna inte någon annans, och låna inte ut din."
                    ),
                    ("child.no-eid",),
                    where="log-in",
                ),
                Line(
                    _l("Kan du inte öppna besöket? Ring mottagningen nu, vänta inte till dagen för besöket."),
                    where="link",
                ),
            ),
            (
                _scene(
                    "desk",
                    _l(
                        "En ung person sitter vid ett skrivbord med telefonen i handen. Datorn visar "
                        "ett hänglås."
                    ),
                    left="closed",
                    hand="phone",
                    screen="lock",
                    gaze="gaze-right gaze-down",
                ),
            ),
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
                        "Ta ett rum där dörren går att stänga. Med hörlurar hör inte andra vad "
                        "personen säger. Dig kan de höra, så prata lågt eller byt rum."
                    )
                ),
                Line(
                    _l(
                        "Personen kan fråga om du är själv, och om någon hör. Det är för att du ska "
                        "kunna prata fritt. Du får fråga samma sak."
                    ),
                    ("guidance.private-room",),
                ),
                Line(
                    _l(
                        "Lyssnar någon? Du kan säga att du vill ta det en annan gång, eller be om att "
                        "få träffas någon annanstans."
                    )
                ),
                Line(
                    _l("Titta på vad som syns bakom dig, till exempel en adress eller namnet på din skola."),
                    ("guardian.background",),
                ),
            ),
            (
                _scene(
                    "desk",
                    _l(
                        "En ung person med hörlurar sitter vid en dator. Ljuset kommer från fönstret framför."
                    ),
                    left="curtain",
                    phones=True,
                    hand="rest",
                ),
            ),
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
                        "Vill du hellre träffas på plats? Säg det. Det är ett lika bra svar. Video ska "
                        "vara något som du väljer, inte bara något som passar de vuxna."
                    ),
                    ("research.voluntary",),
                ),
                Line(
                    _l(
                        "I en liten norsk studie (31 unga 16–23 år) tyckte 14 att det var svårare att "
                        "prata på skärm. Var femte tyckte att det var lättare. Båda delarna är vanligt."
                    ),
                    ("research.harder-to-talk",),
                ),
                Line(
                    _l(
                        "Behandlare i studien säger att de flesta hellre kommer dit, och att det "
                        "hjälper att ha träffats först. Du kan be om det. Sedan bestämmer vården."
                    ),
                    ("research.first-in-person",),
                ),
            ),
            (
                _scene(
                    "doors",
                    _l(
                        "En ung person står framför två öppna dörrar. I det ena rummet syns en skärm, i "
                        "det andra sitter någon på en stol."
                    ),
                ),
            ),
        ),
    ),
    YouthPage(
        "people",
        _l("Vilka som är med"),
        Page(
            "people",
            _l("Vilka ska vara med?"),
            (
                Line(
                    _l(
                        "Ska min förälder vara med? Det är olika. Fråga mottagningen. Du får be om att "
                        "prata själv, hela tiden eller en stund."
                    ),
                    ("guidance.child-alone",),
                ),
                Line(
                    _l(
                        "Ibland är det många vuxna i samma möte. Bara de som är inbjudna ska vara med. "
                        "Fråga vilka de är och varför de är där."
                    ),
                    ("routine.only-invited",),
                ),
                Line(
                    _l(
                        "Pratar alla på en gång? Säg att du inte hör. Du kan be dem prata en i taget, "
                        "eller vänta in dig."
                    ),
                    ("research.tech-tiring",),
                ),
            ),
            (
                _scene(
                    "over",
                    _l(
                        "Den unga sitter framför en skärm med tre vuxna i var sin ruta. Den fjärde rutan "
                        "är en tom stol."
                    ),
                    screen="tiles",
                    adult=0,
                ),
            ),
        ),
    ),
    YouthPage(
        "wait",
        _l("Väntrum och hur länge"),
        Page(
            "wait",
            _l("Väntrummet, och hur länge det tar"),
            (
                Line(
                    _l(
                        "Först kommer du till ett väntrum på skärmen. Där kan det vara tomt och tyst. "
                        "Stanna kvar tills någon kommer."
                    ),
                    ("leaflet.waiting-room",),
                ),
                Line(
                    _l(
                        "Hur lång tid är det? Fråga i början. Personen ska säga vad ni ska prata om "
                        "och hur länge ni håller på."
                    ),
                    ("guidance.agenda",),
                ),
                Line(_l("Kommer ingen? Ring mottagningen. Numret står i kallelsen.")),
            ),
            (
                _scene(
                    "desk",
                    _l("Den unga väntar vid skrivbordet. Skärmen visar en tom stol."),
                    left="closed",
                    screen="empty",
                    hand="rest",
                ),
            ),
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
                        "Många tycker inte om att se sig själva på skärmen. Om rutan går att dölja "
                        "beror på tjänsten. Fråga hur, eller sätt en lapp över din bild. De andra ser "
                        "dig ändå."
                    ),
                    ("research.self-view",),
                ),
                Line(
                    _l(
                        "Ibland tittar personen in i kameran för att möta din blick. Är ögonkontakt "
                        "svårt? Du behöver inte titta in i kameran."
                    ),
                    ("guidance.look-at-camera",),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Den unga har en gul lapp i handen. På skärmen syns den egna bilden i en liten ruta."),
                    own="face",
                    hand="note",
                ),
            ),
            "note",
        ),
    ),
    YouthPage(
        "camera",
        _l("Kamera av, paus, sluta"),
        Page(
            "camera",
            _l("Stänga av, pausa eller sluta"),
            (
                Line(
                    _l(
                        "Flera behandlare i den norska studien säger att många vill ha kameran av "
                        "ibland. Du får fråga om du kan stänga av din en stund."
                    ),
                    ("research.camera-off",),
                ),
                Line(
                    _l(
                        "Du får be om en paus. Du får be om att sluta, eller att ni träffas i stället. "
                        "Du behöver inte säga varför."
                    ),
                    ("child.may-ask",),
                ),
                Line(
                    _l(
                        "Ska något på kroppen visas? Fråga varför. Du får säga nej, eller fråga om ni "
                        "kan ses på plats."
                    ),
                    (
                        "child.questions",
                        "guidance.show-things",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l(
                        "Den unga pekar på skärmen. I den lilla rutan är kameran avstängd. Personen på "
                        "skärmen syns."
                    ),
                    own="off",
                    hand="point",
                ),
                _scene(
                    "close",
                    _l("Den unga håller upp handen. Personen på skärmen väntar med handen mot bröstet."),
                    hand="stop",
                    kim_does="chest",
                ),
            ),
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
                        "I den norska studien fick många inte sagt det de ville, eller hade svårt att "
                        "hålla fokus. Skriv det viktigaste på ditt kort. Hann du inte? Säg att du har "
                        "mer att säga."
                    ),
                    ("research.not-said",),
                ),
                Line(
                    _l(
                        "På skärm syns det sämre hur någon mår. Säg det med ord, om du vill. Du får "
                        "skriva eller vara tyst."
                    ),
                    ("guidance.clear-words",),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Den unga och personen på skärmen pratar med varandra. Kortet ligger framför."),
                    hand="open",
                    face="talk",
                    toy="card",
                    kim_face="talk",
                ),
            ),
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
                        "berättar. Fråga också vad dina vårdnadshavare kan se, till exempel att du har "
                        "en tid."
                    ),
                    ("child.what-is-kept",),
                ),
                Line(
                    _l(
                        "Vi ber dig att inte spela in. Alla ska kunna prata fritt. Undrar du om mötet "
                        "spelas in? Fråga i början."
                    ),
                    (
                        "impact.recording-risk",
                        "child.questions",
                    ),
                ),
            ),
            (
                _scene(
                    "close",
                    _l("Personen på skärmen skriver på ett papper. Den unga frågar med öppen hand."),
                    kim_does="write",
                    kim_gaze="gaze-left gaze-down",
                    face="curious",
                    hand="open",
                ),
                _scene(
                    "desk",
                    _l("Besöket är slut och stolen på skärmen är tom. Den unga läser i sin telefon."),
                    left="closed",
                    hand="phone",
                    screen="empty",
                    gaze="gaze-right gaze-down",
                ),
            ),
        ),
    ),
    YouthPage(
        "living",
        _l("Om du inte bor med din familj"),
        Page(
            "living",
            _l("Om du bor i familjehem eller på boende"),
            (
                Line(
                    _l(
                        "Bor du i familjehem eller på ett boende? Ring mottagningen i god tid, eller "
                        "be någon du litar på. Fråga hur du kommer in på besöket och vem som ska vara "
                        "med."
                    ),
                    ("child.no-eid",),
                ),
                Line(
                    _l(
                        "Säg var du kan sitta i fred. Finns inget sådant rum? Be om att få träffas "
                        "någon annanstans."
                    )
                ),
                Line(_l("Är det någon som inte ska få veta tiden? Säg det till mottagningen först.")),
            ),
            (
                _scene(
                    "stand",
                    _l("En ung person står vid ett fönster och ringer. En väska står på golvet."),
                    adult=0,
                    doing="phone",
                ),
            ),
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
                        "Bröts det? Gå in genom samma länk igen, eller logga in igen och öppna tiden. "
                        "Ett telefonsamtal kan bryta besöket. Ring därför mottagningen från en annan "
                        "telefon, eller lämna besöket först."
                    ),
                    ("leaflet.trouble-dropped",),
                    where="log-in",
                ),
                Line(
                    _l(
                        "Bröts det? Gå in genom samma länk igen. Ett telefonsamtal kan bryta besöket. "
                        "Ring därför mottagningen från en annan telefon, eller lämna besöket först."
                    ),
                    ("leaflet.trouble-dropped",),
                    where="link",
                ),
                Line(_l("Ha telefonen nära, och inte på ljudlöst.")),
            ),
            (
                _scene(
                    "desk",
                    _l(
                        "Skärmen är svart. Den unga har telefonen i handen. På bordet ringer en annan "
                        "telefon."
                    ),
                    left="closed",
                    screen="black",
                    hand="phone",
                    ring=True,
                ),
            ),
        ),
    ),
    YouthPage(
        "after",
        _l("Efteråt"),
        Page(
            "after",
            _l("Efter besöket"),
            (
                Line(
                    _l(
                        "Säg med egna ord vad ni kom fram till, helst innan ni slutar. Fråga vad som "
                        "händer sedan."
                    ),
                    ("guidance.summary",),
                ),
                Line(
                    _l(
                        "Hur var det att prata så här? Hur vill du träffas nästa gång? Säg det till "
                        "mottagningen. De vill veta."
                    ),
                    ("guidance.evaluate",),
                ),
                Line(
                    _l(
                        "Blev det tungt, eller hann du inte säga allt? Ring mottagningen, eller prata "
                        "med någon du litar på. Blir det värre? Vänta inte. Ring 1177, eller 112 om "
                        "det är fara för någons liv."
                    ),
                    (
                        "guardian.worse",
                        "research.comfort",
                    ),
                ),
            ),
            (
                _scene(
                    "stand",
                    _l(
                        "En ung person sträcker på sig vid fönstret. Datorn är halvt stängd, "
                        "hörlurarna ligger bredvid."
                    ),
                    adult=0,
                    doing="stretch",
                    face="happy",
                ),
            ),
        ),
    ),
)


def folded(pages: int) -> tuple[int, ...]:
    """Where the pages of a booklet lie on paper: for page 1, 2, … its place among the halves of the sheets,
    from 1, when those are printed on both sides, turned on the short edge and folded in the middle.

    There are as many places as fill whole sheets, four a sheet; the last ones have no page of the story.
    """
    whole = -(-pages // 4) * 4
    halves: list[int] = []
    for first in range(1, whole // 2, 2):
        last = whole + 1 - first
        halves += (last, first, first + 1, last - 1)
    return tuple(halves.index(page) + 1 for page in range(1, whole + 1))


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
