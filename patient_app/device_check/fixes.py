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
    "android-other",
    "windows",
    "mac",
    "other",
    "in-app-ios",
    "in-app-android",
)
IPHONES = ("iphone-safari", "iphone-other", "in-app-ios")
ANDROIDS = ("android-chrome", "android-samsung", "android-firefox", "android-other", "in-app-android")
PHONES = (*IPHONES, "ipad", *ANDROIDS)
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
    "android-other": _l("Android med en annan webbläsare"),
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
_RESTART = _l("Hjälper det inte? Starta om telefonen. Gör det i god tid före besöket.")
_RESTART_COMPUTER = _l("Hjälper det inte? Starta om datorn.")
_SHUTTER = _l("Har datorn en knapp eller ett skjutlock för kameran? Öppna det.")
_OTHER_DEVICE = _l("Går det inte? Ta en annan telefon, surfplatta eller dator.")
_OTHER_BROWSER = _l("Öppna sidan i en annan webbläsare.")
_WINDOWS_PRIVACY = _l(
    "Hjälper det inte? Öppna Windows Inställningar och sök efter kamera. Slå på åtkomst för enheten och för "
    "appar. Gör likadant med mikrofon."
)
_MAC_PRIVACY = _l(
    "Hjälper det inte? Öppna Systeminställningar, Integritet och säkerhet, Kamera. Slå på din webbläsare. "
    "Gör likadant med Mikrofon."
)
_ANDROID_TILE = _l(
    "Dra ner från skärmens överkant. Finns Kameraåtkomst och Mikrofonåtkomst där? De ska vara på."
)

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
            _l(
                "Står det att sidan inte kan be om tillåtelse? Stäng chattbubblor och blåljusfilter, och "
                "försök igen."
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
            _l(
                "Står det att sidan inte kan be om tillåtelse? Stäng chattbubblor och blåljusfilter, och "
                "försök igen."
            ),
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
            _l("Är det Firefox Focus? Den kan inte använda kameran. Öppna sidan i en annan webbläsare."),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("android-other",),
        drawing="switch",
        steps=(
            _l("Tryck på tecknet intill adressen. Tillåt Kamera och Mikrofon."),
            _l(
                "Hjälper det inte? Öppna telefonens Inställningar, Appar. Välj webbläsaren, sedan "
                "Behörigheter. Tillåt Kamera och Mikrofon."
            ),
            _l(
                "Står det att sidan inte kan be om tillåtelse? Stäng chattbubblor och blåljusfilter, och "
                "försök igen."
            ),
            _l("Går det ändå inte? Öppna sidan i Chrome."),
            _RELOAD,
        ),
    ),
    Fix(
        recipes=("allow",),
        platforms=("windows",),
        drawing="address-start",
        steps=(
            _l("Tryck på kameran eller tecknet intill adressen. Tillåt Kamera och Mikrofon."),
            _WINDOWS_PRIVACY,
            _SHUTTER,
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
            _MAC_PRIVACY,
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
        platforms=("android-chrome", "android-samsung", "android-firefox", "android-other", "other"),
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
            _TRY,
            _l("Kommer en fråga högst upp eller längst ner på skärmen? Tryck Tillåt."),
            _l("Kommer ingen fråga? Öppna sidan i en annan webbläsare."),
        ),
    ),
    # The device itself.
    Fix(
        recipes=("let-go-camera", "still-picture", "resume-camera"),
        platforms=(*IPHONES, *ANDROIDS),
        steps=(
            _l("Avsluta samtal. Stäng andra appar och flikar som kan använda kameran."),
            _TRY,
            _RESTART,
        ),
    ),
    Fix(
        recipes=("let-go-camera", "still-picture", "resume-camera"),
        platforms=("ipad",),
        steps=(
            _l("Visa sidan i helskärm. I delad skärm eller i ett litet fönster kan bilden bli svart."),
            _l("Avsluta samtal. Stäng andra appar och flikar som kan använda kameran."),
            _TRY,
            _RESTART,
        ),
    ),
    Fix(
        recipes=("let-go-camera",),
        platforms=COMPUTERS,
        steps=(
            _l("Stäng andra program som kan använda kameran, till exempel Teams, Zoom eller FaceTime."),
            _l("Stäng andra flikar. Tryck sedan Testa igen."),
            _RESTART_COMPUTER,
        ),
    ),
    # A lid or a key gives a still picture, or a muted track, on many computers: they come before programs.
    Fix(
        recipes=("still-picture", "resume-camera"),
        platforms=COMPUTERS,
        steps=(
            _l("Har datorn ett skjutlock eller en knapp för kameran? Öppna locket, eller tryck på knappen."),
            _l("Stäng andra program som kan använda kameran, till exempel Teams, Zoom eller FaceTime."),
            _TRY,
            _RESTART_COMPUTER,
        ),
    ),
    Fix(
        recipes=("let-go-microphone", "resume-microphone"),
        platforms=PHONES,
        steps=(
            _l("Avsluta samtal. Stäng andra appar och flikar som kan använda mikrofonen."),
            _l("Har headsetet en ljudlös-knapp? Tryck på den. Eller dra ut headsetet."),
            _TRY,
            _RESTART,
        ),
    ),
    Fix(
        recipes=("let-go-microphone",),
        platforms=COMPUTERS,
        steps=(
            _l("Stäng andra program som kan använda mikrofonen, till exempel Teams, Zoom eller FaceTime."),
            _l("Stäng andra flikar. Tryck sedan Testa igen."),
            _RESTART_COMPUTER,
        ),
    ),
    Fix(
        recipes=("resume-microphone",),
        platforms=COMPUTERS,
        drawing="headset",
        steps=(
            _l("Har datorn eller headsetet en knapp som stänger av mikrofonen? Tryck på den."),
            _l("Stäng andra program som kan använda mikrofonen, till exempel Teams, Zoom eller FaceTime."),
            _TRY,
        ),
    ),
    # A phone has a camera and a microphone: when the browser finds none, the browser is the cause.
    Fix(
        recipes=("find-camera", "find-microphone"),
        platforms=(*IPHONES, "ipad"),
        steps=(
            _OTHER_BROWSER,
            _l("Finns den inte där heller? Skärmtid kan gömma kameran. Titta under Inställningar, Skärmtid."),
            _RESTART,
            _OTHER_DEVICE,
        ),
    ),
    Fix(
        recipes=("find-camera", "find-microphone"),
        platforms=ANDROIDS,
        steps=(_OTHER_BROWSER, _ANDROID_TILE, _RESTART, _OTHER_DEVICE),
    ),
    Fix(
        recipes=("find-camera",),
        platforms=("windows",),
        steps=(
            _l("Sitter kameran i en sladd? Dra ut den och sätt i den igen."),
            _SHUTTER,
            _WINDOWS_PRIVACY,
            _OTHER_DEVICE,
        ),
    ),
    Fix(
        recipes=("find-camera",),
        platforms=("mac",),
        steps=(
            _l("Sitter kameran i en sladd? Dra ut den och sätt i den igen."),
            _MAC_PRIVACY,
            _l("Avsluta webbläsaren helt och öppna den igen."),
            _OTHER_DEVICE,
        ),
    ),
    Fix(
        recipes=("find-camera",),
        platforms=("other",),
        steps=(
            _l("Sitter kameran i en sladd? Dra ut den och sätt i den igen."),
            _SHUTTER,
            _l("Finns ingen kamera? Ta en telefon eller surfplatta."),
        ),
    ),
    Fix(
        recipes=("find-microphone",),
        platforms=("windows",),
        steps=(
            _l("Dra ut headsetet och sätt i det igen, eller prova utan."),
            _WINDOWS_PRIVACY,
            _OTHER_DEVICE,
        ),
    ),
    Fix(
        recipes=("find-microphone",),
        platforms=("mac",),
        steps=(
            _l("Dra ut headsetet och sätt i det igen, eller prova utan."),
            _MAC_PRIVACY,
            _l("Avsluta webbläsaren helt och öppna den igen."),
            _OTHER_DEVICE,
        ),
    ),
    Fix(
        recipes=("find-microphone",),
        platforms=("other",),
        steps=(
            _l("Dra ut headsetet och sätt i det igen, eller prova utan."),
            _l("Finns ingen mikrofon? Ta en telefon eller surfplatta."),
        ),
    ),
    Fix(
        recipes=("uncover",),
        platforms=("ipad",),
        steps=(
            _l("Titta efter ett finger, ett skal, en lapp eller ett skjutlock framför kameran."),
            _l("Visa sidan i helskärm. I delad skärm eller i ett litet fönster kan bilden bli svart."),
            _l("Torka av kameran. Tryck sedan Testa igen."),
        ),
    ),
    Fix(
        recipes=("uncover",),
        platforms=(*IPHONES, *COMPUTERS),
        steps=(
            _l("Titta efter ett finger, ett skal, en lapp eller ett skjutlock framför kameran."),
            _l("Torka av kameran. Tryck sedan Testa igen."),
        ),
    ),
    Fix(
        recipes=("uncover",),
        platforms=ANDROIDS,
        steps=(
            _l("Titta efter ett finger, ett skal, en lapp eller ett skjutlock framför kameran."),
            _ANDROID_TILE,
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
        platforms=(*IPHONES, "ipad", *COMPUTERS),
        drawing="headset",
        steps=(
            _l("Har headsetet en ljudlös-knapp? Tryck på den. Eller dra ut headsetet."),
            _l("Är ett trådlöst headset kopplat till en annan telefon? Koppla bort det."),
            _l("Stäng andra appar som använder mikrofonen. Tryck sedan Testa igen."),
        ),
    ),
    Fix(
        recipes=("unmute",),
        platforms=ANDROIDS,
        drawing="headset",
        steps=(
            _l("Har headsetet en ljudlös-knapp? Tryck på den. Eller dra ut headsetet."),
            _l("Är ett trådlöst headset kopplat till en annan telefon? Koppla bort det."),
            _ANDROID_TILE,
            _l("Stäng andra appar som använder mikrofonen. Tryck sedan Testa igen."),
        ),
    ),
    Fix(
        recipes=("speak-up",),
        steps=(
            _l("Håll telefonen närmare. Täck inte mikrofonen med handen eller skalet."),
            _l("Tryck Testa igen och prata högt, vad som helst."),
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
            _l("Hörs det svagt, som i en telefonlur? Koppla i ett headset med sladd om du har ett."),
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
            _l("Har du VPN för din säkerhet? Låt det vara på. Ring mottagningen."),
            _TRY,
        ),
    ),
    # The device and the browser in a call.
    Fix(
        recipes=("lighten",),
        steps=(
            _l("Stäng andra appar och flikar."),
            _l("Sätt i laddaren, och slå av strömsparläge."),
            _l("Hjälper det inte? Starta om, eller ta en annan telefon, surfplatta eller dator."),
        ),
    ),
    Fix(
        recipes=("allow-windows",),
        steps=(
            _l("Tryck på knappen igen. Frågar webbläsaren om fönster? Välj Tillåt."),
            _l("Hjälper det inte? Sök efter popup i webbläsarens inställningar, och tillåt den här sidan."),
        ),
    ),
    Fix(
        recipes=("allow-storage",),
        steps=(
            _l("Är det ett privat fönster? Öppna sidan i ett vanligt fönster."),
            _l("Hjälper det inte? Prova en annan webbläsare."),
        ),
    ),
)


# What the first page can find; the second is handed its result and shows all.
_FIRST_PAGE = {
    row.first for check in ("environment", "connection", "call", "window") for row in rows_of(check)
}
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
