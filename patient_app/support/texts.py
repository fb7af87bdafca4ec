"""What a family reads: sms, message on 1177, in the FAMILY's language, from the public catalogue. Call inside
`in_language`.

The sms keeps requirements.md routine.sms-rule to the letter: it names no clinic, no person and no reason; the
region only where the profile allows it; and it always ends in the same sentence, so that families learn to
expect it.
"""

from patient_app.clinics.settings import VisitProfile
from patient_app.web.languages import gettext as _
from patient_app.web.languages import message_text
from patient_app.web.routing import COMMON

# Where the visit's day and time stand in a text; the page's own script puts them there, in the family's
# language, so that no time is ever sent to us.
WHEN = "{when}"


def sms(link: str, region: str = "", profile: VisitProfile = COMMON, when: str = "") -> str:
    """The sms that leads to the preparations. `region` is used only when the profile says it may be named;
    `when` is the visit's day and time in words."""
    # Translators: an sms. Keep it as short as you can, and in letters without marks where the language allows
    # it.
    named = bool(region and profile.region_in_sms)
    if named and when:
        start = _("%(region)s, inför videobesöket %(when)s: %(link)s", region=region, when=when, link=link)
    elif named:
        start = _("%(region)s, inför videobesöket: %(link)s", region=region, link=link)
    elif when:
        start = _("Inför videobesöket %(when)s: %(link)s", when=when, link=link)
    else:
        start = _("Inför videobesöket: %(link)s", link=link)
    return message_text(f"{start} {promise()}")


def fix_sms(link: str) -> str:
    """The sms that leads straight to the help for one problem; sent during a call, so the region need not be
    named."""
    # Translators: an sms, as short as can be.
    start = _("Hjälp med videobesöket: %(link)s", link=link)
    return message_text(f"{start} {promise()}")


def promise() -> str:
    """The sentence that stands in every sms. That the code stands in the letter too is not said: we cannot
    know that it does, and a code that differs teaches families to overlook it."""
    # Translators: stands at the end of every sms.
    return _("Vi frågar aldrig efter personnummer eller BankID.")


def message(link: str, code: str, phone: str | None, when: str = "") -> str:
    """The text for a message on 1177, where the family is logged in: it may name the clinic's phone, still no
    person or reason. `when` is the visit's day and time in words."""
    lines = [
        _("Hej! Videobesöket är %(when)s.", when=when)
        if when
        else _("Hej! Snart är det dags för videobesöket."),
        _("Här ser ni steg för steg hur ni gör, och testar kamera och ljud: %(link)s", link=link),
        _("Koden är %(code)s.", code=code),
        _("Sidan frågar aldrig efter personnummer eller BankID."),
    ]
    if phone:
        lines.append(
            _("Går det inte, eller vill ni hellre träffas på plats? Ring oss: %(number)s.", number=phone)
        )
    return message_text("\n".join(lines))


def letter(address: str, code: str, phone: str | None) -> str:
    """The text for a letter on paper, beside the QR code: the address as one types it, and whom to phone. The
    letter itself says when the visit is."""
    lines = [
        _("Så förbereder du videobesöket"),
        _("Rikta telefonens kamera mot rutan, eller skriv adressen:"),
        address,
        _("Koden är %(code)s. Den säger inget om er.", code=code),
        _("Sidan frågar aldrig efter personnummer eller BankID."),
        _("Vill ni hellre träffas på plats? Säg till mottagningen, så hittar ni en lösning tillsammans."),
    ]
    if phone:
        lines.append(_("Mottagningens telefon: %(number)s.", number=phone))
    return message_text("\n".join(lines))
