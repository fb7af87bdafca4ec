"""Feeds the laboratory's sounds and pictures to our judges and to the rules of others, and prints who was
right.

`python benchmarks/device-lab/lab.py SEED…` runs both over the cases of each seed; `--sounds` or
`--pictures` only one of them; `--feed 12` plays that many sounds to a real Chromium in place of a
microphone, `--call 12` sends that many through a call and says what of the words arrives. Rules are tuned on
seeds 0 to 9 and reported on seeds from 1000 up.
"""

import argparse
import base64
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pictures
import sounds
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))
from serving import Server, chromium  # noqa: E402

PEERS = ("twilio", "testrtc", "livekit")
# As where a phone does not lift the level: what a browser does to the sound is switched off.
RAW = """
const media = navigator.mediaDevices, get = media.getUserMedia.bind(media);
media.getUserMedia = (wishes) => get({...wishes, audio: wishes.audio &&
  {echoCancellation: false, noiseSuppression: false, autoGainControl: false}});
"""


class Bench:
    """A page in which the modules and the rules of others run over what they are given."""

    def __init__(self, page: Page, url: str):
        self.page, self.store = page, {}
        page.route(
            "**/lab/*",
            lambda route: route.fulfill(body=self.store[route.request.url.split("/lab/")[1]]),
        )
        page.goto(f"{url}/sv/check")
        script = page.locator("script[src*='/js/pages/']").get_attribute("src") or ""
        folder = script.replace("pages/check.js", "device-check")
        for name in ("peers.js", "bench.js"):
            page.evaluate((HERE / name).read_text() + "; true")
        page.evaluate("async (folder) => { window.bench = await bench(folder); }", folder)

    def hear(self, case: sounds.Case, twice: bool) -> dict:
        """What our judge makes of the sound, with or without a second capture."""
        self.store = {"sound": case.as_wave(), "sound?heard": case.as_wave(heard=True)}
        return self.page.evaluate("(twice) => bench.hear('/lab/sound', twice)", twice)

    def others(self) -> dict:
        """What the others make of the sound that was heard last."""
        return self.page.evaluate("() => bench.others('/lab/sound')")

    def see(self, case: pictures.Case) -> dict:
        """What our judges and the others make of the picture."""
        self.store = {f"picture{i}": frame for i, frame in enumerate(case.frames())}
        return self.page.evaluate("(all) => bench.see(all.map((one) => `/lab/${one}`))", list(self.store))


@contextmanager
def running() -> Iterator[tuple[Server, Callable]]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        server, started = Server(Path(folder)), []

        def start(*flags: str):
            started.append(chromium(engine, *flags, windows=bool(flags)))
            return started[-1]

        try:
            yield server, start
        finally:
            for browser in started:
                browser.close()
            server.stop()


