"""What to do, by recipe and by device. Menu names move between versions: each is dated, and worded so that
another name does not mislead.

A verdict names the recipe that is the first thing to do (verdicts.py); a fix belongs to one or more recipes
and to the devices it is true for (none means all). Facts: docs/device-check.md.
"""

from dataclasses import dataclass
from datetime import date

from patient_app.device_check.verdicts import row_of, rows_of
from patient_app.web.languages import lazy as _l

PLATFORMS = (
    "iphone-safari",
    "iphone-other",
    "ipad",
    "android-chrome",
    "android-samsung",
    "android-firefox",
    "windows",
    "mac",
    "other",
    "in-app-ios",
    "in-app-android",
)
PHONES = (
    "iphone-safari",
    "iphone-other",
    "ipad",
    "android-chrome",
    "android-samsung",
    "android-firefox",
    "in-app-ios",
    "in-app-android",
)
IN_APP = ("in-app-ios", "in-app-android")
COMPUTERS = ("windows", "mac", "other")
# What a person calls the device, over the steps that are its own.
PLATFORM_NAMES = {
    "iphone-safari": _l("iPhone med Safari"),
    "iphone-other": _l("iPhone med en annan webbläsare"),
    "ipad": _l("iPad"),
    "android-chrome": _l("Android med Chrome"),
    "android-samsung": _l("Android med Samsung Internet"),
    "android-firefox": _l("Android med Firefox"),
    "windows": _l("Dator med Windows"),
    "mac": _l("Mac"),
    "other": _l("En annan enhet"),
    "in-app-ios": _l("Inne i en app på iPhone"),
    "in-app-android": _l("Inne i en app på Android"),
}


@dataclass(frozen=True, kw_only=True)
class Fix:
    """Steps for some recipes on some devices, with a drawing, and the day the menu names were last looked
    up."""

    recipes: tuple[str, ...]
    steps: tuple[object, ...]
    platforms: tuple[str, ...] = ()
    drawing: str = ""
    checked_on: date = date(2026, 11, 22)

    def fits(self, recipe: str, platform: str) -> bool:
        """Whether this is the recipe for that device."""
        return recipe in self.recipes and (not self.platforms or platform in self.platforms)


_RELOAD = _l("Kom tillbaka hit. Ladda om sidan och tryck Starta testet.")
_TRY = _l("Tryck Testa igen.")

