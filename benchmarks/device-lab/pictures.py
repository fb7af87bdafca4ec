"""Makes the pictures of the laboratory: people in rooms, lit as physics has it, with the verdicts that are
right.

A scene is reflection times light, seen by a camera that exposes for the whole picture until its gain ends.
What is right follows from the light on the face alone: from how bright a grey card (18 %) held there would
come out. Skin is only a reflection among others, so it cannot decide. One person is a photograph
(astronaut.png of scikit-image: NASA, public domain), the others are drawn; walls and shelves are
photographs of the same package (CC0) or drawn.
"""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import files
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 640, 480
# Height x width x 3, light as it is added (linear), 1 is what the camera can show at most.
Picture = np.ndarray

# --- The ranges. They were committed before any rule was tuned on what comes out of them. ---
TINTS = (
    (0.52, 0.38, 0.30),
    (0.44, 0.29, 0.21),
    (0.34, 0.21, 0.14),
    (0.24, 0.14, 0.09),
    (0.15, 0.09, 0.06),
    (0.09, 0.055, 0.04),
)
CARD = 0.18
# The card's value of 255: two stops under the right one, and one; between, both are right.
DARK_BELOW, FINE_ABOVE = (
    62,
    85,
)
BEHIND = 4.0  # the background's light over the face's: from here on it is backlight rather than darkness
AIM = 0.16  # what the camera exposes the middle-weighted mean to
MOST_GAIN = 8.0  # light 1 needs about a gain of 1: in the evening a camera comes to its end
MOST_CARD = 0.30  # no camera exposes a face more than this because what is around it is dark
PLACE = (-0.04, 0.04)  # of the width and height: nobody sits exactly in the oval
SIZE = (0.85, 1.15)
WHITE_WALL = (1.1, 1.7)  # times what the camera can show, while the face is exposed as it should
WINDOW = (12.0, 40.0)  # light of a window over that of the room
ROOM = (0.25, 4.0)  # light where it is enough
EVENING = (0.012, 0.06)  # light where it is not
SCREEN = (0.3, 1.5)  # light of a screen on the face, in a dark room
GLARE = (9.0, 16.0)  # over the right exposure
VEIL = (0.5, 0.8)  # light that a lamp throws over the whole lens
GREASE = (11.0, 24.0)  # px of blur
TAPE = (35.0, 70.0)
SLIDER = (0.4, 0.75)  # of the picture


@dataclass
class Case:
    """One picture as the camera would give it, with the verdicts that are right: of the camera if it is
    covered or unclear, else of the light."""

    name: str
    kind: str
    linear: Picture
    right: tuple[str, ...]
    grain: float = 2.0
    scene: str = ""  # those of one scene differ in the tint alone
    facts: dict[str, object] = field(default_factory=dict)

    def frames(self, count: int = 3) -> list[bytes]:
        """JPEGs with a sensor's noise: alike, never the same."""
        chance = np.random.default_rng(len(self.name))
        made = []
        for _ in range(count):
            seen = encode(self.linear) + chance.standard_normal((HEIGHT, WIDTH, 1)) * self.grain
            out = io.BytesIO()
            Image.fromarray(np.clip(seen, 0, 255).astype("uint8")).save(out, "JPEG", quality=90)
            made.append(out.getvalue())
        return made


def encode(linear: Picture | float) -> Picture:
    """sRGB, 0 to 255."""
    light = np.clip(linear, 0, 1)
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def decode(seen: Picture) -> Picture:
    part = seen / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


@cache
def photograph(name: str) -> Picture:
    path = next(Path(str(file.locate())) for file in files("scikit-image") or [] if file.name == name)
    return decode(np.asarray(Image.open(path).convert("RGB"), float))


def blurred(mask: Image.Image, by: float) -> Picture:
    return np.asarray(mask.filter(ImageFilter.GaussianBlur(by)), float)[..., None] / 255


def soft(picture: Picture, by: float) -> Picture:
    """The picture out of focus, in light as it is added."""
    from scipy.ndimage import gaussian_filter

    return gaussian_filter(picture, (by, by, 0), mode="nearest")


