"""What every page offers someone who looks at it."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect


class Seen:
    """A page that someone has come to. Making one waits until the browser shows the page with that
    `data-page`, its scripts run: nobody presses a link in the milliseconds before."""

    id = ""

    def __init__(self, page: Page, id: str = "") -> None:
        self.page = page
        self.id = id or self.id
        expect(page.locator("body")).to_have_attribute("data-page", self.id)
        page.wait_for_load_state("domcontentloaded")

    @classmethod
    def opened(cls, page: Page, address: str) -> Self:
        page.goto(address)
        return cls(page)

    def link(self, ending: str) -> Locator:
        """A link in sight in the page's own content that leads to an address ending so, whatever fragment it
        carries."""
        return self.page.locator(f'main a[href$="{ending}"]:visible, main a[href*="{ending}#"]:visible').first

    def press_link(self, ending: str) -> None:
        self.link(ending).click()

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def language(self) -> str:
        return self.page.locator("html").get_attribute("lang") or ""

    @property
    def path(self) -> str:
        return re.sub(r"^\w+://[^/]+", "", self.page.url).split("#")[0]

    @property
    def fragment(self) -> str:
        return self.page.url.partition("#")[2]

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def labels(self) -> list[str]:
        """The buttons of 1177 or of the app that the page names."""
        return self.page.locator("main .button-name").all_inner_texts()

    def reads_on_in(self, code: str) -> Self:
        """Picks another language in the menu; the page stays the same."""
        self.page.locator(".lang summary").click()
        self.page.locator(f'.lang a[hreflang="{code}"]').click()
        expect(self.page.locator("html")).to_have_attribute("lang", code)
        return type(self)(self.page, self.id)

    def shows_what_fits_the_screen(self) -> None:
        """Nothing has to be scrolled sideways."""
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"


def tap(page: Page, selector: str) -> None:
    """A finger on the middle of the thing, which must be in sight of whoever scrolled to it."""
    place = page.locator(selector).first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box, f"{selector} is not in sight"
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