FIXES: tuple[Fix, ...] = (
    # Permission: site level first, then the app's or the system's own switch.
    Fix(
        recipes=("allow",),
        platforms=("iphone-safari", "ipad"),
        drawing="address-start",
        steps=(
            _l("Tryck på tecknet intill adressen. Det ser ut som aA eller en liten sida."),
            _l("Välj det som ofta heter Webbplatsinställningar. Sätt Kamera och Mikrofon på Tillåt."),
            _l(
                "Hjälper det inte? Öppna telefonens Inställningar, sök efter Safari, och sätt Kamera och "
                "Mikrofon på Fråga."
            ),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("iphone-other",),
        drawing="switch",
        steps=(
            _l("Öppna telefonens Inställningar och sök efter webbläsarens namn."),
            _l("Slå på Kamera och Mikrofon."),
            _l("Finns de inte där? Skärmtid kan gömma kameran. Eller öppna sidan i Safari."),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("android-chrome",),
        drawing="address-start",
        steps=(
            _l("Tryck på tecknet till vänster om adressen."),
            _l("Välj det som ofta heter Behörigheter. Sätt Kamera och Mikrofon på Tillåt."),
            _l(
                "Hjälper det inte? Öppna telefonens Inställningar, Appar, Chrome, Behörigheter. Tillåt "
                "Kamera och Mikrofon."
            ),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("android-samsung",),
        drawing="switch",
        steps=(
            _l("Öppna telefonens Inställningar, Appar, Samsung Internet, Behörigheter."),
            _l("Tillåt Kamera och Mikrofon."),
            _l("Syns ett hänglås intill adressen? Tryck på det och tillåt kameran där också."),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("android-firefox",),
        drawing="address-start",
        steps=(
            _l("Tryck på hänglåset intill adressen. Tillåt Kamera och Mikrofon."),
            _l(
                "Hjälper det inte? Öppna telefonens Inställningar, Appar, Firefox, Behörigheter. Tillåt "
                "Kamera och Mikrofon."
            ),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("windows",),
        drawing="address-start",
        steps=(
            _l("Tryck på kameran eller tecknet intill adressen. Tillåt Kamera och Mikrofon."),
            _l(
                "Hjälper det inte? Öppna Windows Inställningar och sök efter kamera. Slå på åtkomst för "
                "enheten och för appar. Gör likadant med mikrofon."
            ),
            _l("Har datorn en knapp eller ett skjutlock för kameran? Öppna det."),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("mac",),
        drawing="address-start",
        steps=(
            _l(
                "I Safari: öppna Safari, Inställningar, Webbplatser, Kamera. Tillåt den här sidan. I andra "
                "webbläsare: tryck på tecknet intill adressen."
            ),
            _l(
                "Hjälper det inte? Öppna Systeminställningar, Integritet och säkerhet, Kamera. Slå på din "
                "webbläsare. Gör likadant med Mikrofon."
            ),
            _l("Avsluta webbläsaren helt och öppna den igen."),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("other",),
        drawing="address-start",
        steps=(
            _l("Tryck på tecknet intill adressen. Tillåt Kamera och Mikrofon."),
            _l(
                "Hjälper det inte? Sök efter kamera i enhetens inställningar, eller byt till en annan "
                "webbläsare."
            ),
            _RELOAD,
        ),
    ),
    # The way out of another app; also when that app refuses or lacks the camera.
    Fix(
        recipes=("leave-app", "newer-browser", "allow"),
        platforms=("in-app-ios",),
        drawing="menu",
        steps=(
            _l("Tryck på de tre prickarna eller på dela-tecknet."),
            _l("Välj det som ofta heter Öppna i webbläsare eller Öppna i Safari."),
            _l("Finns det inte? Kopiera adressen här under, öppna Safari och klistra in den."),
        ),
    ),
    Fix(
        recipes=("leave-app", "newer-browser", "allow"),
        platforms=("in-app-android",),
        drawing="menu",
        steps=(
            _l("Tryck på de tre prickarna."),
            _l("Välj det som ofta heter Öppna i webbläsare eller Öppna i Chrome."),
            _l("Finns det inte? Kopiera adressen här under, öppna Chrome och klistra in den."),
        ),
    ),
    Fix(
        recipes=("newer-browser",),
        platforms=("iphone-safari", "iphone-other", "ipad"),
        steps=(
            _l("Öppna sidan i Safari."),
            _l("Är det redan Safari? Uppdatera telefonen: Inställningar, Allmänt, Programuppdatering."),
            _l("Går den inte att uppdatera? Låna en nyare telefon, surfplatta eller dator."),
        ),
    ),
    Fix(
        recipes=("newer-browser",),
        platforms=("android-chrome", "android-samsung", "android-firefox", "other"),
        steps=(
            _l("Uppdatera webbläsaren i Play Butik, eller öppna sidan i Chrome."),
            _l("Går det inte? Låna en nyare telefon, surfplatta eller dator."),
        ),
    ),
    Fix(
        recipes=("newer-browser",),
        platforms=("windows", "mac"),
        steps=(
            _l("Uppdatera webbläsaren, eller öppna sidan i en annan."),
            _l("Är det en dator från arbetet eller skolan? Den kan vara spärrad. Prova en telefon."),
        ),
    ),
    Fix(
        recipes=("padlock",),
        steps=(
            _l("Skriv adressen igen, med https:// först."),
            _l("Kom du hit genom en länk? Be om en ny."),
        ),
    ),
    Fix(
        recipes=("update",),
        steps=(
            _l("Uppdatera telefonen eller webbläsaren om det går. Gör det i dag, inte strax före besöket."),
            _l("Går det inte? Fortsätt testet. Fungerar det här och nu är det ett gott tecken."),
        ),
    ),
    # A question that has no answer yet.
    Fix(
        recipes=("answer",),
        drawing="question",
        steps=(
            _l("Tryck Testa igen."),
            _l("En fråga kommer högst upp eller längst ner på skärmen. Tryck Tillåt."),
        ),
    ),
    # The device itself.
    Fix(
        recipes=("let-go-camera", "let-go-microphone"),
        platforms=PHONES,
        steps=(
            _l("Avsluta samtal. Stäng andra appar och flikar som kan använda kameran."),
            _TRY,
            _l("Hjälper det inte? Starta om telefonen. Gör det i god tid före besöket."),
        ),
    ),
    Fix(
        recipes=("let-go-camera", "let-go-microphone"),
        platforms=COMPUTERS,
        steps=(
            _l("Stäng andra program som kan använda kameran, till exempel Teams, Zoom eller FaceTime."),
            _l("Stäng andra flikar. Tryck sedan Testa igen."),
            _l("Hjälper det inte? Starta om datorn."),
        ),
    ),
    Fix(
        recipes=("find-camera",),
        steps=(
            _l("Sitter kameran i en sladd? Dra ut den och sätt i den igen."),
            _l("Har datorn en knapp eller ett skjutlock för kameran? Öppna det."),
            _l("Finns ingen kamera? Ta en telefon eller surfplatta."),
        ),
    ),
    Fix(
        recipes=("find-microphone",),
        steps=(
            _l("Dra ut headsetet och sätt i det igen, eller prova utan."),
            _l("Finns ingen mikrofon? Ta en telefon eller surfplatta."),
        ),
    ),
    Fix(
        recipes=("uncover",),
        steps=(
            _l("Titta efter ett finger, ett skal, en lapp eller ett skjutlock framför kameran."),
            _l("Torka av kameran. Tryck sedan Testa igen."),
        ),
    ),
    Fix(
        recipes=("better-picture",),
        steps=(
            _l("Stäng andra appar. Tänd en lampa, för i mörker blir bilden långsam."),
            _l("Räcker det inte? En annan telefon eller surfplatta kan ge bättre bild."),
        ),
    ),
    # Sound.
    Fix(
        recipes=("unmute",),
        drawing="headset",
        steps=(
            _l("Har headsetet en ljudlös-knapp? Tryck på den. Eller dra ut headsetet."),
            _l("Är ett trådlöst headset kopplat till en annan telefon? Koppla bort det."),
            _l("Stäng andra appar som använder mikrofonen. Tryck sedan Testa igen."),
        ),
    ),
    Fix(
        recipes=("speak-up",),
        steps=(
            _l("Håll telefonen närmare. Täck inte mikrofonen med handen eller skalet."),
            _l("Tryck Testa igen och läs meningen högt."),
        ),
    ),
    Fix(recipes=("move-away",), steps=(_l("Flytta mikrofonen lite längre från munnen."), _TRY)),
    Fix(
        recipes=("quieter",),
        drawing="headset",
        steps=(
            _l("Stäng dörren. Stäng av tv, fläkt och musik."),
            _l("Ta ett headset med sladd om du har ett."),
            _TRY,
        ),
    ),
    Fix(
        recipes=("volume",),
        drawing="headset",
        steps=(
            _l("Höj volymen medan ljudet spelas."),
            _l("Är ett headset kopplat, med eller utan sladd? Koppla bort det, eller sätt det i öronen."),
            _l("Tryck Testa igen vid Högtalare."),
        ),
    ),
    # Light. Always advice, never a fault.
    Fix(
        recipes=("turn-round",),
        drawing="window",
        steps=(
            _l("Vänd er mot fönstret, eller tänd en lampa framför er."),
            _l("Ser det bra ut ändå? Tryck på den knappen vid Ljus."),
        ),
    ),
    Fix(
        recipes=("lamp",),
        drawing="window",
        steps=(
            _l("Tänd en lampa framför er, eller sitt vänd mot ett fönster."),
            _l("Ser det bra ut ändå? Tryck på den knappen vid Ljus."),
        ),
    ),
    Fix(
        recipes=("shade",),
        drawing="window",
        steps=(
            _l("Vrid er lite, eller dra för gardinen."),
            _l("Ser det bra ut ändå? Tryck på den knappen vid Ljus."),
        ),
    ),
    # The network.
    Fix(
        recipes=("better-line",),
        steps=(
            _l("Sitt nära routern, eller byt mellan wifi och mobildata."),
            _l("Be andra hemma att vänta med film och spel under besöket."),
            _l("Testa igen på den plats där ni ska sitta."),
        ),
    ),
    Fix(
        recipes=("any-line",),
        steps=(
            _l("Slå av flygplansläge. Byt mellan wifi och mobildata."),
            _l("Är det ett nät på arbetet, skolan eller hotellet? Det kan vara spärrat."),
            _TRY,
        ),
    ),
)


# What the first page can find; the second is handed its result and shows all.
_FIRST_PAGE = {row.first for check in ("environment", "connection") for row in rows_of(check)}
CONNECTION_FIXES = tuple(fix for fix in FIXES if _FIRST_PAGE & set(fix.recipes))


def fixes_for(check: str, verdict: str, platform: str = "") -> tuple[Fix, ...]:
    """The fixes the page shows for that verdict on that device, in their order; all of them without a
    device."""
    row = row_of(check, verdict)
    return tuple(
        fix
        for fix in FIXES
        if row and any(fix.fits(row.first, one) for one in ((platform,) if platform else PLATFORMS))
    )
