"""Help by phone without a code: a few questions as data, each way ending in what to say line by line, what to
send, and when to hand over.

Every line agrees with the page that is sent; tests/test_support_call.py walks all ends at all clinics and
compares. Nothing said here confirms a visit, a time, a clinic or who takes part (families.md).
"""

from patient_app.clinics.opening import Opening, opening
from patient_app.clinics.settings import VisitProfile
from patient_app.support.tree import ByOpening, End, Line, Question, Rule, Tree
from patient_app.web.languages import staff_lazy as _sl


def on_1177(opens: Opening, profile: VisitProfile) -> bool:
    """The visit opens on 1177.se."""
    return opens.on_1177


def elsewhere(opens: Opening, profile: VisitProfile) -> bool:
    """The visit opens in an app or by a link."""
    return not opens.on_1177


def acts_for_the_child(opens: Opening, profile: VisitProfile) -> bool:
    """A guardian acts for the child on 1177.se."""
    return opens.by_proxy


def in_own_account(opens: Opening, profile: VisitProfile) -> bool:
    """The visit stands on 1177.se in the reader's own account."""
    return opens.on_1177 and not opens.by_proxy


def booked_on_the_adult(opens: Opening, profile: VisitProfile) -> bool:
    """The visit stands on 1177.se, on the guardian and not on the child."""
    return opens.on_1177 and opens.account == "guardian"


def adds_the_clinic(opens: Opening, profile: VisitProfile) -> bool:
    """The clinic may have to be added on 1177.se."""
    return "add-clinic" in opens.first


def logs_in(opens: Opening, profile: VisitProfile) -> bool:
    """Somebody logs in to reach the visit."""
    return opens.account != "none"


def nobody_logs_in(opens: Opening, profile: VisitProfile) -> bool:
    """The link is all one needs."""
    return opens.account == "none"


def not_in_an_app(opens: Opening, profile: VisitProfile) -> bool:
    """The visit opens on 1177.se or by a link, and the clinic has not said that an app will do too."""
    return opens.place != "app" and profile.app_for_child != "yes"


def at(*places: str) -> Rule:
    """A rule: the visit opens in one of those places."""
    return lambda opens, profile: opens.place in places


def plan_b(*who: str | None) -> Rule:
    """A rule: the clinic's plan B is one of those."""
    return lambda opens, profile: profile.plan_b in who


def two_places(*answers: str | None) -> Rule:
    """A rule: what the clinic says of joining from two places is one of those."""
    return lambda opens, profile: profile.two_places in answers


def other_adult(*ways: str | None) -> Rule:
    """A rule: another adult's way in is one of those."""
    return lambda opens, profile: profile.other_adult_way in ways


def childs_account_is_used(opens: Opening, profile: VisitProfile) -> bool:
    """Whoever reads: a guardian reaches the visit in the child's account."""
    return opening(profile).by_proxy


def hidden_number(opens: Opening, profile: VisitProfile) -> bool:
    """The clinic phones, and from a hidden number."""
    return profile.plan_b == "clinic-calls" and bool(profile.hidden_number)


def door_is_known(opens: Opening, profile: VisitProfile) -> bool:
    """The clinic has said from when one can join."""
    return bool(profile.door_opens_minutes)


def shows_from_is_known(opens: Opening, profile: VisitProfile) -> bool:
    """The clinic has said from when the link shows."""
    return bool(profile.visible_hours_before and opens.button)


AFTER_TWO_TRIES = _sl("Lämna över när ni har provat allt två gånger.")
WHEN_SEVERAL = _sl("Lämna över bara om flera familjer har samma fel.")
WHEN_ALL_DEVICES = _sl("Lämna över om det är likadant på en annan enhet.")

TO_THE_CLINIC = Line(_sl("Syns det inte ändå? Då kopplar jag er till mottagningen."))
VPN_STAYS = Line(_sl("Har ni VPN för er säkerhet? Låt det vara på."))
WHEN_IT_SHOWS = Line(_sl("Länken syns från %(visible)s timmar före besöket."), shows_from_is_known)

