"""Makes the pictures and sounds that a browser is fed instead of camera and microphone. Nothing binary lives
in the repository.

`python e2e/media.py FOLDER` makes all of them; tests make what they need in a temporary folder.
"""

import math
import random
import sys
import wave
from array import array
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy
from PIL import Image, ImageChops, ImageDraw

RATE = 48_000
Colour = tuple[int, int, int]
LIGHT_SKIN: Colour = (227, 180, 150)
DARK_SKIN: Colour = (74, 46, 32)


def room(
    wall: Colour,
    skin: Colour,
    shirt: Colour = (90, 120, 140),
    window: Colour | None = None,
    size: tuple[int, int] = (640, 480),
    eyes: Colour = (170, 166, 160),
) -> Image.Image:
    """A head and shoulders in the middle of a room; with a window behind it fills most of the wall.

    Eyes and teeth are nearly white in every face: how bright they are tells how much light falls on it.
    """
    picture = Image.new("RGB", (640, 480), wall)
    pen = ImageDraw.Draw(picture)
    if window:
        pen.rectangle((20, 20, 620, 300), fill=window)
    pen.ellipse((210, 330, 430, 640), fill=shirt)
    pen.ellipse((235, 100, 405, 370), fill=skin)
    hair = tuple(part // 3 for part in skin)
    pen.chord((235, 90, 405, 260), 180, 360, fill=hair)
    for x, y in ((282, 222), (358, 222), (320, 318)):
        pen.ellipse((x - 24, y - 10, x + 24, y + 10), fill=eyes)
    return picture.resize(size)


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "good": lambda: room((165, 160, 150), LIGHT_SKIN),
    "dark-skin": lambda: room((175, 170, 160), DARK_SKIN, shirt=(60, 60, 70)),
    "dark-skin-bright-wall": lambda: room((226, 224, 220), DARK_SKIN, shirt=(40, 40, 44)),
    "dark": lambda: room((36, 34, 32), (84, 64, 52), shirt=(26, 26, 28), eyes=(86, 84, 80)),
    "covered": lambda: Image.new("RGB", (640, 480), (3, 2, 2)),
    "black": lambda: Image.new("RGB", (640, 480)),
    "backlit": lambda: room(
        (120, 120, 118), (46, 34, 28), shirt=(26, 26, 28), window=(255, 255, 255), eyes=(70, 68, 66)
    ),
    "glare": lambda: room((255, 255, 255), (250, 226, 205), shirt=(255, 255, 255), eyes=(255, 255, 255)),
    "small": lambda: room((165, 160, 150), LIGHT_SKIN, size=(320, 240)),
}


def picture(folder: Path, name: str, frames: int = 8, noise: int = 8) -> Path:
    """An .mjpeg of that picture with a sensor's noise; noise 0 gives a picture that stands still."""
    path = folder / f"{name}{'' if noise else '-still'}.mjpeg"
    if not path.exists():
        base, out = PICTURES[name](), BytesIO()
        for _ in range(frames):
            frame = base
            if noise:
                grain = Image.effect_noise(base.size, noise).point(lambda value: max(0, value - 128))
                frame = ImageChops.add(base, Image.merge("RGB", (grain,) * 3))
            frame.save(out, "JPEG", quality=88)
        path.write_bytes(out.getvalue())
    return path


def slow_picture(folder: Path, frames_a_second: int = 4) -> Path:
    """The good picture as .y4m with so few frames a second."""
    path = folder / f"slow-{frames_a_second}.y4m"
    if not path.exists():
        chance = random.Random(1)
        base = PICTURES["good"]().convert("YCbCr")
        luma, blue, red = base.split()
        small = (base.width // 2, base.height // 2)
        chroma = blue.resize(small).tobytes() + red.resize(small).tobytes()
        body = b""
        for _ in range(6):
            shift = chance.randrange(1, 6)
            body += (
                b"FRAME\n"
                + luma.point(lambda value, by=shift: max(16, min(235, value + by))).tobytes()
                + chroma
            )
        path.write_bytes(f"YUV4MPEG2 W640 H480 F{frames_a_second}:1 Ip A1:1 C420mpeg2\n".encode() + body)
    return path


def amplitude(decibel: float) -> float:
    """Full scale is 1."""
    return math.pow(10, decibel / 20)


VOWELS = ((700, 1200), (300, 2300), (400, 800), (500, 1800))  # Hz, where each is strong


def speech(
    level: float, noise: float = -85, seconds: float = 6, clip: bool = False, pause: float = 0.25
) -> array:
    """Syllables of a voice at that RMS level (dBFS) over noise at that level; `pause` is the share of each
    half second without voice. Each syllable has a vowel of its own: a voice changes its colour."""
    chance = numpy.random.default_rng(7)
    time = numpy.arange(int(seconds * RATE)) / RATE
    syllable, place = (time / 0.5).astype(int), time % 0.5 / 0.5
    swing = numpy.sin(numpy.pi * numpy.clip((place - pause) / (1 - pause), 0, 1)) ** 0.5
    pitch = 2 * numpy.pi * numpy.cumsum(120 + 30 * numpy.sin(2 * numpy.pi * 0.4 * time)) / RATE
    strong = numpy.array(VOWELS)[syllable % len(VOWELS)]
    voice = numpy.zeros(len(time))
    for n in range(1, 34):
        near = sum(numpy.exp(-(((120 * n - strong[:, i]) / 250) ** 2)) for i in (0, 1))
        voice += (0.15 + near) / n**0.5 * numpy.sin(n * pitch)
    voice *= swing * amplitude(level) / numpy.sqrt((voice[swing > 0] ** 2).mean())
    sound = voice + amplitude(noise) * math.sqrt(3) * chance.uniform(-1, 1, len(time))
    return array("h", (32767 * numpy.clip(sound * (12 if clip else 1), -1, 1)).astype("int16").tobytes())


SOUNDS: dict[str, Callable[[], array]] = {
    "good": lambda: speech(-22),
    "over-low-noise": lambda: speech(-22, noise=-55),
    "early": lambda: speech(-22, noise=-70, pause=0.3),
    "low": lambda: speech(-52),
    "noisy": lambda: speech(-20, noise=-30),
    "clipped": lambda: speech(-6, clip=True),
    "silence": lambda: array("h", [0]) * (2 * RATE),
    "hiss": lambda: speech(-100, noise=-65),
}


def sound(folder: Path, name: str) -> Path:
    """A .wav of that sound, which the browser plays in a loop."""
    path = folder / f"{name}.wav"
    if not path.exists():
        with wave.open(str(path), "wb") as out:
            out.setparams((1, 2, RATE, 0, "NONE", ""))
            out.writeframes(SOUNDS[name]().tobytes())
    return path


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    made = (
        [picture(target, name) for name in PICTURES]
        + [picture(target, name, noise=0) for name in ("good", "black")]
        + [slow_picture(target)]
        + [sound(target, name) for name in SOUNDS]
    )
    for file in made:
        print(f"{file.stat().st_size / 1024:8.0f} KiB  {file}")
