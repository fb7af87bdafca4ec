"""The keys of the requirements as data: section, and where each must stand: c common pages too, p only where the clinic's profile
states it, s only on support and staff pages."""

COMMON, PROFILE, STAFF = "c", "p", "s"

A = {
    "leaflet.who-attends": PROFILE, "leaflet.proxy-why": COMMON, "leaflet.proxy-own-login": COMMON, "leaflet.proxy-steps": COMMON,
    "leaflet.proxy-once": COMMON, "leaflet.proxy-registry": COMMON, "guardian.other-adult": COMMON, "leaflet.add-clinic": COMMON,
    "leaflet.notifications": COMMON, "leaflet.device-choice": COMMON, "leaflet.not-in-app": PROFILE, "leaflet.turns-13": COMMON,
    "routine.sms-consent": COMMON, "routine.fee": PROFILE, "routine.reply-time": COMMON, "routine.images": COMMON,
    "guidance.readiness": COMMON, "guidance.child-ability": COMMON, "guidance.not-suited": COMMON, "guidance.interpreter": COMMON,
    "guidance.show-things": COMMON, "impact.physical-remains": COMMON,
}  # fmt: skip
B = {
    "leaflet.tips": COMMON, "guidance.child-in-focus": COMMON, "guardian.background": COMMON, "guidance.private-room": COMMON,
    "guidance.child-alone": COMMON, "guardian.other-guardian": COMMON, "routine.only-invited": COMMON, "routine.id-check": COMMON,
    "leaflet.security-facts": PROFILE, "impact.recording-risk": COMMON, "routine.staff-look": PROFILE, "guidance.tech-agreement": COMMON,
}  # fmt: skip
C = {
    "leaflet.join-steps": COMMON, "check.asked-again": COMMON, "leaflet.waiting-room": COMMON, "leaflet.trouble-sound": COMMON,
    "leaflet.trouble-picture": COMMON, "leaflet.trouble-dropped": COMMON, "leaflet.trouble-start": PROFILE,
    "guidance.alone-dropped": COMMON, "guidance.look-at-camera": COMMON, "guidance.agenda": COMMON, "guidance.summary": COMMON,
    "guidance.evaluate": COMMON,
}  # fmt: skip
D = {
    "guidance.age-adapted": COMMON, "guidance.child-voice": COMMON, "child.may-ask": COMMON, "child.what-is-kept": COMMON,
    "guidance.clear-words": COMMON, "research.self-view": COMMON, "research.harder-to-talk": COMMON, "research.not-said": COMMON,
    "research.first-in-person": COMMON, "research.voluntary": COMMON, "research.small-children": COMMON, "research.tech-tiring": COMMON,
    "research.comfort": COMMON, "child.13-17": COMMON, "child.no-eid": COMMON, "child.safe": COMMON,
}  # fmt: skip
E = {
    "staff.share": STAFF, "staff.support-code": STAFF, "staff.no-code": STAFF, "staff.before-sharing": STAFF, "staff.during": STAFF,
    "staff.summons": STAFF, "guidance.not-suited-list": STAFF, "routine.no-home-questions": STAFF, "routine.maturity": STAFF,
    "routine.sms-rule": STAFF, "routine.local-additions": STAFF, "routine.fallback": STAFF, "guidance.platform": STAFF,
    "staff.governance": STAFF,
}  # fmt: skip
FAMILIES = {**A, **B, **C}
