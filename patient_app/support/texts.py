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


def sms(link: str, region: str = "", profile: VisitProfile = COMMON) -> str:
    """The sms that leads to the preparations. `region` is used only when the profile says it may be named."""
    # Translators: an sms. Keep it as short as you can, and in letters without marks where the language allows
    # it.
    if region and profile.region_in_sms:
        start = _("%(region)s, inför videobesöket: %(link)s", region=region, link=link)
    else:
        start = _("Inför videobesöket: %(link)s", link=link)
    return message_text(f"{start} {promise()}")


def fix_sms(link: str) -> str:
    """The sms that leads straight to the help for one problem; sent during a call, so the region need not be
    named."""
    return message_text(f"{_('Hjälp med videobesöket: %(link)s', link=link)} {promise()}")


def promise() -> str:
    """The sentence that stands in every sms. That the code stands in the letter too is not said: we cannot
    know that it does, and a code that differs teaches families to overlook it."""
    # Translators: stands at the end of every sms.
    return _("Vi frågar aldrig efter personnummer eller BankID.")


def message(link: str, code: str, phone: str | None) -> str:
    """The text for a message on 1177, where the family is logged in: it may name the clinic's phone, still no
    person or reason."""
    lines = [
        _("Hej! Snart är det dags för videobesöket."),
        _("Här ser ni steg för steg hur ni gör, och testar kamera och ljud: %(link)s", link=link),
        _("Koden är %(code)s.", code=code),
        _("Sidan frågar aldrig efter personnummer eller BankID."),
    ]
    if phone:
        lines.append(
            _("Går det inte, eller vill ni hellre träffas på plats? Ring oss: %(number)s.", number=phone)
        )
    return message_text("\n".join(lines))