# The visit is not where it should be, in an app or by a link: the same for a guardian and a young person.
_ELSEWHERE = (
    Line(_sl("Kontrollera att appen är uppdaterad. Logga sedan in igen."), at("app")),
    Line(_sl("Länken kommer i ett sms. Titta i den mobil som mottagningen har numret till."), at("sms")),
    Line(_sl("Inget sms där? Då kopplar jag er till mottagningen."), at("sms")),
    Line(_sl("Länken står i brevet från mottagningen."), at("letter")),
    Line(_sl("Finns den inte där? Då kopplar jag er till mottagningen."), at("letter")),
    Line(_sl("Syns det inte ändå? Då kopplar jag er till mottagningen."), at("app")),
)
_LETTER_IS_LOST = Line(
    _sl("Jag läser inte upp tid eller mottagning i telefon. Det skyddar er, för vem som helst kan ringa.")
)
_LETTER_BY_LINK = (
    Line(_sl("Länken kommer i ett sms, så den har ni kvar."), at("sms")),
    Line(_sl("Länken står i brevet. Mottagningen kan skicka den igen."), at("letter")),
    Line(_sl("Resten vet mottagningen. Jag kopplar er dit.")),
)

CALL = Tree(
    (
        Question(
            "start",
            _sl("Vad fungerar inte?"),
            (
                (_sl("Länken eller sidan öppnas inte"), "nothing-opens"),
                (_sl("De kan inte logga in"), "log-in"),
                (_sl("De hittar inte besöket"), "wrong-age"),
                (_sl("De väntar, men ingen kommer"), "waiting"),
                (_sl("Ingen bild"), "no-picture"),
                (_sl("Inget ljud, eller samtalet bröts"), "no-sound"),
                (_sl("Något har ändrats, eller behövs före besöket"), "changed"),
                (_sl("Någon annan ska vara med"), "other-adult"),
                (_sl("De undrar om det är äkta"), "is-it-real"),
                (_sl("De vill hellre träffas på plats"), "in-person"),
            ),
        ),
        # --- The link ---------------------------------------------------------------------------------------
        Question(
            "nothing-opens",
            _sl("Vad händer när de trycker på länken?"),
            (
                (_sl("Den öppnas inne i en app, eller blir vit"), "inside-app"),
                (_sl("Det står att koden inte stämmer"), "wrong-code"),
                (_sl("Inget händer, eller det bara laddar"), "no-network"),
                (_sl("Telefonen är gammal"), "old-phone"),
            ),
        ),
        End(
            "inside-app",
            _sl("Länken är öppen inne i en annan app"),
            (
                Line(_sl("Tryck på de tre prickarna, eller på delningsknappen.")),
                Line(
                    _sl("Välj att öppna i webbläsaren. Det kan stå Safari, Chrome eller Öppna i webbläsare.")
                ),
                Line(_sl("Går det inte? Kopiera adressen, öppna webbläsaren och klistra in den.")),
            ),
            "help/inside-app",
            AFTER_TWO_TRIES,
        ),
        End(
            "wrong-code",
            _sl("Koden eller adressen är felskriven"),
            (
                Line(_sl("Läs upp koden för mig, en grupp i taget.")),
                Line(_sl("Jag skickar länken igen, så slipper ni skriva.")),
            ),
            "",
            WHEN_SEVERAL,
        ),
        End(
            "no-network",
            _sl("Telefonen når inte nätet"),
            (
                Line(_sl("Slå av flygplansläge.")),
                Line(_sl("Byt mellan wifi och mobildata.")),
                Line(_sl("Öppna länken en gång till.")),
                VPN_STAYS,
            ),
            "check/fix/connection-unreachable",
            WHEN_SEVERAL,
        ),
        End(
            "old-phone",
            _sl("Telefonen eller webbläsaren är för gammal"),
            (
                Line(_sl("Uppdatera telefonen om det går.")),
                Line(_sl("Annars: ta en nyare telefon, surfplatta eller dator.")),
                Line(_sl("Finns ingen? Då hittar ni och mottagningen ett annat sätt att träffas.")),
            ),
            "check/fix/environment-missing",
            WHEN_ALL_DEVICES,
        ),
        # --- Logging in -------------------------------------------------------------------------------------
        Question(
            "log-in",
            _sl("Vad händer när de loggar in?"),
            (
                (_sl("BankID startar inte, eller inget händer"), "bankid-dead"),
                (_sl("De kom tillbaka till en annan webbläsare"), "bankid-return"),
                (_sl("Den vuxna har ingen e-legitimation"), "no-eid"),
                (_sl("Den unga har ingen e-legitimation"), "young-no-eid"),
            ),
            logs_in,
        ),
        End(
            "bankid-dead",
            _sl("E-legitimationen startar inte"),
            (
                Line(_sl("Starta om telefonen och prova igen."), shot="log-in", label="log-in"),
                Line(_sl("Gammal telefon? Prova att logga in på en annan enhet.")),
                Line(_sl("Låna inte någon annans e-legitimation, inte heller barnets.")),
                Line(
                    _sl("Börjar besöket snart? Då ringer mottagningen er. Ha telefonen nära."),
                    plan_b("clinic-calls"),
                ),
                Line(_sl("Börjar besöket snart? Ring mottagningen nu."), plan_b("family-calls")),
                Line(_sl("Börjar besöket snart? Då kopplar jag er till mottagningen."), plan_b(None)),
            ),
            "help/cannot-log-in",
            WHEN_ALL_DEVICES,
            logs_in,
        ),
        End(
            "bankid-return",
            _sl("BankID gick tillbaka till en annan webbläsare"),
            (
                Line(_sl("Fortsätt i den webbläsare ni är i nu, eller börja om i Safari.")),
                Line(_sl("Testa kameran just där. Varje webbläsare frågar för sig.")),
            ),
            "help/bankid-return",
            AFTER_TWO_TRIES,
            on_1177,
        ),
        End(
            "no-eid",
            _sl("Den vuxna kan inte logga in"),
            (
                Line(_sl("Då tar vi det nu, inte på besöksdagen.")),
                Line(_sl("Jag kopplar er till mottagningen. De hjälper er vidare.")),
                Line(_sl("Låna inte någon annans e-legitimation.")),
            ),
            "help/no-eid",
            None,
            logs_in,
            screen=False,
        ),
        End(
            "young-no-eid",
            _sl("Den unga har ingen e-legitimation"),
            (
                Line(_sl("Då tar vi det nu, inte på besöksdagen.")),
                Line(_sl("Jag kopplar er till mottagningen. De hjälper er vidare.")),
                Line(_sl("Ingen lånar eller lånar ut sin e-legitimation.")),
            ),
            "help/13-17/no-eid",
            None,
            logs_in,
            "13-17",
            screen=False,
        ),
        # --- Where the visit is: the age chooses whose account ----------------------------------------------
        Question(
            "wrong-age",
            _sl("Hur gammalt är barnet på besöksdagen?"),
            (
                (_sl("Under %(age)s den dagen"), "not-shown"),
                (_sl("%(age)s–17 år"), "young"),
                (_sl("Fyller %(age)s före besöket, eller har just fyllt"), "turned-13"),
            ),
        ),
        Question(
            "not-shown",
            ByOpening(_sl("Vad ser de på 1177?"), app=_sl("Vad ser de i appen?"), link=_sl("Var letar de?")),
            (
                (_sl("De vet inte var de börjar"), "under-13"),
                (_sl("Bara sina egna tider"), "own-account"),
                (_sl("De letar hos barnet"), "booked-on-adult"),
                (_sl("Rätt konto, men inget besök"), "no-booking"),
                (
                    ByOpening(_sl("Inget besök i appen"), link=_sl("Länken är borta, eller har inte kommit")),
                    "not-in-place",
                ),
                (_sl("Barnet finns inte med, eller går inte att lägga till"), "child-missing"),
                (_sl("De letar i en app"), "app-instead"),
            ),
        ),
        End(
            "under-13",
            ByOpening(
                _sl("Den vuxna loggar in som sig själv"),
                proxy=_sl("Den vuxna loggar in och väljer barnet"),
                link=_sl("Den vuxna öppnar länken"),
            ),
            (
                Line(_sl("Öppna %(the_app)s och logga in."), at("app")),
                Line(_sl("Gå till 1177.se och logga in."), on_1177, "log-in", "log-in"),
                Line(_sl("Tryck på barnets namn."), acts_for_the_child, "person"),
                Line(_sl("Stanna i ditt eget konto."), booked_on_the_adult),
                Line(_sl("Öppna sms:et från mottagningen och tryck på länken."), at("sms")),
                Line(_sl("Skriv av länken i brevet, i webbläsarens adressfält."), at("letter")),
                Line(_sl("Skriv barnets namn och tryck på %(allow)s."), shot="ask", label="allow"),
            ),
            "guide/under-13/join",
            AFTER_TWO_TRIES,
        ),
        End(
            "own-account",
            _sl("De är i sitt eget konto, inte i barnets"),
            (
                Line(_sl("Tryck på barnets namn."), shot="person"),
                Line(_sl("Titta under %(place)s."), shot="booking", label="place"),
                WHEN_IT_SHOWS,
                TO_THE_CLINIC,
            ),
            "guide/under-13/find-visit",
            None,
            acts_for_the_child,
        ),
        End(
            "booked-on-adult",
            _sl("Tiden står på den vuxna, inte på barnet"),
            (
                Line(_sl("Gå till ditt eget konto.")),
                Line(_sl("Titta under %(place)s."), shot="booking", label="place"),
                WHEN_IT_SHOWS,
                TO_THE_CLINIC,
            ),
            "help/visit-not-shown",
            None,
            booked_on_the_adult,
        ),
        End(
            "no-booking",
            _sl("Tiden syns inte än, eller mottagningen är inte tillagd"),
            (
                Line(_sl("Stanna i det kontot."), adds_the_clinic),
                Line(_sl("Tryck på %(clinics)s, sedan %(find)s."), adds_the_clinic, "rows", "find-and-add"),
                Line(_sl("Lägg till den mottagning som står i kallelsen."), adds_the_clinic),
                Line(_sl("Titta under %(place)s igen."), shot="booking", label="place"),
                WHEN_IT_SHOWS,
                TO_THE_CLINIC,
            ),
            "help/visit-not-shown",
            None,
            on_1177,
        ),
        End(
            "not-in-place",
            ByOpening(_sl("Besöket syns inte i appen"), link=_sl("Länken är inte framme")),
            _ELSEWHERE,
            "help/visit-not-shown",
            None,
            elsewhere,
        ),
        End(
            "child-missing",
            _sl("Barnet går inte att lägga till"),
            (
                Line(_sl("Då hjälper mottagningen er vidare. Jag kopplar er dit.")),
                Line(_sl("Ni kan testa kameran och läsa barnets sidor under tiden.")),
            ),
            "help/child-missing",
            None,
            acts_for_the_child,
        ),
        End(
            "app-instead",
            _sl("De letar i fel app"),
            (
                Line(_sl("Stäng appen.")),
                Line(_sl("Öppna webbläsaren, till exempel Safari eller Chrome."), on_1177),
                Line(_sl("Gå till 1177.se och logga in där."), on_1177),
                Line(_sl("Öppna sms:et från mottagningen och tryck på länken."), at("sms")),
                Line(_sl("Skriv av länken i brevet, i webbläsarens adressfält."), at("letter")),
            ),
            "help/app-instead",
            None,
            not_in_an_app,
        ),
        Question(
            "young",
            _sl("Vad ser den unga?"),
            (
                (_sl("Den vuxna letar i sitt eget konto, eller väntar på länken"), "13-17"),
                (_sl("Rätt konto, men inget besök"), "young-no-booking"),
                (
                    ByOpening(_sl("Inget besök i appen"), link=_sl("Länken är borta, eller har inte kommit")),
                    "young-not-in-place",
                ),
            ),
            route="13-17",
        ),
        End(
            "13-17",
            _sl("Det är den ungas eget besök"),
            (
                Line(_sl("Ditt barn loggar in själv på 1177.se."), on_1177),
                Line(_sl("Ditt barn loggar in själv i appen."), at("app")),
                Line(_sl("Fråga mottagningen vem som ska få länken. Jag kopplar er dit."), nobody_logs_in),
                Line(_sl("Jag skickar en sida till barnets eget nummer, om barnet vill.")),
            ),
            "guide/13-17/find-visit",
            None,
            route="13-17",
            screen=False,
        ),
        End(
            "young-no-booking",
            _sl("Tiden syns inte än, eller mottagningen är inte tillagd"),
            (
                Line(_sl("Logga in som dig själv."), shot="log-in", label="log-in"),
                Line(_sl("Titta under %(place)s."), shot="booking", label="place"),
                Line(_sl("Syns inte tiden? Lägg till mottagningen."), adds_the_clinic),
                WHEN_IT_SHOWS,
                TO_THE_CLINIC,
            ),
            "guide/13-17/find-visit",
            None,
            on_1177,
            "13-17",
        ),
        End(
            "young-not-in-place",
            ByOpening(_sl("Besöket syns inte i appen"), link=_sl("Länken är inte framme")),
            _ELSEWHERE,
            "guide/13-17/find-visit",
            None,
            elsewhere,
            "13-17",
        ),
        End(
            "turned-13",
            _sl("Åldern på besöksdagen avgör vems konto det är"),
            (
                Line(_sl("Det är åldern på besöksdagen som räknas.")),
                Line(_sl("Från den dag barnet fyller %(age)s loggar barnet in själv på 1177.se."), on_1177),
                Line(
                    _sl("Den vuxna slutar vara ombud av sig själv den dagen. Det är inget fel."),
                    acts_for_the_child,
                ),
                Line(
                    _sl(
                        "Från den dag barnet fyller %(age)s loggar barnet in själv. Jag kopplar er till "
                        "mottagningen, de vet var besöket står då."
                    ),
                    at("app"),
                ),
                Line(_sl("Fråga mottagningen vem som ska få länken. Jag kopplar er dit."), nobody_logs_in),
                Line(
                    _sl(
                        "Har barnet ingen e-legitimation? Säg det till mottagningen nu, vänta inte till "
                        "besöksdagen."
                    ),
                    logs_in,
                ),
            ),
            "help/wrong-age",
            None,
            screen=False,
        ),
        # --- In the waiting room ----------------------------------------------------------------------------
        Question(
            "waiting",
            _sl("Hur länge har de väntat efter bokad tid?"),
            (
                (_sl("Tiden är inte inne, eller har just passerat"), "wait-a-little"),
                (_sl("Femton minuter eller mer"), "waited-15"),
                (_sl("De är inne, men ser eller hör ingen"), "no-contact"),
                (_sl("Knappen för att ansluta gör ingenting"), "button-dead"),
            ),
        ),
        End(
            "wait-a-little",
            _sl("Den de ska träffa är kanske inte inne än"),
            (
                Line(_sl("Det går att ansluta från %(door)s min före tiden."), door_is_known),
                Line(_sl("Stanna i väntrummet tills någon kommer."), shot="wait"),
                Line(_sl("Ha telefonen nära, med ljudet på.")),
                Line(_sl("Kommer ingen ringer mottagningen er."), plan_b("clinic-calls")),
                Line(_sl("Kommer ingen? Ring mottagningen."), plan_b("family-calls")),
            ),
            "day",
            WHEN_SEVERAL,
        ),
        End(
            "waited-15",
            _sl("Besöket har inte börjat: plan B"),
            (
                Line(_sl("Kommer ni inte in i tid? Det är ingens fel.")),
                Line(
                    _sl("Nu gäller plan B: mottagningen ringer er. Ha telefonen nära, med ljudet på."),
                    plan_b("clinic-calls"),
                    "wait",
                ),
                Line(_sl("Numret kan vara dolt."), hidden_number),
                Line(
                    _sl("Nu gäller plan B: ring mottagningen, %(phone)s."),
                    plan_b("family-calls"),
                    "wait",
                ),
                Line(_sl("Då kopplar jag er till mottagningen nu."), plan_b(None), "wait"),
            ),
            "help/cannot-start",
            WHEN_SEVERAL,
        ),
        End(
            "no-contact",
            _sl("De är inne, men ingen syns eller hörs"),
            (
                Line(_sl("Stanna i väntrummet. Den ni ska träffa är kanske inte inne än."), shot="wait"),
                Line(_sl("Vänta några minuter med ljudet på.")),
                Line(_sl("Lämna besöket och anslut igen."), shot="join", label="join-now"),
                Line(_sl("Byt mellan wifi och mobildata.")),
                VPN_STAYS,
            ),
            "help/no-contact",
            AFTER_TWO_TRIES,
        ),
        End(
            "button-dead",
            _sl("Knappen kan öppnas först en stund före tiden"),
            (
                Line(_sl("Vänta någon minut och tryck igen."), shot="link", label="join-link"),
                Line(_sl("Händer inget? Ladda om sidan, eller gå tillbaka och öppna besöket igen.")),
                Line(_sl("Kommer ett nytt fönster? Tillåt det, eller prova en annan webbläsare.")),
            ),
            "help/button-dead",
            AFTER_TWO_TRIES,
        ),
        # --- Picture ----------------------------------------------------------------------------------------
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
            (
                Line(_sl("Frågar telefonen om kameran? Tryck på %(allow)s."), shot="ask", label="allow"),
                Line(
                    _sl(
                        "Frågar den inte? Öppna länken jag skickar. Där står hur ni tillåter den på just er "
                        "telefon."
                    )
                ),
                Line(_sl("I besöket frågar den en gång till. Tryck på %(allow)s då också.")),
            ),
            "check/fix/camera-refused",
            AFTER_TWO_TRIES,
        ),
        End(
            "picture-black",
            _sl("Kameran är avslagen eller täckt"),
            (
                Line(_sl("Tryck på kameran på skärmen, så att den slås på.")),
                Line(_sl("Titta efter ett finger, ett skal eller ett klistermärke framför kameran.")),
                Line(_sl("Vänta en liten stund. Bilden kan dröja när man just har loggat in.")),
            ),
            "help/picture",
            AFTER_TWO_TRIES,
        ),
        End(
            "picture-stuck",
            _sl("Nätet är svagt, eller en annan app tar kraft"),
            (
                Line(_sl("Vänta en liten stund.")),
                Line(_sl("Stäng andra appar. Sätt er nära routern, eller byt mellan wifi och mobildata.")),
                Line(_sl("Lämna besöket och anslut igen."), shot="join", label="join-now"),
            ),
            "help/freezes",
            AFTER_TWO_TRIES,
        ),
        End(
            "our-picture",
            _sl("Vår kamera är avslagen, eller vi är inte inne än"),
            (
                Line(_sl("Er sida fungerar. Det är hos oss.")),
                Line(_sl("Stanna i väntrummet tills någon kommer."), shot="wait"),
            ),
            "day",
            _sl("Lämna över om er egen kamera inte går i gång."),
        ),
        # --- Sound ------------------------------------------------------------------------------------------
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
            (
                Line(_sl("Tryck på mikrofonen på skärmen. Ett streck över den betyder att den är av.")),
                Line(_sl("Har ni headset? Titta efter en knapp som stänger av ljudet.")),
                Line(
                    _sl("Har någon ringt, eller har ett larm gått? Stäng av mikrofonen och slå på den igen.")
                ),
            ),
            "help/sound",
            AFTER_TWO_TRIES,
        ),
        End(
            "sound-to-them",
            _sl("Volymen är låg, eller så går ljudet till ett headset"),
            (
                Line(_sl("Höj volymen på telefonen eller datorn.")),
                Line(_sl("Är ett headset kopplat? Koppla bort det, eller sätt det i öronen.")),
            ),
            "check/fix/speaker-not-heard",
            AFTER_TWO_TRIES,
        ),
        End(
            "sound-permission",
            _sl("Mikrofonen är inte tillåten"),
            (
                Line(_sl("Frågar telefonen om mikrofonen? Tryck på %(allow)s."), shot="ask", label="allow"),
                Line(
                    _sl(
                        "Frågar den inte? Öppna länken jag skickar. Där står hur ni tillåter den på just er "
                        "telefon."
                    )
                ),
            ),
            "check/fix/microphone-refused",
            AFTER_TWO_TRIES,
        ),
        End(
            "dropped",
            _sl("Samtalet bröts, kanske av ett vanligt telefonsamtal"),
            (
                Line(
                    ByOpening(
                        _sl("Anslut igen med samma länk."), link=_sl("Anslut igen med samma länk som förut.")
                    )
                ),
                Line(
                    _sl(
                        "Hittar ni inte länken? Logga in igen, tryck på barnets namn och sedan på %(place)s."
                    ),
                    acts_for_the_child,
                    "booking",
                    "place",
                ),
                Line(
                    _sl("Hittar ni inte länken? Logga in igen och tryck på %(place)s."),
                    in_own_account,
                    "booking",
                    "place",
                ),
                Line(
                    _sl("Hittar ni inte länken? Öppna appen igen och tryck på %(bookings)s."),
                    at("app"),
                    "booking",
                    "bookings",
                ),
                Line(_sl("Hörs ni inte efteråt? Stäng av mikrofonen och slå på den igen.")),
            ),
            "help/dropped",
            AFTER_TWO_TRIES,
        ),
        End(
            "alone-dropped",
            _sl("Det blev tyst när barnet var ensamt"),
            (
                Line(_sl("Gå in till barnet. Säg att det är ingens fel.")),
                Line(_sl("Anslut igen med samma länk, eller svara om telefonen ringer.")),
                Line(_sl("Kommer ni inte in igen ringer mottagningen er."), plan_b("clinic-calls")),
                Line(_sl("Kommer ni inte in igen? Ring mottagningen."), plan_b("family-calls")),
            ),
            "help/alone-dropped",
            None,
        ),
        # --- What has changed -------------------------------------------------------------------------------
        Question(
            "changed",
            _sl("Vad gäller det?"),
            (
                (_sl("De vill boka om, eller kan inte komma"), "rebooking"),
                (_sl("De blir sena, eller barnet är sjukt"), "late"),
                (_sl("Brevet eller kallelsen är borta"), "lost-letter"),
                (_sl("De behöver tolk, eller har svårt att ringa"), "interpreter"),
                (_sl("De har skyddade personuppgifter"), "protected"),
                (_sl("Inget svenskt personnummer, eller utomlands"), "no-number"),
                (_sl("Brevet säger något annat än sidan"), "other-service"),
                (_sl("Barnet mår sämre"), "worse"),
            ),
        ),
        End(
            "rebooking",
            _sl("Tiden ska ändras"),
            (
                Line(_sl("Jag kan inte se eller ändra er tid. Jag kopplar er till mottagningen.")),
                Line(_sl("Säg: Vi har tid för videobesök, men tiden passar inte. Vad gör vi?")),
                Line(
                    _sl("Får ni en ny tid gäller den nya kallelsen. Den gamla länken kanske inte fungerar.")
                ),
                Line(setting="late_cancel"),
            ),
            "help/cannot-come",
            None,
            screen=False,
        ),
        End(
            "late",
            _sl("De blir sena, eller barnet är sjukt"),
            (
                Line(_sl("Jag kopplar er till mottagningen. Säg det så fort ni vet.")),
                Line(_sl("Blir ni bara sena? Säg hur sent, och fråga om ni ska ansluta ändå.")),
                Line(setting="late_cancel"),
            ),
            "help/cannot-come",
            None,
            screen=False,
        ),
        Question(
            "lost-letter",
            _sl("Hur gammalt är barnet på den dag besöket är?"),
            (
                (_sl("Under %(age)s den dagen"), "lost-letter-child"),
                (_sl("%(age)s–17 år"), "lost-letter-young"),
            ),
        ),
        End(
            "lost-letter-child",
            _sl("Kallelsen är borta"),
            (
                _LETTER_IS_LOST,
                Line(_sl("Logga in på 1177 och tryck på barnets namn."), acts_for_the_child, "person"),
                Line(_sl("Logga in på 1177, i ditt eget konto."), booked_on_the_adult, "log-in", "log-in"),
                Line(_sl("Titta under %(place)s. Där står tiden."), on_1177, "booking", "place"),
                Line(_sl("Öppna %(the_app)s och logga in."), at("app")),
                *_LETTER_BY_LINK,
            ),
            "guide/under-13/find-visit",
        ),
        End(
            "lost-letter-young",
            _sl("Kallelsen är borta"),
            (
                _LETTER_IS_LOST,
                Line(_sl("Logga in på 1177 som dig själv."), on_1177, "log-in", "log-in"),
                Line(_sl("Titta under %(place)s. Där står tiden."), on_1177, "booking", "place"),
                Line(_sl("Öppna %(the_app)s och logga in."), at("app")),
                *_LETTER_BY_LINK,
            ),
            "guide/13-17/find-visit",
            route="13-17",
        ),
        End(
            "interpreter",
            _sl("De behöver tolk, eller har svårt att ringa"),
            (
                Line(_sl("Jag kopplar er till mottagningen. Säg: Jag behöver tolk. Mitt språk är …")),
                Line(_sl("Låt inte barnet tolka.")),
                Line(setting="interpreter"),
                Line(_sl("Hör du dåligt? Då kan du ringa genom bildtelefoni eller texttelefoni.")),
                Line(setting="written_contact"),
            ),
            "help/cannot-phone",
            None,
            screen=False,
        ),
        End(
            "protected",
            _sl("Skyddade personuppgifter: mottagningen vet hur"),
            (
                Line(_sl("Säg inte namn, adress eller nummer till mig.")),
                Line(_sl("Jag kopplar er till mottagningen. Säg att ni har skyddade personuppgifter.")),
                Line(_sl("Fråga vilket namn ni ska skriva när ni ansluter, och vilka som kan se tiden.")),
                VPN_STAYS,
            ),
            "help/protected",
            None,
            screen=False,
        ),
        End(
            "no-number",
            _sl("Vägen in är kanske en annan"),
            (
                Line(_sl("Jag kopplar er till mottagningen. De hjälper er vidare.")),
                Line(_sl("Säg: Vi har inget svenskt personnummer. Hur kommer vi in i besöket?")),
                Line(_sl("Är ni utomlands när besöket är? Fråga om besöket kan bli av.")),
                Line(_sl("Ni kan testa kameran och läsa barnets sidor under tiden.")),
            ),
            "help/no-number",
            None,
            screen=False,
        ),
        End(
            "other-service",
            _sl("Då gäller brevet"),
            (
                Line(_sl("Följ det som står i kallelsen.")),
                Line(_sl("Undrar ni? Ring numret i kallelsen och fråga var besöket öppnas.")),
            ),
            "help/other-service",
            None,
            screen=False,
        ),
        End(
            "worse",
            _sl("Barnet mår sämre: vänta inte på besöket"),
            (
                Line(_sl("Vänta inte på besöket. Akut fara: ring 112 nu.")),
                Line(_sl("Vill du ha råd? Ring 1177.")),
                Line(_sl("Jag kopplar er till mottagningen. Säg: Det har blivit värre.")),
            ),
            "help/worse",
            None,
            screen=False,
        ),
        # --- Who takes part ---------------------------------------------------------------------------------
        Question(
            "other-adult",
            _sl("Vem är det som ska vara med?"),
            (
                (_sl("En vuxen som inte är vårdnadshavare"), "not-guardian"),
                (_sl("En vårdnadshavare till, på ett annat ställe"), "second-place"),
                (_sl("En vuxen till någon som är %(age)s–17 år"), "adult-of-young"),
            ),
        ),
        End(
            "not-guardian",
            _sl("En annan vuxen behöver fråga hur den är med"),
            (
                Line(_sl("Mottagningen ger dig en egen länk till besöket."), other_adult("guest-link")),
                Line(_sl("Mottagningen berättar i telefon hur du är med."), other_adult("phone")),
                Line(_sl("Mottagningen vill träffa er på plats."), other_adult("on-site")),
                Line(_sl("Fråga mottagningen hur du är med i besöket."), other_adult("ask", None)),
                Line(_sl("Jag kopplar dig dit.")),
                Line(
                    _sl("Låna aldrig någon annans e-legitimation, inte ens barnets."), childs_account_is_used
                ),
                Line(_sl("Du kan förbereda barnet med länken jag skickar.")),
            ),
            "guide/other-adult/before",
            None,
            route="other-adult",
            screen=False,
        ),
        End(
            "second-place",
            _sl("Två vuxna vill vara med från olika ställen"),
            (
                Line(_sl("Två vuxna kan vara med från olika platser."), two_places("yes")),
                Line(_sl("Alla behöver sitta på samma plats."), two_places("no")),
                Line(
                    _sl("Fråga mottagningen först om båda kan vara med. Jag kopplar er dit."),
                    two_places("ask", None),
                ),
                Line(_sl("Skicka inte din länk vidare förrän mottagningen har svarat.")),
                Line(_sl("Är det ett problem att den andra är med? Ring mottagningen innan du delar.")),
                Line(_sl("Sitter ni i samma rum? Använd bara en enhet.")),
            ),
            "help/two-places",
            None,
            screen=False,
        ),
        End(
            "adult-of-young",
            _sl("Det är den ungas besök, den vuxna hjälper till"),
            (
                Line(_sl("Ditt barn loggar in själv."), logs_in),
                Line(_sl("Läs kallelsen tillsammans. Där står om du ska vara med.")),
                Line(_sl("Jag skickar en sida om hur du kan hjälpa till.")),
                Line(setting="youth_guardian_part"),
            ),
            "guide/guardian-13-17/before",
            None,
            route="guardian-13-17",
            screen=False,
        ),
        # --- Is it real -------------------------------------------------------------------------------------
        Question(
            "is-it-real",
            _sl("Vad undrar de över?"),
            (
                (_sl("Ett sms med en länk: är det äkta?"), "real-sms"),
                (_sl("Någon ringde och bad dem logga in"), "someone-called"),
            ),
        ),
        End(
            "real-sms",
            _sl("Ingen kan se på ett sms om det är äkta"),
            (
                Line(_sl("Jag kan inte se om ett sms är äkta.")),
                Line(_sl("Tryck inte på länken om du är osäker.")),
                Line(_sl("Ring numret i kallelsen, inte i sms:et, och fråga om de har skickat det.")),
                Line(_sl("Ber sms:et om personnummer, BankID eller pengar? Svara inte.")),
                Line(_sl("Redo frågar aldrig efter personnummer eller BankID.")),
            ),
            "help/real-sms",
            None,
            screen=False,
        ),
        End(
            "someone-called",
            _sl("Någon ringde och bad dem använda e-legitimation"),
            (
                Line(_sl("Lägg på, också om den som ringer vet var ni har tid.")),
                Line(_sl("Ring numret i kallelsen, inte numret som ringde.")),
                Line(
                    _sl(
                        "Har du redan använt din e-legitimation? Ring den som har gett dig den, till exempel "
                        "din bank."
                    )
                ),
            ),
            "help/someone-called",
            None,
            screen=False,
        ),
        End(
            "in-person",
            _sl("De vill hellre träffas på plats"),
            (
                Line(_sl("Bra att ni säger det. Ni behöver inte säga varför.")),
                Line(_sl("Jag kopplar er till mottagningen, så hittar ni en lösning tillsammans.")),
            ),
            "help/in-person",
            None,
            screen=False,
        ),
    )
)
