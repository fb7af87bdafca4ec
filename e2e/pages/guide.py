"""The guide as a family meets it: start page, questions, steps, what went wrong, the day."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from pages.seen import Seen

ABOVE_THE_BAR = """() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const first = box("#trouble .link-rows a");
  return first.top >= 0 && first.bottom <= box(".bar").top;
}"""


class StartPage(Seen):
    id = "front.start"

    @classmethod
    def found(cls, page: Page, language: str = "sv", clinic: str = "", fragment: str = "") -> StartPage:
        return cls.opened(page, f"/{language}/{f'm/{clinic}/' if clinic else ''}{fragment}")

    def i_am_an_adult(self) -> Questions:
        self.page.locator("a.door.main").click()
        return Questions(self.page)

    def i_am_13_to_17(self) -> Plan:
        self.press_link("/guide/13-17")
        return Plan(self.page)

    def the_visit_starts_now(self) -> Day:
        self.press_link("/day")
        return Day(self.page)

    def something_does_not_work(self) -> Seen:
        self.press_link("/help")
        return Seen(self.page, "guide.problems")

    def rather_in_person(self) -> Problem:
        self.press_link("/help/in-person")
        return Problem(self.page, "in-person")

    def types_the_code(self, code: str) -> None:
        self.page.locator("#c").fill(code)
        self.page.locator("form#code button").click()

    @property
    def offers_to_go_on(self) -> bool:
        return self.page.locator("[data-resume]").is_visible()

    def goes_on(self, slug: str) -> Step:
        self.page.locator("[data-resume-link]").click()
        return Step(self.page, slug)


class Questions(Seen):
    id = "guide.questions"

    def chooses(self, **answers: str) -> Questions:
        for name, value in answers.items():
            self.page.locator(f'input[name="{name}"][value="{value}"]').check()
        return self

    def shows_the_way(self) -> None:
        self.page.locator("form.questions button").click()

    def leads_to_the_plan(self) -> Plan:
        self.shows_the_way()
        return Plan(self.page)

    def asks_again_about(self) -> list[str]:
        """The questions that are marked after an answer was missing."""
        self.shows_the_way()
        expect(self.page.locator("main [role=alert]")).to_be_visible()
        Questions(self.page)
        return self.page.locator("fieldset:has(.wrong)").evaluate_all(
            "all => all.map(e => e.dataset.question)"
        )


class Plan(Seen):
    """The plan of a route: its tasks, joining, and the day."""

    id = "guide.plan"

    @property
    def tasks(self) -> list[str]:
        return self.page.locator("[data-task]").evaluate_all("all => all.map(e => e.dataset.task)")

    def opens(self, slug: str) -> Step:
        self.press_link(f"/{slug}")
        return Step(self.page, slug)

    def whole_route(self) -> WholeRoute:
        self.press_link("/all")
        return WholeRoute(self.page)


class Step(Seen):
    """One step. Its slug is what it is known by."""

    def __init__(self, page: Page, slug: str) -> None:
        self.slug = slug.removeprefix("guide.")
        super().__init__(page, f"guide.{self.slug}")
        expect(page.locator("main h1")).to_be_visible()

    @property
    def number_and_all(self) -> tuple[int, int]:
        """As the line above the title says: 1 of 5."""
        number, everything = re.findall(r"\d+", self.page.locator(".crumb > span").inner_text())[:2]
        return int(number), int(everything)

    def done(self, next_slug: str) -> Step:
        self.page.locator(".bar .btn.fill").click()
        return Step(self.page, next_slug)

    def done_with_all(self) -> Day:
        self.page.locator('main .tools a[href*="/day"]').click()
        return Day(self.page)

    def it_did_not_work(self) -> list[str]:
        """Presses "Det gick inte" and reads which problems are named; they must then be in sight, above the
        bar."""
        bar = self.page.locator('.bar a[href="#went-wrong"]')
        if bar.count():
            bar.click()
            expect(self.page.locator("#trouble")).to_have_attribute("open", "")
            expect(self.page.locator("#trouble .link-rows a").first).to_be_in_viewport()
            # The page glides there; in the end the bar hides no part of it.
            self.page.wait_for_function(ABOVE_THE_BAR)
        else:  # the page that says all is ready has no bar
            self.page.locator("#trouble summary").click()
        addresses = self.page.locator("#went-wrong a").evaluate_all("all => all.map(a => a.pathname)")
        return [address.rpartition("/")[2] for address in addresses[:-1]]  # the last one leads to all others

    def picks_problem(self, slug: str) -> Problem:
        """The problem as this page's reader has it: with the reader's route in the address, but for
        under-13."""
        if not self.link(f"/{slug}").is_visible():
            self.page.locator("#trouble summary").click()
        self.press_link(f"/{slug}")
        return Problem(self.page, slug)

    def back_to_the_plan_by_its_link(self) -> Plan:
        self.page.locator(".crumb a").click()
        return Plan(self.page)

    def back_to_the_plan(self) -> Plan:
        self.page.locator(".bar .btn.fill").click()
        return Plan(self.page)

    def side_page(self, slug: str) -> Step:
        self.page.locator("#trouble summary").click()
        self.press_link(f"/{slug}")
        return Step(self.page, slug)

    def whole_route(self) -> WholeRoute:
        self.page.locator('main .tools a[href$="/all"]').click()
        return WholeRoute(self.page)

    def remembers_where_i_am(self) -> None:
        self.page.locator("[data-remember]").click()
        expect(self.page.locator('[data-said="remembered"]')).to_be_visible()

    def forgets_where_i_am(self) -> None:
        self.page.locator("[data-forget]").click()
        expect(self.page.locator('[data-said="forgotten"]')).to_be_visible()

    def sends_the_step(self) -> None:
        self.page.locator("[data-share]").click()


class Problem(Seen):
    """What to do when something went wrong, and the way back."""

    def __init__(self, page: Page, slug: str) -> None:
        super().__init__(page, slug if slug.startswith("guide.") else f"guide.problem-{slug}")

    def goes_back_to(self, route: str, slug: str) -> Step:
        self.press_link(f"/guide/{route}/{slug}")
        return Step(self.page, slug)


class WholeRoute(Seen):
    id = "guide.all"


class Day(Seen):
    id = "guide.day"

    @property
    def says_we_are_in_the_waiting_room(self) -> bool:
        return self.page.locator('[data-facts~="leaflet.waiting-room"]').is_visible()
