"""Help by phone without a code: a tree of a few questions as data. Every end says what to say and what to
send.

The tree refuses to be wrong: a target that is not there, a node nobody leads to, or an end without words
fails when it is built.
"""

from collections.abc import Callable
from dataclasses import dataclass

from patient_app.clinics.opening import Opening
from patient_app.web.languages import staff_lazy as _sl

Rule = Callable[[Opening], bool]


def always(opening: Opening) -> bool:
    """There is such a call at every clinic."""
    return True


def acts_for_the_child(opening: Opening) -> bool:
    """A guardian acts for the child on 1177.se."""
    return opening.by_proxy


def adds_the_clinic(opening: Opening) -> bool:
    """The clinic may have to be added on 1177.se."""
    return "add-clinic" in opening.first


def on_1177(opening: Opening) -> bool:
    """The visit opens on 1177.se."""
    return opening.on_1177


def elsewhere(opening: Opening) -> bool:
    """The visit opens in an app or by a link."""
    return not opening.on_1177


def not_in_an_app(opening: Opening) -> bool:
    """The visit opens on 1177.se or by a link, so an app is the wrong place."""
    return opening.place != "app"


def somebody_logs_in(opening: Opening) -> bool:
    """Somebody logs in to reach the visit."""
    return opening.account != "none"


@dataclass(frozen=True)
class ByOpening:
    """Words that differ with how the visit opens: on 1177.se (acting for the child, or in one's own account),
    in an app, or by a link in an sms or a letter. What is not said falls back to `other`."""

    other: object
    proxy: object = None
    app: object = None
    link: object = None

    def at(self, opening: Opening) -> object:
        """The words for a clinic whose visits open so."""
        if opening.by_proxy and self.proxy is not None:
            return self.proxy
        if opening.place == "app" and self.app is not None:
            return self.app
        if opening.by_link and self.link is not None:
            return self.link
        return self.other


@dataclass(frozen=True)
class Question:
    """What to ask, and where each answer leads."""

    id: str
    text: object
    answers: tuple[tuple[object, str], ...]
    when: Rule = always


@dataclass(frozen=True)
class End:
    """The likely cause, what to say word for word, and the address to send, below `/<lang>/` or
    `/<lang>/m/<CCCC>/`."""

    id: str
    cause: object
    say: object
    send: str
    when: Rule = always


class TreeError(ValueError):
    """The tree does not hang together; the message names the node."""