def ellipse(x: float, y: float, rx: float, ry: float, blur: float = 2.5) -> Picture:
    mask = Image.new("L", (WIDTH, HEIGHT))
    ImageDraw.Draw(mask).ellipse((x - rx, y - ry, x + rx, y + ry), fill=255)
    return blurred(mask, blur)


@dataclass
class Person:
    """How much each point reflects, and where a person is."""

    reflects: Picture
    there: Picture


def over(below: Picture, mask: Picture, colour: object) -> Picture:
    return below * (1 - mask) + np.asarray(colour) * mask


def drawn(
    tint: tuple[float, ...], x: float, y: float, size: float, shirt: tuple[float, ...], hair: float
) -> Person:
    """A head and shoulders with eyes, teeth and what shines on skin."""
    rx, ry = 82 * size, 118 * size
    skin = np.array(tint)
    picture, there = np.zeros((HEIGHT, WIDTH, 3)), np.zeros((HEIGHT, WIDTH, 1))
    body = ellipse(x, y + 300 * size, 190 * size, 190 * size)
    neck = ellipse(x, y + 115 * size, 42 * size, 60 * size)
    mop = ellipse(x, y - 25 * size, 95 * size, 115 * size)
    face = ellipse(x, y, rx, ry)
    for mask, colour in ((mop, (hair, hair * 0.8, hair * 0.6)), (neck, skin * 0.75), (body, shirt)):
        picture, there = over(picture, mask, colour), np.maximum(there, mask)
    round_head = 1 - 0.25 * ((np.arange(WIDTH) - x) / rx)[None, :, None] ** 2
    picture = over(picture, face, skin * np.clip(round_head, 0.4, 1))
    picture = over(picture, ellipse(x, y - 95 * size, 84 * size, 48 * size), (hair, hair * 0.8, hair * 0.6))
    for side in (-1, 1):
        picture = over(
            picture, ellipse(x + side * 33 * size, y - 15 * size, 15 * size, 7 * size, 1), (0.5, 0.5, 0.5)
        )
        picture = over(
            picture, ellipse(x + side * 33 * size, y - 15 * size, 6 * size, 6 * size, 1), (0.02, 0.02, 0.02)
        )
        picture = over(
            picture, ellipse(x + side * 33 * size, y - 34 * size, 20 * size, 4 * size, 1), (hair, hair, hair)
        )
        picture = picture + 0.04 * ellipse(x + side * 40 * size, y + 20 * size, 20 * size, 16 * size, 9)
    picture = over(picture, ellipse(x, y + 62 * size, 28 * size, 9 * size, 1), (0.45, 0.43, 0.40))
    picture = picture + 0.07 * ellipse(x, y - 48 * size, 30 * size, 14 * size, 8)
    picture = picture + 0.06 * ellipse(x, y + 18 * size, 7 * size, 18 * size, 5)
    return Person(picture, np.maximum(there, face))


def photographed(tint: tuple[float, ...], x: float, y: float, size: float) -> Person:
    """The astronaut, in another tint: every reflection of the skin times the same, eyes and teeth as they
    are."""
    wide = 320 / size
    left, top = 223 - wide / 2 - (x - WIDTH / 2) / 2, 118 - wide * 0.375 - (y - HEIGHT / 2) / 2
    image = Image.fromarray(encode(photograph("astronaut.png")).astype("uint8"))
    box = tuple(int(part) for part in (left, top, left + wide, top + wide * 0.75))
    picture = decode(np.asarray(image.crop(box).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), float))

    def at(column: float, row: float, rx: float, ry: float, blur: float = 3) -> Picture:
        scale = WIDTH / wide
        return ellipse((column - box[0]) * scale, (row - box[1]) * scale, rx * scale, ry * scale, blur)

    there = np.maximum(np.maximum(at(228, 73, 74, 60), at(222, 130, 50, 62)), at(195, 262, 150, 112))
    red, green, blue = (picture[..., i : i + 1] for i in range(3))
    skin = at(222, 128, 51, 62) * np.clip((red / (green + 1e-3) - 1.15) * 6, 0, 1) * (blue > 0.02)
    change = np.array(tint) / np.array((0.52, 0.30, 0.21))
    return Person(picture * (1 - skin) + picture * skin * change * 0.9, there)


