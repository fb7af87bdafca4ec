"""Own origin only, no cookie, nothing stored, on every kind of page: whatever a family opens, nobody else
hears of it."""

from devices import PHONE

STORED = """async () => ({
  kept: Object.keys(localStorage).length + Object.keys(sessionStorage).length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


def test_every_page_asks_its_own_origin_only_and_keeps_nothing(plain_chromium, server, paths):
    context = plain_chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    elsewhere, cookies, broken = [], [], []
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url)
            if not request.url.startswith((server.url, "data:", "blob:"))
            else None
        ),
    )
    page.on("response", lambda answer: cookies.append(answer.url) if "set-cookie" in answer.headers else None)
    page.on("response", lambda answer: broken.append(answer.url) if answer.status >= 400 else None)
    page.on(
        "console",
        lambda message: broken.append(f"{page.url}: {message.text}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: broken.append(f"{page.url}: {error}"))
    addresses = paths("m/D3M0/", languages=("sv",))
    assert len(addresses) > 60
    for path in addresses:
        page.goto(path)
    assert page.evaluate(STORED) == {"kept": 0, "databases": 0, "caches": 0, "workers": 0}
    assert context.cookies() == []
    context.close()
    assert not elsewhere, elsewhere
    assert not cookies, cookies
    assert not broken, broken