class Tree:
    """Questions and ends by id. Raises TreeError when a target is missing, a node is unreachable or an id
    stands twice."""

    def __init__(self, nodes: tuple[Question | End, ...]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.start = nodes[0]
        if len(self.nodes) != len(nodes):
            raise TreeError("an id stands twice")
        reached = {self.start.id}
        for node in nodes:
            for _words, target in node.answers if isinstance(node, Question) else ():
                if target not in self.nodes:
                    raise TreeError(f"{node.id} leads to {target}, which is not there")
                if target in reached:
                    raise TreeError(f"two answers lead to {target}; then the way back is not clear")
                reached.add(target)
        if lost := set(self.nodes) - reached:
            raise TreeError(f"nothing leads to {', '.join(sorted(lost))}")

    def way_to(self, id: str) -> list[tuple[Question, object]]:
        """The questions and answers that lead to a node, the first first."""
        for node in self.nodes.values():
            if isinstance(node, Question):
                for words, target in node.answers:
                    if target == id:
                        return [*self.way_to(node.id), (node, words)]
        return []


CALL = Tree(
    (
        Question(
            "start",
            _sl("Vad fungerar inte?"),
            (
                (_sl("Inget öppnas"), "nothing-opens"),
                (_sl("Ingen bild"), "no-picture"),
                (_sl("Inget ljud"), "no-sound"),
                (
                    ByOpening(
                        _sl("Besöket syns inte på 1177"),
                        app=_sl("Besöket syns inte i appen"),
                        link=_sl("De hittar inte länken till besöket"),
                    ),
                    "not-shown",
                ),
                (_sl("Åldern blir fel"), "wrong-age"),
                (_sl("Det är en annan vuxen"), "other-adult"),
                (_sl("De vill hellre träffas på plats"), "in-person"),
            ),
        ),
        Question(
            "nothing-opens",
            _sl("Vad händer när de trycker på länken?"),
            (
                (_sl("Den öppnas inne i en app, eller blir vit"), "inside-app"),
                (_sl("Det står att koden inte stämmer"), "wrong-code"),
                (_sl("Inget händer, eller det bara laddar"), "no-network"),
                (_sl("Telefonen är gammal"), "old-phone"),
                (_sl("Sidan öppnas, men de kan inte logga in till besöket"), "no-eid"),
            ),
        ),
        End(
            "inside-app",
            _sl("Länken är öppen inne i en annan app"),
            _sl(
                "Tryck på de tre prickarna eller dela-tecknet, och välj Öppna i webbläsare. Jag skickar "
                "länken igen, öppna den från sms:et."
            ),
            "help/inside-app",
        ),
        End(
            "wrong-code",
            _sl("Koden eller adressen är felskriven"),
            _sl("Läs upp koden för mig, en grupp i taget. Jag skickar länken igen, så slipper ni skriva."),
            "",
        ),
        End(
            "no-network",
            _sl("Telefonen når inte nätet"),
            _sl("Slå av flygplansläge. Byt mellan wifi och mobildata. Öppna länken en gång till."),
            "check/fix/connection-unreachable",
        ),
        End(
            "old-phone",
            _sl("Telefonen eller webbläsaren är för gammal"),
            _sl(
                "Uppdatera telefonen om det går. Annars: ta en nyare telefon, surfplatta eller dator. Finns "
                "ingen? Då hittar vi ett annat sätt att träffas."
            ),
            "check/fix/environment-missing",
        ),
        End(
            "no-eid",
            _sl("De kan inte logga in"),
            _sl(
                "Då tar vi det nu, inte på besöksdagen. Jag kopplar er till mottagningen, de hjälper er "
                "vidare. Låna inte någon annans e-legitimation, inte heller barnets."
            ),
            "help/cannot-log-in",
            somebody_logs_in,
        ),
        Question(
            "no-picture",
            _sl("Vad ser de på skärmen?"),
            (
                (_sl("Telefonen frågade om kameran, och de sa nej eller svarade inte"), "picture-permission"),
                (_sl("En svart ruta där de själva borde synas"), "picture-black"),
                (_sl("Bilden hackar eller har fastnat"), "picture-stuck"),
                (_sl("De ser sig själva, men inte oss"), "our-picture"),
            ),
        ),
        End(
            "picture-permission",
            _sl("Kameran är inte tillåten"),
            _sl(
                "Telefonen släpper inte fram kameran. Öppna länken jag skickar. Där står hur ni tillåter den "
                "på just er telefon. I besöket frågar den en gång till, tryck Tillåt då också."
            ),
            "check/fix/camera-refused",
        ),
        End(
            "picture-black",
            _sl("Kameran är avslagen eller täckt"),
            _sl(
                "Tryck på kameran på skärmen, så att den slås på. Titta efter ett finger, ett skal eller en "
                "lapp framför kameran. Stäng andra appar som använder den."
            ),
            "help/picture",
        ),
        End(
            "picture-stuck",
            _sl("Nätet är svagt, eller en annan app tar kraft"),
            _sl(
                "Vänta en liten stund, bilden kan dröja när man just har loggat in. Sätt er nära routern, "
                "och stäng andra appar."
            ),
            "check/fix/connection-fair",
        ),
        End(
            "our-picture",
            _sl("Vår kamera är avslagen, eller vi är inte inne än"),
            _sl("Er sida fungerar. Stanna kvar i väntrummet, det är hos oss. Vi slår på vår kamera nu."),
            "day",
        ),
        Question(
            "no-sound",
            _sl("Vem hör inte vem?"),
            (
                (_sl("Vi hör inte dem"), "sound-from-them"),
                (_sl("De hör inte oss"), "sound-to-them"),
                (_sl("Telefonen frågade om mikrofonen, och de sa nej"), "sound-permission"),
                (_sl("Samtalet bröts"), "dropped"),
                (_sl("Det blev tyst när barnet var ensamt"), "alone-dropped"),
            ),
        ),
        End(
            "sound-from-them",
            _sl("Deras mikrofon är av, eller headsetet är på ljudlöst"),
            _sl(
                "Tryck på mikrofonen på skärmen, ett streck betyder att den är av. Har ni headset? Titta "
                "efter en ljudlös-knapp, eller dra ut det."
            ),
            "help/sound",
        ),
        End(
            "sound-to-them",
            _sl("Volymen är låg, eller så går ljudet till ett headset"),
            _sl("Höj volymen. Är ett headset kopplat? Koppla bort det, eller sätt det i öronen."),
            "check/fix/speaker-not-heard",
        ),
        End(
            "sound-permission",
            _sl("Mikrofonen är inte tillåten"),
            _sl(
                "Telefonen släpper inte fram mikrofonen. Öppna länken jag skickar. Där står hur ni tillåter "
                "den på just er telefon."
            ),
            "check/fix/microphone-refused",
        ),
        End(
            "dropped",
            _sl("Samtalet bröts, kanske av ett vanligt telefonsamtal"),
            ByOpening(
                _sl(
                    "Anslut igen med samma länk. Är ni utloggade: logga in på 1177 och öppna besöket under "
                    "%(place)s."
                ),
                app=_sl(
                    "Anslut igen med samma länk. Är ni utloggade: logga in i appen och öppna besöket igen."
                ),
                link=_sl("Anslut igen med samma länk som förut."),
            ),
            "help/dropped",
        ),
        End(
            "alone-dropped",
            _sl("Det blev tyst när barnet var ensamt"),
            _sl(
                "Barnet ropar på dig. Du ansluter igen, eller svarar i telefonen när vi ringer. Det är "
                "ingens fel."
            ),
            "help/alone-dropped",
        ),
        Question(
            "not-shown",
            ByOpening(_sl("Vad ser de på 1177?"), app=_sl("Vad ser de i appen?"), link=_sl("Var letar de?")),
            (
                (_sl("Bara sina egna tider"), "own-account"),
                (_sl("Rätt konto, men inget besök"), "no-booking"),
                (
                    ByOpening(_sl("Inget besök i appen"), link=_sl("Länken är borta, eller har inte kommit")),
                    "not-in-place",
                ),
                (_sl("Barnet finns inte med, eller går inte att lägga till"), "child-missing"),
                (_sl("De letar i en app"), "app-instead"),
                (_sl("De hamnade i en annan webbläsare efter inloggningen"), "bankid-return"),
            ),
        ),
        End(
            "own-account",
            _sl("De är i sitt eget konto, inte i barnets"),
            _sl("Logga in med din egen e-legitimation, tryck på barnets namn, och titta under %(place)s."),
            "help/visit-not-shown",
            acts_for_the_child,
        ),
        End(
            "no-booking",
            _sl("Mottagningen är inte tillagd i kontot där tiden står"),
            _sl(
                "Stanna i det kontot. Tryck på %(clinics)s, sedan %(find)s, och sök efter oss. Titta sedan "
                "under %(place)s igen."
            ),
            "help/visit-not-shown",
            adds_the_clinic,
        ),
        End(
            "not-in-place",
            ByOpening(_sl("Besöket syns inte i appen"), link=_sl("Länken är inte framme")),
            ByOpening(
                _sl(
                    "Kontrollera att appen är uppdaterad, och logga in igen. Syns besöket inte ändå ser jag "
                    "efter vem det är bokat på."
                ),
                link=_sl(
                    "Jag ser efter vilket nummer eller vilken adress vi har skickat länken till. Behöver ni "
                    "den igen ber jag mottagningen skicka den."
                ),
            ),
            "help/visit-not-shown",
            elsewhere,
        ),
        End(
            "child-missing",
            _sl("Barnet går inte att lägga till"),
            _sl(
                "Då hjälper mottagningen er vidare. Jag kopplar er dit. Ni kan testa kameran och läsa "
                "barnets sidor under tiden."
            ),
            "help/child-missing",
            acts_for_the_child,
        ),
        End(
            "app-instead",
            _sl("Barnets besök nås kanske inte i appen"),
            _sl("Stäng appen. Öppna länken jag skickar i telefonens webbläsare, där står var besöket finns."),
            "help/app-instead",
            not_in_an_app,
        ),
        End(
            "bankid-return",
            _sl("BankID gick tillbaka till en annan webbläsare"),
            _sl("Fortsätt i den webbläsare ni är i nu. Testa kameran där en gång, den frågar om lov igen."),
            "help/bankid-return",
            on_1177,
        ),
        Question(
            "wrong-age",
            _sl("Hur gammalt är barnet på besöksdagen?"),
            (
                (_sl("Under %(age)s den dagen"), "under-13"),
                (_sl("Fyller %(age)s före besöket, eller är äldre"), "13-17"),
                (_sl("%(age)s eller äldre, och har ingen e-legitimation"), "young-no-eid"),
            ),
        ),
        End(
            "under-13",
            ByOpening(
                _sl("Den vuxna loggar in som sig själv"),
                proxy=_sl("Den vuxna loggar in och väljer barnet"),
                link=_sl("Den vuxna öppnar länken"),
            ),
            ByOpening(
                _sl("Du loggar in med din egen e-legitimation. Det är åldern på besöksdagen som räknas."),
                proxy=_sl(
                    "Du loggar in med din egen e-legitimation och trycker på barnets namn. Det är åldern på "
                    "besöksdagen som räknas."
                ),
                link=_sl("Du öppnar länken ni har fått. Det är åldern på besöksdagen som räknas."),
            ),
            "guide/under-13",
        ),
        End(
            "13-17",
            _sl("Det är den ungas eget besök"),
            ByOpening(
                _sl(
                    "Den dagen loggar ditt barn in själv på 1177 med sin egen e-legitimation. Jag skickar en "
                    "länk till barnets eget nummer, om barnet vill."
                ),
                app=_sl(
                    "Den dagen loggar ditt barn in själv, med sin egen e-legitimation. Jag skickar en länk "
                    "till barnets eget nummer, om barnet vill."
                ),
                link=_sl(
                    "Jag frågar mottagningen vem som ska få länken till besöket. Jag skickar en sida till "
                    "barnets eget nummer, om barnet vill."
                ),
            ),
            "guide/13-17",
        ),
        End(
            "young-no-eid",
            _sl("Den unga har ingen e-legitimation"),
            _sl(
                "Då tar vi det nu, inte på besöksdagen. Mottagningen hjälper er vidare. Ingen lånar eller "
                "lånar ut sin e-legitimation."
            ),
            "help/no-eid",
            somebody_logs_in,
        ),
        Question(
            "other-adult",
            _sl("Vem är det som ringer?"),
            (
                (_sl("En vuxen som inte är vårdnadshavare"), "not-guardian"),
                (_sl("En vårdnadshavare till, på ett annat ställe"), "second-place"),
                (_sl("En vuxen till någon som är %(age)s–17 år"), "adult-of-young"),
            ),
        ),
        End(
            "not-guardian",
            _sl("En annan vuxen behöver fråga hur den är med"),
            ByOpening(
                _sl(
                    "Jag kopplar dig till mottagningen, de berättar hur du är med. Du kan förbereda barnet "
                    "med länken jag skickar."
                ),
                proxy=_sl(
                    "Du behöver inte komma in i barnets konto. Jag kopplar dig till mottagningen, de "
                    "berättar hur du är med. Du kan förbereda barnet med länken jag skickar."
                ),
            ),
            "guide/other-adult",
        ),
        End(
            "second-place",
            _sl("Två vuxna vill vara med från olika ställen"),
            _sl(
                "Om det går från två ställen vet mottagningen. Jag tar reda på det. Du kan testa kamera och "
                "ljud redan nu."
            ),
            "check",
        ),
        End(
            "adult-of-young",
            _sl("Det är den ungas besök, den vuxna hjälper till"),
            ByOpening(
                _sl(
                    "Ditt barn loggar in själv. Jag skickar en sida om hur du kan hjälpa till. Fråga barnet "
                    "om du ska vara med i besöket."
                ),
                link=_sl(
                    "Jag skickar en sida om hur du kan hjälpa till. Fråga barnet om du ska vara med i "
                    "besöket."
                ),
            ),
            "guide/guardian-13-17",
        ),
        End(
            "in-person",
            _sl("De vill hellre träffas på plats"),
            _sl(
                "Bra att ni säger det. Ni behöver inte säga varför. Jag tar det med den ni ska träffa, så "
                "hittar ni en lösning tillsammans."
            ),
            "help/in-person",
        ),
    )
)