class Tally:
    """Who was right: all of it, and what was taken for what."""

    def __init__(self, title: str):
        self.title, self.rows, self.misses = title, [], []

    def add(self, case: sounds.Case | pictures.Case, verdict: str, others: dict, more: str) -> None:
        self.rows.append((case, verdict, others))
        if verdict not in case.right:
            self.misses.append(f"{case.name}, {case.kind}: {verdict}, not {' or '.join(case.right)} ({more})")

    def share(self, who: str) -> tuple[int, int]:
        """How often our verdict, or theirs, is one of the right ones; then how often it at least tells a
        fault from none."""
        named = told = 0
        for case, verdict, others in self.rows:
            found = verdict if who == "ours" else others[who]
            named += found in case.right
            told += any((found == "ok") == (right == "ok") for right in case.right)
        return named, told

    def print(self) -> None:
        total = len(self.rows)
        print(f"\n### {self.title}\n\n| rules | right | a fault told from none |\n|---|---|---|")
        for who in ("ours", *PEERS):
            named, told = self.share(who)
            print(f"| {who} | {named} of {total} ({100 * named / total:.1f} %) | {told} |")
        counted = Counter((" or ".join(case.right), verdict) for case, verdict, _ in self.rows)
        names = sorted({verdict for _, verdict in counted})
        print(f"\n| right is | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
        for right in sorted({right for right, _ in counted}):
            cells = " | ".join(str(counted[right, name] or "") for name in names)
            print(f"| {right} | {cells} |")
        print()
        for miss in self.misses:
            print(f"- {miss}")


def sound_sheets(bench: Bench, seeds: list[int]) -> None:
    twice, once = Tally("Sounds, with a raw second capture"), Tally("Sounds, without (as on an iPhone)")
    clean = slowest = 0
    for seed in seeds:
        for case in sounds.cases(seed):
            if case.name.startswith("fixed") and seed != seeds[0]:
                continue
            for tally, second in ((once, False), (twice, True)):
                found = bench.hear(case, second)
                facts = f"ESTOI {case.estoi:.2f}, " if case.estoi is not None else ""
                facts += f"noise {found.get('noise', 0):.0f} dB, clear {found.get('clear', 0):.2f}"
                tally.add(
                    case, found["verdict"], bench.others() if second else dict.fromkeys(PEERS, ""), facts
                )
                slowest = max(slowest, found["seconds"])
            clean += "clipping" not in case.right and found["verdict"] == "clipping"
    twice.print()
    print(f"\nfalse 'clipping': {clean}; the slowest verdict after {slowest:.1f} s")
    once.print()


def picture_sheet(bench: Bench, seeds: list[int]) -> None:
    tally, scenes, dark = Tally("Pictures"), {}, 0
    for seed in seeds:
        for case in pictures.cases(seed):
            if case.name.startswith("fixed") and seed != seeds[0]:
                continue
            found = bench.see(case)
            facts = ", ".join(f"{name} {value}" for name, value in case.facts.items())
            tally.add(case, found["verdict"], found["others"], facts)
            if case.scene:
                scenes.setdefault(case.scene, set()).add(found["verdict"])
                dark += found["verdict"] in ("dark", "backlit") and case.right == ("ok",)
    tally.print()
    alike = sum(len(verdicts) == 1 for verdicts in scenes.values())
    print(
        f"\nscenes with one verdict on all six tints: {alike} of {len(scenes)}; 'dark' by skin alone: {dark}"
    )


def feed(server: Server, start: Callable, seed: int, count: int) -> None:
    """Plays sounds to a browser in place of a microphone: the page itself, its real processing, its real
    time."""
    made = list(sounds.cases(seed))
    chosen = made[:: max(1, len(made) // count)][:count]
    right = 0
    print(f"\n### Fed to Chromium as a microphone, seed {seed}\n\n| sound | right is | fed |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "microphone.wav"
        file.write_bytes(chosen[0].as_wave())
        flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}"]
        browser = start(*flags)
        for case in chosen:
            file.write_bytes(case.as_wave())  # each capture opens it anew
            context = browser.new_context(permissions=["camera", "microphone"])
            page = context.new_page()
            if not case.gain:
                page.add_init_script(RAW)
            page.goto(f"{server.url}/sv/check/camera")
            for check in ("camera", "speaker"):
                page.locator(f'[data-check="{check}"] [data-action="skip"]').click()
            page.locator('[data-action="start"]').click()
            page.locator("[data-overall]").locator("visible=true").first.wait_for(timeout=60_000)
            verdict = page.locator('[data-check="microphone"]').get_attribute("data-verdict")
            context.close()
            right += verdict in case.right
            print(f"| {case.name}, {case.kind} | {' or '.join(case.right)} | {verdict} |", flush=True)
    print(f"\n{right} of {len(chosen)} right")


def call(server: Server, start: Callable, seed: int, count: int) -> None:
    """What of the words comes through a real call: microphone with the browser's processing, codec, two ends.
    Says whether what is right by the source is right at the far end too."""
    made = [case for case in sounds.cases(seed) if case.clean is not None]
    chosen = made[:: max(1, len(made) // count)][:count]
    alike = 0
    print(
        f"\n### Through a call, seed {seed}\n\n| sound | ESTOI source | far end | right is | by the far end |"
    )
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "microphone.wav"
        file.write_bytes(chosen[0].as_wave())
        browser = start(
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={file}",
            "--autoplay-policy=no-user-gesture-required",
        )
        for case in chosen:
            file.write_bytes(case.as_wave())  # each capture opens it anew
            context = browser.new_context(permissions=["microphone"])
            page = context.new_page()
            # A page of ours that may use the microphone; its policy has no say over what the program puts in.
            page.goto(f"{server.url}/sv/check/camera")
            page.evaluate((HERE / "far_end.js").read_text() + "; true")
            samples = base64.b64decode(
                page.evaluate("(seconds) => farEnd(seconds)", sounds.LENGTH // sounds.RATE)
            )
            context.close()
            arrived = np.frombuffer(samples, "<i2") / 32768
            far = sounds.at_the_far_end(case.clean, arrived)
            by_far = sounds.right_by(far)
            alike += bool(set(by_far) & set(case.right))
            right = " or ".join(case.right)
            print(
                f"| {case.name}, {case.kind} | {case.estoi:.2f} | {far:.2f} | {right} "
                f"| {' or '.join(by_far)} |",
                flush=True,
            )
    print(f"\n{alike} of {len(chosen)} are to be judged alike by source and by far end")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("seeds", nargs="+", type=int)
    parser.add_argument("--sounds", action="store_true")
    parser.add_argument("--pictures", action="store_true")
    parser.add_argument("--feed", type=int, default=0, metavar="COUNT")
    parser.add_argument("--call", type=int, default=0, metavar="COUNT")
    wanted = parser.parse_args()
    both = not (wanted.sounds or wanted.pictures or wanted.feed or wanted.call)
    with running() as (server, start):
        if wanted.sounds or wanted.pictures or both:
            bench = Bench(start().new_page(), server.url)
            if wanted.pictures or both:
                picture_sheet(bench, wanted.seeds)
            if wanted.sounds or both:
                sound_sheets(bench, wanted.seeds)
        if wanted.feed:
            feed(server, start, wanted.seeds[0], wanted.feed)
        if wanted.call:
            call(server, start, wanted.seeds[0], wanted.call)


if __name__ == "__main__":
    main()
