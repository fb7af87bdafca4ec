"""The room's pages: every one keeps the house rules, in Swedish and English."""


def paths(user_id: int) -> list[str]:
    place = "/staff/clinics/D3M0"
    return [
        "/staff/clinics/",
        "/staff/regions/",
        "/staff/clinics/new",
        "/staff/regions/new",
        place,
        "/staff/regions/exempel",
        place + "/publish",
        place + "/history",
        place + "/undo/1",
        place + "/retire",
        "/staff/import",
        "/staff/users/",
        "/staff/users/new",
        f"/staff/users/{user_id}",
        "/staff/log",
        "/staff/log?q=demo",
        "/staff/validity",
        "/staff/account",
    ]


def test_every_staff_page_keeps_the_house_rules(staff):
    admin = staff.user("admin2", "admin")
    browser = staff.browser(admin)
    for language in ("sv", "en"):
        browser.post("/staff/language", {"language": language})
        for path in paths(admin.id):
            assert browser.get(path).html["lang"] == language
    staff.browser().get("/staff/log-in")