class Maker:
    """Draws one case's parts from a chance of its own."""

    def __init__(self, key: str):
        self.chance = np.random.default_rng(int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big"))

    def between(self, bounds: tuple[float, float]) -> float:
        return float(self.chance.uniform(*bounds))

    def times(self, bounds: tuple[float, float]) -> float:
        """As likely to be twice as half."""
        return float(np.exp(self.chance.uniform(*np.log(bounds))))

    def person(self, tint: int | None = None) -> Callable[[int | None], Person]:
        """A person whose tint can be chosen, all else the same."""
        first = int(self.chance.integers(len(TINTS))) if tint is None else tint
        x, y = WIDTH * (0.5 + self.between(PLACE)), HEIGHT * (0.48 + self.between(PLACE))
        size, real = self.between(SIZE), self.chance.random() < 0.45
        shirt = tuple(self.times((0.03, 0.6)) * part for part in self.chance.uniform(0.6, 1, 3))
        hair = self.times((0.01, 0.2))

        def made(other: int | None = None) -> Person:
            chosen = TINTS[first if other is None else other]
            return photographed(chosen, x, y, size) if real else drawn(chosen, x, y, size, shirt, hair)

        return made

    def pair(self) -> Callable[[int | None], Person]:
        """A child and a grown-up, cheek to cheek."""
        first, shirt, hair = int(self.chance.integers(len(TINTS))), (0.2, 0.15, 0.1), self.times((0.01, 0.2))

        def made(other: int | None = None) -> Person:
            chosen = TINTS[first if other is None else other]
            big = drawn(chosen, WIDTH * 0.40, HEIGHT * 0.44, 0.9, shirt, hair)
            small = drawn(chosen, WIDTH * 0.60, HEIGHT * 0.56, 0.75, (0.1, 0.2, 0.3), hair)
            return Person(over(big.reflects, small.there, small.reflects), np.maximum(big.there, small.there))

        return made

    def wall(self, bounds: tuple[float, float]) -> Picture:
        """A wall, plain or with the unevenness of a photographed one."""
        tone = self.times(bounds) * self.chance.uniform(0.85, 1, 3)
        plain = np.ones((HEIGHT, WIDTH, 3)) * tone * np.linspace(1.15, 0.85, WIDTH)[None, :, None]
        kind = int(self.chance.integers(4))
        if kind == 0:
            return plain
        photo = photograph(("brick.png", "grass.png", "gravel.png")[kind - 1])
        rough = np.asarray(Image.fromarray(encode(photo).astype("uint8")).resize((WIDTH, HEIGHT)), float)
        rough = soft(decode(rough), self.between((1, 6)))
        return plain * (0.6 + 0.4 * rough / rough.mean())

    def shelf(self) -> Picture:
        """Dark wood and book spines."""
        picture = np.ones((HEIGHT, WIDTH, 3)) * self.times((0.008, 0.03))
        for left in range(0, WIDTH, 22):
            for top in (20, 180, 340):
                tone = self.times((0.01, 0.06)) * self.chance.uniform(0.5, 1, 3)
                picture[
                    top + int(self.between((0, 40))) : top + 140, left : left + int(self.between((12, 21)))
                ] = tone
        return soft(picture, 2)

    def coffee(self) -> Picture:
        photo = Image.fromarray(encode(photograph("coffee.png")).astype("uint8")).resize((WIDTH, HEIGHT))
        return soft(decode(np.asarray(photo, float)), self.between((3, 9)))


Build = Callable[[int | None], Case]


def exposed(
    scene: Picture,
    face: float,
    behind: float,
    kind: str,
    over_by: float = 1.0,
    veil: Picture | None = None,
    gain: float | None = None,
) -> Case:
    """The scene as a camera shows it, and what is right by the light on the face."""
    weight = np.full((HEIGHT, WIDTH, 1), 0.6)
    weight[HEIGHT // 5 : -HEIGHT // 5, WIDTH // 4 : -WIDTH // 4] = 1.4
    mean = float((np.minimum(scene, 60) * weight).mean() / weight.mean())
    gain = gain or min(AIM / mean, MOST_GAIN, MOST_CARD / (CARD * face)) * over_by
    card = float(encode(CARD * face * gain))
    if over_by > 1 or veil is not None:
        right: tuple[str, ...] = ("glare",)
    else:
        poor = "backlit" if behind >= BEHIND * face else "dark"
        unsure = kind == "lamp behind" or BEHIND / 2 * face <= behind < 2 * BEHIND * face
        either = ("backlit", "dark") if unsure else (poor,)
        right = either if card < DARK_BELOW else ("ok",) if card > FINE_ABOVE else ("ok", *either)
    grain = 1.5 + 1.2 * np.sqrt(gain / over_by)
    facts = {"card": round(card), "behind": round(behind / face, 1)}
    return Case("", kind, scene * gain + (0 if veil is None else veil), right, float(grain), facts=facts)


def lit(kind: str, make: Maker, two: bool = False) -> Build:
    """Somebody in a room. The light on the face and behind it is drawn for what the scene is called."""
    person = make.pair() if two else make.person()
    face = make.times(ROOM)
    behind, wall = face * make.times((0.5, 1.6)), make.wall((0.1, 0.7))
    extra, gain = np.zeros((HEIGHT, WIDTH, 3)), None
    if kind == "dark":
        face = make.times(EVENING)
        behind = face * make.times((0.4, 1.5))
    elif kind == "screen":  # only a screen lights the face
        face = make.times(SCREEN)
        behind = face * make.times((0.004, 0.05))
    elif kind == "shelf":
        wall = make.shelf()
    elif kind == "cafe":
        wall = make.coffee()
    elif kind == "white wall":  # so bright that it is clipped, the face is not
        wall, behind = np.full((HEIGHT, WIDTH, 3), 0.85), face * make.times((1.0, 1.8))
        gain = make.times(WHITE_WALL) / (0.85 * behind)
    elif kind in ("window", "blind"):
        behind = face * make.times((0.5, 1.5))
        mask = Image.new("L", (WIDTH, HEIGHT))
        pen, edge = ImageDraw.Draw(mask), int(make.between((0, 160)))
        pen.rectangle((edge, 0, WIDTH - int(make.between((0, 160))), int(make.between((250, 420)))), fill=255)
        if kind == "blind":
            for top in range(0, HEIGHT, 40):
                pen.rectangle((0, top, WIDTH, top + 10), fill=0)
        extra = blurred(mask, 3) * face * make.times(WINDOW) * np.array((0.95, 1, 1.05)) * 0.9
    elif kind == "lamp behind":
        x, y, size = make.between((40, 600)), make.between((20, 160)), make.between((25, 60))
        extra = (ellipse(x, y, size, size, 6) * 40 + ellipse(x, y, 3 * size, 3 * size, 40) * 1.5) * face

    def made(other: int | None = None) -> Case:
        someone = person(other)
        back = wall * behind + extra
        scene = over(back, someone.there, 0) + someone.reflects * someone.there * face
        light = float(np.percentile((back / 0.5)[someone.there[..., 0] < 0.1].mean(axis=-1), 75))
        return exposed(scene, face, max(light, behind), kind, gain=gain)

    return made


def too_bright(make: Maker) -> Build:
    """An exposure that went wrong, or a lamp that shines into the lens."""
    # What is too much for light skin can be right for dark: not asked here.
    tint = int(make.chance.integers(3))
    person, wall = make.person(tint), make.wall((0.4, 0.8))
    veiled, over_by, veil = make.chance.random() < 0.4, make.between(GLARE), make.between(VEIL)
    lamp = ellipse(make.between((60, 580)), make.between((20, 200)), 260, 220, 40)

    def made(other: int | None = None) -> Case:
        someone = person(other)
        scene = over(wall, someone.there, someone.reflects)
        if not veiled:
            return exposed(scene, 1, 1, "overexposed", over_by=over_by)
        return exposed(scene, 1, 1, "lamp into the lens", veil=veil + lamp * 0.8)

    return made


def before_the_lens(kind: str, make: Maker) -> Build:
    """Something on the lens, or nothing but a ceiling before it."""
    behind = lit("room", make)(None).linear
    down = np.linspace(make.between((0.6, 1)), make.between((0.3, 1)), HEIGHT)[:, None, None]
    across = np.linspace(make.between((0.5, 1)), make.between((0.5, 1)), WIDTH)[None, :, None]
    strength, part = make.times((0.25, 1.0)), make.between(SLIDER)
    grease, tape, side = make.between(GREASE), make.between(TAPE), int(make.chance.integers(4))
    veil, spill = make.between((0.1, 0.35)), make.between((12, 45))

    def made(_: int | None = None) -> Case:
        if kind == "finger":
            seen = down * across * strength * np.array((0.35, 0.07, 0.04))
        elif kind == "beige tape":
            seen = down * across * strength * np.array((0.5, 0.4, 0.27))
        elif kind == "frosted tape":
            seen = soft(behind, tape) * 0.7 + veil
        elif kind == "grease":
            seen = soft(behind, grease) * (1 - veil) + veil * behind.mean()
        elif kind == "ceiling":
            seen = down * across * (0.35 + 0.4 * strength) * np.array((1, 0.98, 0.94))
        elif kind == "black":
            seen = np.full((HEIGHT, WIDTH, 3), 0.0006)
        else:  # a slider, half over
            mask = np.zeros((HEIGHT, WIDTH, 1))
            if side % 2:
                mask[:, : int(part * WIDTH)] = 1
            else:
                mask[: int(part * HEIGHT)] = 1
            mask = mask if side < 2 else mask[::-1, ::-1]
            seen = over(behind, soft(mask, spill), 0.0006)
        return Case("", kind, seen, ("covered", "unclear"))

    return made


LIT = ("room", "dark", "screen", "shelf", "cafe", "white wall", "window", "blind", "lamp behind")
COVERS = ("finger", "beige tape", "frosted tape", "grease", "ceiling", "black", "slider")


def cases(seed: int) -> list[Case]:
    """Every picture of one run: the fixed ones, and as many drawn from the seed. Each lit scene of `six`
    comes in all tints: one scene, one light."""
    made: list[Case] = []
    for prefix in ("fixed", f"drawn {seed}"):
        builds: list[tuple[str, Build]] = []
        for kind in (*LIT, "room", "dark", "window"):
            builds.append((kind, lit(kind, Maker(f"{prefix} {kind} {len(builds)}"))))
        builds.append(("pair", lit("room", Maker(f"{prefix} pair"), two=True)))
        builds.append(("pair", lit("dark", Maker(f"{prefix} dark pair"), two=True)))
        builds += [("glare", too_bright(Maker(f"{prefix} glare {i}"))) for i in range(3)]
        builds += [(kind, before_the_lens(kind, Maker(f"{prefix} {kind}"))) for kind in COVERS]
        for i, (_, build) in enumerate(builds):
            made.append(replace(build(None), name=f"{prefix}.{i:02}"))
        for kind in (
            ("room", "shelf", "white wall", "lamp behind") if prefix != "fixed" else ("room", "shelf")
        ):
            scene = lit(kind, Maker(f"{prefix} six {kind}"))
            for tint in range(len(TINTS)):
                made.append(
                    replace(scene(tint), name=f"{prefix}.six {kind} {tint}", scene=f"{prefix} {kind}")
                )
    return made


if __name__ == "__main__":
    import sys

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases(int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        (folder / f"{case.name.replace(' ', '-')}.jpg").write_bytes(case.frames(1)[0])
        print(f"{case.name:28} {case.kind:20} {case.facts} {case.right}")
