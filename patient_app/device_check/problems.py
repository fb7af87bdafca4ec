"""The open catalogue of what really goes wrong with camera, sound and line in a video visit: one row each.

Pure data, published as /problems.json and as a page for staff, so that others can use and correct it. A row
says whether the check sees it, what helps, where a family reads that, who reported it, and which test holds
it, or why none can. How to add one: docs/how-to/problem-in-the-catalogue.md.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from patient_app.marks import S_

VERSION = 1
LICENCE = "CC0-1.0"
Seen = Literal["yes", "partly", "no"]


@dataclass(frozen=True, kw_only=True)
class KnownProblem:
    """One failure from the field. `seen`: whether the check sees it; `verdicts`: which of its verdicts then
    stand; `pages`: our pages that say what helps; `test`: the test that holds the row, or `untested`: why
    there can be none here."""

    id: str
    symptom: str
    cause: str
    helps: str
    seen: Seen
    sources: tuple[str, ...]
    verdicts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    test: str = ""
    untested: str = ""
    checked_on: date = date(2026, 11, 24)


_ADVICE = "tests/test_device_check.py"
_MATRIX = "e2e/scenarios.py"
_NEEDS_PHONE = "It shows only on the device itself: no browser in our tests does it."
_IN_THE_VISIT = "It happens in the clinic's own video service, which no test of ours may enter."

PROBLEMS: tuple[KnownProblem, ...] = (
    KnownProblem(
        id="other-android-browser",
        symptom=S_("Kameran är avstängd i Edge, Opera, DuckDuckGo, Mi eller Huawei på Android."),
        cause=S_("Webbläsaren saknar behörighet. Menyerna heter olika i varje."),
        helps=S_("Inställningar, Appar, webbläsaren, Behörigheter. Eller öppna sidan i Chrome."),
        seen="yes",
        verdicts=("camera:refused", "microphone:refused"),
        devices=("android-other",),
        sources=("device-problems.md A1 (tried here)",),
        test=f"{_ADVICE}::test_a_phone_is_never_told_what_helps_a_computer",
    ),
    KnownProblem(
        id="none-though-there-is-one",
        symptom=S_("Webbläsaren hittar ingen kamera eller mikrofon, men den finns."),
        cause=S_("Systemet eller webbläsaren gömmer den."),
        helps=S_("Telefon: annan webbläsare, starta om. Mac och Windows: systemets sekretessinställning."),
        seen="yes",
        verdicts=("camera:none", "microphone:none"),
        sources=(
            "webrtc/testrtc#300",
            "Vonage/vonage-video-react-app#411",
            "mozilla-mobile/fenix#15023",
        ),
        test=f"{_ADVICE}::test_a_device_that_is_not_found_on_a_phone_is_the_browsers_fault_and_on_a_computer"
        "_the_systems",
    ),
    KnownProblem(
        id="hardware-switch",
        symptom=S_("Tillåtelsen är given, men bild eller ljud är avstängt från början."),
        cause=S_("En knapp eller ett reglage på datorn eller headsetet stänger av."),
        helps=S_("Tryck på knappen, sedan Testa igen."),
        seen="yes",
        verdicts=("camera:paused", "microphone:paused"),
        devices=("windows", "mac", "other"),
        sources=("microsoft/vscode#324776",),
        test=f"{_ADVICE}::test_a_switch_on_the_device_is_named_before_programs",
    ),
    KnownProblem(
        id="shutter-with-a-still-picture",
        symptom=S_("Bilden står still, ofta med en ritad symbol."),
        cause=S_("Datorns skjutlock eller kameraknapp skickar en stillbild i stället för svart."),
        helps=S_("Öppna skjutlocket, eller tryck på kameraknappen."),
        seen="yes",
        verdicts=("camera:frozen",),
        devices=("windows", "other"),
        sources=("device-problems.md A4 (Lenovo, Dell, HP, ASUS)",),
        test=f"{_ADVICE}::test_a_switch_on_the_device_is_named_before_programs",
    ),
    KnownProblem(
        id="never-asks",
        symptom=S_("Ingen fråga om kameran kommer, och inget händer."),
        cause=S_("Några webbläsare frågar aldrig och svarar aldrig."),
        helps=S_("Öppna sidan i en annan webbläsare."),
        seen="yes",
        verdicts=("camera:waiting",),
        devices=("android-other",),
        sources=("webrtc/samples#1253",),
        test=f"{_ADVICE}::test_a_question_that_never_comes_has_a_way_on",
    ),
    KnownProblem(
        id="faint-with-microphone-on",
        symptom=S_("Ljudet är svagt eller borta när mikrofonen är på."),
        cause=S_("Ljudet går till telefonluren i stället för högtalaren."),
        helps=S_("Höj volymen under samtalet. Ta ett headset med sladd."),
        seen="partly",
        verdicts=("speaker:faint", "speaker:not-heard"),
        pages=("help/sound",),
        devices=("iphone-safari", "android-chrome"),
        sources=("aws/amazon-chime-sdk-js#1847", "webrtc/samples#1186", "jitsi/jitsi-meet#10911"),
        test=f"{_ADVICE}::test_sound_that_was_faint_is_not_well",
    ),
    KnownProblem(
        id="overlay-hides-question",
        symptom=S_("Telefonen säger att sidan inte kan be om tillåtelse."),
        cause=S_("Chattbubblor eller ett blåljusfilter ligger över skärmen."),
        helps=S_("Stäng dem, och försök igen."),
        seen="partly",
        verdicts=("camera:refused",),
        devices=("android-chrome", "android-samsung", "android-other"),
        sources=("gruhn/vue-qrcode-reader#139", "twilio/twilio-video-app-react#391"),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="firefox-focus",
        symptom=S_("Kameran går aldrig att slå på i Firefox Focus."),
        cause=S_("Focus kan inte använda kameran."),
        helps=S_("Öppna sidan i en annan webbläsare."),
        seen="partly",
        verdicts=("camera:refused",),
        devices=("android-firefox", "iphone-other"),
        sources=("mozilla-mobile/focus-android#805",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="antivirus",
        symptom=S_("Kameran startar inte på en dator, utan någon fråga."),
        cause=S_("Ett skyddsprogram kan spärra kameran tyst."),
        helps=S_("Titta efter ett meddelande från skyddsprogrammet. Eller ta en telefon."),
        seen="no",
        devices=("windows",),
        sources=("opencv/opencv#23119",),
        untested="No program that protects a computer runs in our tests.",
    ),
    KnownProblem(
        id="wrong-camera",
        symptom=S_("Fel kamera visas, till exempel en svartvit eller en påhittad."),
        cause=S_("Webbläsaren valde en infraröd eller virtuell kamera."),
        helps=S_("Välj en annan kamera i listan."),
        seen="partly",
        verdicts=("camera:ok",),
        devices=("windows", "mac"),
        sources=("afriscic/BarcodeScanning.Native.Maui#200",),
        test="e2e/journeys/test_device_choice.py::test_of_several_cameras_another_can_be_chosen_and_is_remembered"
        "_nowhere",
    ),
    KnownProblem(
        id="split-view",
        symptom=S_("Bilden är svart eller står still på iPad i delad skärm."),
        cause=S_("iPad ger bara en app i helskärm kameran."),
        helps=S_("Visa sidan i helskärm."),
        seen="partly",
        verdicts=("camera:covered", "camera:frozen", "camera:no-frames"),
        devices=("ipad",),
        sources=("brave/brave-browser#36593", "jitsi/jitsi-meet#4235"),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="android-tile",
        symptom=S_("Svart bild eller tyst mikrofon på Android, i alla appar."),
        cause=S_("Kameraåtkomst eller Mikrofonåtkomst är av i snabbinställningarna."),
        helps=S_("Dra ner från skärmens överkant och slå på dem."),
        seen="partly",
        verdicts=("camera:covered", "microphone:silent"),
        devices=("android-chrome", "android-samsung", "android-firefox", "android-other"),
        sources=("signalapp/Signal-Android#13019",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="headset-hears-phone-speaks",
        symptom=S_("Man hör i headsetet, men rösten låter långt borta."),
        cause=S_("Ett trådlöst headset spelar ljudet, men telefonens egen mikrofon används."),
        helps=S_("Ta ett headset med sladd, eller håll telefonen nära."),
        seen="no",
        pages=("help/sound",),
        sources=("mdn/dom-examples#283", "webrtc/samples#1338"),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="airpods-late",
        symptom=S_("Ljudet kommer sent i trådlösa hörlurar i Safari."),
        cause=S_("Hörlurarna byter läge när mikrofonen slås på."),
        helps=S_("Ta bort hörlurarna, eller använd dem med sladd."),
        seen="no",
        pages=("help/sound",),
        devices=("iphone-safari", "mac"),
        sources=("livekit/client-sdk-js#1540",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="earpiece",
        symptom=S_("Ljudet kommer i telefonluren i stället för högtalaren."),
        cause=S_("Några Android-telefoner tar videosamtalet för ett vanligt samtal."),
        helps=S_("Ta ett headset med sladd, eller en annan webbläsare."),
        seen="partly",
        verdicts=("speaker:faint",),
        devices=("android-chrome", "android-samsung", "android-other"),
        sources=("OpenVidu/openvidu#386",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="silent-after-call",
        symptom=S_("Efter ett samtal, ett alarm eller Siri hör ingen, fast mikrofonen ser ut att vara på."),
        cause=S_("Telefonen gav inte tillbaka mikrofonen."),
        helps=S_("Stäng av mikrofonen och slå på den igen."),
        seen="no",
        pages=("help/sound",),
        sources=("element-hq/element-x-ios#5731", "livekit/client-sdk-swift#1011"),
        untested=_IN_THE_VISIT,
    ),
    KnownProblem(
        id="joined-muted",
        symptom=S_("Första trycket på mikrofonen gör inget på iPhone."),
        cause=S_("Den som ansluter med avstängt ljud får mikrofonen först vid nästa tryck."),
        helps=S_("Tryck av och på en gång till."),
        seen="no",
        pages=("help/sound",),
        devices=("iphone-safari", "iphone-other"),
        sources=("jitsi/jitsi-meet#13670",),
        untested=_IN_THE_VISIT,
    ),
    KnownProblem(
        id="screen-locks",
        symptom=S_("Samtalet bryts när skärmen släcks."),
        cause=S_("Telefonen sparar batteri."),
        helps=S_("Sätt i laddaren, och slå av automatiskt lås under besöket."),
        seen="no",
        pages=("help/freezes",),
        sources=("element-hq/element-call#3769",),
        untested=_IN_THE_VISIT,
    ),
    KnownProblem(
        id="changed-app",
        symptom=S_("Bilden fryser när man byter app. Ljudet går vidare, och man hörs."),
        cause=S_("Telefonen pausar kameran i bakgrunden, men inte mikrofonen."),
        helps=S_("Stanna i fönstret. Kom tillbaka till det om bilden fryser."),
        seen="no",
        pages=("help/freezes", "help/picture"),
        sources=("aws/amazon-chime-sdk-js#377",),
        untested=_IN_THE_VISIT,
    ),
    KnownProblem(
        id="pop-up-blocked",
        symptom=S_("Knappen för att ansluta gör ingenting."),
        cause=S_("Webbläsaren spärrar nya fönster."),
        helps=S_("Tillåt fönstret när webbläsaren frågar, eller slå av spärren för sidan."),
        seen="yes",
        verdicts=("window:blocked",),
        pages=("help/button-dead",),
        sources=("Hubs-Foundation/hubs#5144",),
        test="e2e/journeys/test_device_call.py::test_what_the_browser_refuses_is_said_with_what_to_do_and_stays_out_of"
        "_the_verdict",
    ),
    KnownProblem(
        id="firewall-or-vpn",
        symptom=S_("Sidan fungerar, men man ser eller hör inte den andra."),
        cause=S_("Ett nät, en brandvägg eller en VPN släpper inte igenom videon."),
        helps=S_("Byt nät. Är VPN på för er säkerhet? Låt det vara på, och ring mottagningen."),
        seen="no",
        pages=("help/no-contact",),
        sources=("vacs-project/vacs#981", "pikvm/pikvm#1189"),
        untested="It takes the clinic's own servers: only the platform's test link can tell.",
    ),
    KnownProblem(
        id="ios-26-refuses-unasked",
        symptom=S_("Kameran nekas utan fråga på iPhone, men bara i en webbläsare."),
        cause=S_("iOS 26 minns ett nej, olika i olika webbläsare."),
        helps=S_("Prova en annan webbläsare, eller appens behörigheter i Inställningar."),
        seen="partly",
        verdicts=("camera:refused",),
        devices=("iphone-safari", "iphone-other"),
        sources=("ZonD80/familycall#6", "miroslavpejic85/mirotalk#318"),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="home-screen-copy",
        symptom=S_("Sidan på hemskärmen frågar om kameran igen."),
        cause=S_("Kopian på hemskärmen har en egen tillåtelse."),
        helps=S_("Tryck Tillåt där också, eller öppna sidan i webbläsaren."),
        seen="no",
        pages=("help/asked-again",),
        sources=("mebjas/html5-qrcode#332",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="sideways",
        symptom=S_("Bilden ligger på sidan."),
        cause=S_("Framkameran i några nya iPhone är vriden."),
        helps=S_("Vrid telefonen, eller uppdatera den."),
        seen="no",
        devices=("iphone-safari",),
        sources=("Azure/azure-sdk-for-ios#2296",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="two-devices-howl",
        symptom=S_("Det tjuter i högtalarna."),
        cause=S_("Två enheter i samma rum är med i samtalet."),
        helps=S_("Använd en enhet, eller stäng av ljudet på den ena."),
        seen="no",
        pages=("help/sound",),
        sources=("jitsi/jitsi-meet#14787", "bigbluebutton/bigbluebutton#7862"),
        untested=_IN_THE_VISIT,
    ),
    KnownProblem(
        id="reaction-effects",
        symptom=S_("Ballonger eller hjärtan visas över bilden."),
        cause=S_("Telefonen eller datorn tolkar en gest som en reaktion."),
        helps=S_("Slå av Reaktioner i systemets meny för video."),
        seen="no",
        devices=("iphone-safari", "ipad", "mac"),
        sources=("w3c/mediacapture-extensions#118",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="visit-at-a-clinic",
        symptom=S_("Ingen kommer till videobesöket hemma."),
        cause=S_("Besöket sker på skärm, men på en mottagning."),
        helps=S_("Läs i kallelsen var ni ska vara."),
        seen="no",
        pages=("help/cannot-start",),
        sources=("department-of-veterans-affairs/vets-website#33618",),
        untested="It stands in the letter, not in the device.",
    ),
    KnownProblem(
        id="only-one-allowed",
        symptom=S_("Bara kameran eller bara mikrofonen är tillåten."),
        cause=S_("Firefox på Android frågar om en i taget."),
        helps=S_("Tillåt båda i sidans behörigheter."),
        seen="yes",
        verdicts=("camera:refused", "microphone:refused"),
        devices=("android-firefox",),
        sources=("mozilla-mobile/fenix#19237",),
        test=f"{_MATRIX}::camera only refused",
    ),
    KnownProblem(
        id="call-screened",
        symptom=S_("Mottagningen ringer, men telefonen ringer inte."),
        cause=S_("iPhone kan sila eller tysta okända nummer."),
        helps=S_("Håll telefonen nära. Kom överens med mottagningen före besöket om numret är dolt."),
        seen="no",
        pages=("help/cannot-start",),
        devices=("iphone-safari",),
        sources=("vendor pages, 2025",),
        untested=_NEEDS_PHONE,
    ),
    KnownProblem(
        id="no-way-back-after-refusal",
        symptom=S_("Ett nej till kameran går inte att ångra."),
        cause=S_("Webbläsaren minns svaret och frågar inte igen."),
        helps=S_(
            "Tryck på webbläsarens egen knapp, där den finns. Annars: följ menyerna för just den enheten."
        ),
        seen="yes",
        verdicts=("camera:refused", "camera:blocked", "camera:dismissed"),
        sources=("WICG usermedia element (Chromium 151)",),
        test="e2e/journeys/test_device_promises.py::test_after_a_refusal_the_browsers_own_button_comes_before_the"
        "_menus_and_leads_on",
    ),
)
