"""Makes the sounds of the laboratory: voices, noises, rooms and faults, with the verdicts that are right
for each.

Half of the cases stand here as they are, half are drawn from a seed within the ranges below. What is right
never comes from our own rules: noise is judged by ESTOI (how much of the words survives, 0 to 1, PyPI
`pystoi`) between the clean voice and what the microphone delivers; the other faults by how the sound was
made.
"""

import hashlib
import io
import subprocess
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from pystoi import stoi
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

RATE = 48_000
LENGTH = 12 * RATE  # longer than the check listens at most
Sound = np.ndarray

# --- The ranges. They were committed before any rule was tuned on what comes out of them. ---
NOISY_BELOW, FINE_ABOVE = 0.60, 0.65  # ESTOI; between both "noisy" and "ok" are right
VOICES = ("sv", "en-us", "ar", "fa", "fi", "pl", "es", "ru", "tr", "de", "ku", "am", "nb", "fr-fr")
TIMBRES = ("", "+m1", "+m3", "+m5", "+m7", "+f1", "+f2", "+f4", "+f5")
PITCH = (20, 90)  # espeak's own numbers
SPEED = (105, 195)  # words a minute
FIRST_WORD = (1.8, 3.2)  # s: whoever is asked to be quiet first
LEVEL = (-34.0, -14.0)  # dB, of the voice while it speaks
SELF_NOISE = (-78.0, -58.0)  # dB: no microphone is without
RATIO = (-6.0, 26.0)  # dB, voice over noise
ALONE = (-48.0, -18.0)  # dB, noise with nobody speaking
REVERBERATION = (0.2, 0.7)  # s, RT60
DIRECT = (0.0, 10.0)  # dB, direct sound over reverberation
CHILD = (-56.0, -40.0)  # dB, before the browser's gain
WEAK = (-64.0, -36.0)  # dB, where no browser lifts it
WEAK_BELOW, WEAK_ABOVE = -48.0, -42.0  # dB: "low" below, "ok" above, between both
CLIPPED_SHARE = (0.02, 0.2)  # of the voice's samples
HOLES = (0.08, 0.3)  # share of the time
HOLE = (0.03, 0.18)  # s
NOISES = ("fan", "hum", "white", "pink", "vacuum", "babble", "television")


@dataclass
class Case:
    """One sound. `right` are the verdicts that are right; `gain`: the browser's own processing is on;
    `heard` is what that makes of it in our imitation."""

    name: str
    kind: str
    raw: Sound
    right: tuple[str, ...]
    gain: bool = True
    estoi: float | None = None
    clean: Sound | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def heard(self) -> Sound:
        return as_the_browser_processes(self.raw) if self.gain else self.raw

    def as_wave(self, heard: bool = False) -> bytes:
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            samples = np.clip(self.heard if heard else self.raw, -1, 1)
            file.writeframes((samples * 32767).astype("<i2").tobytes())
        return out.getvalue()


def amplitude(decibel: float) -> float:
    return float(10 ** (decibel / 20))


def level(sound: Sound) -> float:
    """RMS in dB of the blocks in which something sounds: those within 20 dB of the loudest."""
    blocks = sound[: len(sound) // 2048 * 2048].reshape(-1, 2048)
    power = (blocks**2).mean(axis=1)
    return float(10 * np.log10(power[power > power.max() / 100].mean() + 1e-12))


def at_level(sound: Sound, decibel: float) -> Sound:
    return sound * amplitude(decibel - level(sound))


def band(sound: Sound, low: float, high: float) -> Sound:
    return sosfilt(butter(2, (low, high), "bandpass", fs=RATE, output="sos"), sound)


@cache
def speak(voice: str, pitch: int, speed: int, text: str) -> Sound:
    """What espeak-ng says, at our rate. It is a program of the system: `apt install espeak-ng`."""
    command = ["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(speed), "--stdout", text]
    with wave.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as file:
        rate = file.getframerate()
        # A stream: its length is not in its head.
        samples = np.frombuffer(file.readframes(1 << 24), "<i2") / 32768
    return resample_poly(samples, RATE // 75, rate // 75)


class Maker:
    """Draws one case's parts from a chance of its own, so that a case stays the same whatever others are
    drawn."""

    def __init__(self, key: str):
        self.chance = np.random.default_rng(int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big"))

    def between(self, bounds: tuple[float, float]) -> float:
        return float(self.chance.uniform(*bounds))

    def one_of(self, choices: tuple[str, ...]) -> str:
        return choices[int(self.chance.integers(len(choices)))]

    def white(self, length: int = LENGTH) -> Sound:
        return self.chance.standard_normal(length)

    def coloured(self, slope: float) -> Sound:
        """Noise whose power falls with the frequency to that power: 1 is pink, 2 is brown."""
        spectrum = np.fft.rfft(self.white())
        frequency = np.maximum(np.fft.rfftfreq(LENGTH, 1 / RATE), 20)
        return np.fft.irfft(spectrum / frequency ** (slope / 2), LENGTH)

    def words(self) -> str:
        """Numbers, that every voice reads in its own language: any speech will do."""
        return ", ".join(str(number) for number in self.chance.integers(1, 100, 14))

    def voice(self, voice: str = "", pitch: tuple[int, int] = PITCH, start: float | None = None) -> Sound:
        """A voice that begins at `start` seconds and fills the rest, with silence before it."""
        name = voice or self.one_of(VOICES) + self.one_of(TIMBRES)
        said = speak(name, int(self.between(pitch)), int(self.between(SPEED)), self.words())
        begin = int((self.between(FIRST_WORD) if start is None else start) * RATE)
        sound = np.zeros(LENGTH)
        part = np.resize(said, LENGTH - begin)
        sound[begin:] = part
        return sound / np.abs(part).max()

    def noise(self, kind: str) -> Sound:
        """A noise of that kind over the whole length, at no level in particular."""
        time = np.arange(LENGTH) / RATE
        if kind == "white":
            return self.white()
        if kind == "pink":
            return self.coloured(1)
        if kind == "fan":
            blades = 1 + 0.15 * np.sin(2 * np.pi * self.between((8, 30)) * time)
            return self.coloured(self.between((1.2, 1.8))) * blades
        if kind == "hum":
            mains = self.between((49.8, 50.2)) * (2 if self.chance.random() < 0.4 else 1)
            return (
                sum(np.sin(2 * np.pi * mains * n * time) / n for n in (1, 2, 3, 4, 5, 7))
                + 0.02 * self.white()
            )
        if kind == "vacuum":
            motor = self.between((180, 320))
            whine = sum(np.sin(2 * np.pi * motor * n * time + n) / n for n in range(1, 8))
            hiss = self.coloured(1)
            return hiss / np.std(hiss) + 0.35 * whine
        if kind == "babble":
            return sum(
                np.roll(at_level(self.voice(start=0), -20), 7000 * i)
                for i in range(int(self.between((5, 9))))
            )
        # television: somebody who speaks without rest, over music, through a small loudspeaker and the room
        talk = at_level(self.voice(start=0), -20)
        roots = np.repeat(self.chance.integers(0, 12, 6), LENGTH // 6)
        tones = sum(np.sin(2 * np.pi * 110 * 2 ** ((roots + step) / 12) * time) for step in (0, 4, 7, 12))
        music = at_level(tones + 0.05 * self.white(), self.between((-34, -26)))
        return self.room(np.tanh(2 * band(talk + music, 180, 7000)), 0.5, 0)

    def breath(self) -> Sound:
        """Somebody who breathes close to the microphone: in and out, without any tone."""
        time = np.arange(LENGTH) / RATE
        pace = self.between((0.35, 0.7))
        swing = np.clip(np.sin(2 * np.pi * pace * time + self.between((0, 6))), 0, 1) ** 2
        swing += 0.5 * np.clip(-np.sin(2 * np.pi * pace * time + 1), 0, 1) ** 2
        return band(self.white(), 250, self.between((1500, 4000))) * swing

    def room(self, sound: Sound, seconds: float, direct: float) -> Sound:
        """The sound in a room of that reverberation, the direct sound so many dB over the rest."""
        tail = self.white(int(seconds * RATE)) * 10 ** (
            -3 * np.arange(int(seconds * RATE)) / (seconds * RATE)
        )
        tail[: int(0.004 * RATE)] = 0
        tail *= amplitude(-direct) / np.sqrt((tail**2).sum())
        tail[0] = 1
        return fftconvolve(sound, tail)[: len(sound)]

    def with_self_noise(self, sound: Sound) -> Sound:
        return sound + self.white() * amplitude(self.between(SELF_NOISE))


def as_the_browser_processes(raw: Sound) -> Sound:
    """An imitation of what a browser does before the other side hears it: quiets the pauses, lifts the
    level slowly to about -20 dB and rounds off what then goes beyond full scale. Real browsers are fed in
    sheet `fed`."""
    size = 480
    blocks = raw[: len(raw) // size * size].reshape(-1, size)
    power = (blocks**2).mean(axis=1) + 1e-12
    floor = np.array([np.percentile(power[max(0, i - 200) : i + 1], 20) for i in range(len(power))])
    quiet = np.where(power > 4 * floor, 1.0, 0.16)
    quiet = np.convolve(quiet, np.ones(5) / 5, "same")
    speech, gain, gains = 1e-5, 4.0, []
    for now, low in zip(power, floor, strict=True):
        if now > 8 * low:
            speech += 0.03 * (now - speech)
        wanted = float(np.clip(0.1 / np.sqrt(speech), 1.0, 30.0))
        gain *= float(np.clip(wanted / gain, 0.99, 1.006))
        gains.append(gain)
    lifted = blocks * (quiet * np.array(gains))[:, None]
    out = np.concatenate([lifted.ravel(), raw[lifted.size :]])
    return np.where(np.abs(out) < 0.8, out, np.sign(out) * (0.8 + 0.2 * np.tanh((np.abs(out) - 0.8) / 0.2)))


def survives(clean: Sound, delivered: Sound) -> float:
    """ESTOI over the time in which somebody speaks."""
    begin = int(np.argmax(np.abs(clean) > 1e-6))
    return float(stoi(clean[begin:], delivered[begin:], RATE, extended=True))


def right_by(estoi: float) -> tuple[str, ...]:
    """The verdicts that are right where so much of the words survives."""
    return ("noisy",) if estoi < NOISY_BELOW else ("ok",) if estoi > FINE_ABOVE else ("ok", "noisy")


def by_ear(name: str, kind: str, clean: Sound, raw: Sound, **facts: object) -> Case:
    """A case whose verdict comes from how much of the words survives."""
    estoi = survives(clean, raw)
    right = right_by(estoi)
    return Case(name, kind, raw, right, estoi=estoi, clean=clean, facts=facts)


def at_the_far_end(clean: Sound, arrived: Sound) -> float:
    """ESTOI of what came through a call: its delay is found first."""
    delay = int(np.argmax(fftconvolve(arrived, clean[::-1], mode="full"))) - (len(clean) - 1)
    begin = max(0, delay)
    kept = min(len(arrived), len(clean) + delay) - begin
    return survives(clean[begin - delay :][:kept], arrived[begin:][:kept])


def full(sound: Sound) -> Sound:
    """Never beyond full scale by our own doing: what clips does so because a case says so."""
    return sound / max(1.0, np.abs(sound).max() / 0.98)


def clean(name: str, make: Maker) -> Case:
    voice = at_level(make.voice(), make.between(LEVEL))
    return by_ear(name, "clean", voice, full(make.with_self_noise(voice)))


def loud(name: str, make: Maker) -> Case:
    voice = make.voice() * make.between((0.85, 0.985))
    return by_ear(name, "loud", voice, np.clip(make.with_self_noise(voice), -0.99, 0.99))


def early(name: str, make: Maker) -> Case:
    voice = at_level(make.voice(start=make.between((0.0, 1.2))), make.between(LEVEL))
    return by_ear(name, "early", voice, full(make.with_self_noise(voice)))


def narrow(name: str, make: Maker) -> Case:
    voice = band(at_level(make.voice(), make.between(LEVEL)), 300, 3400)
    return by_ear(name, "telephone", voice, full(make.with_self_noise(voice)))


def in_a_room(name: str, make: Maker) -> Case:
    voice = at_level(make.voice(), make.between(LEVEL))
    seconds, direct = make.between(REVERBERATION), make.between(DIRECT)
    return by_ear(
        name, "room", voice, full(make.with_self_noise(make.room(voice, seconds, direct))), rt60=seconds
    )


def over_noise(name: str, make: Maker, kind: str = "", ratio: float | None = None) -> Case:
    kind = kind or make.one_of(NOISES)
    ratio = make.between(RATIO) if ratio is None else ratio
    loudness = make.between((-30, -16))
    voice = at_level(make.voice(), loudness)
    raw = make.with_self_noise(voice + at_level(make.noise(kind), loudness - ratio))
    scale = max(1.0, np.abs(raw).max() / 0.98)
    return by_ear(name, f"voice over {kind}", voice / scale, raw / scale, ratio=ratio)


def noise_alone(name: str, make: Maker, kind: str = "", loudness: float | None = None) -> Case:
    kind = kind or make.one_of(NOISES)
    raw = make.with_self_noise(
        at_level(make.noise(kind), make.between(ALONE) if loudness is None else loudness)
    )
    return Case(name, f"{kind} alone", full(raw), ("noisy", "no-speech"))


def breathing(name: str, make: Maker) -> Case:
    raw = make.with_self_noise(at_level(make.breath(), make.between((-46, -26))))
    return Case(name, "breath alone", full(raw), ("no-speech", "noisy"))


def nobody(name: str, make: Maker) -> Case:
    return Case(name, "nobody", make.white() * amplitude(make.between((-80, -62))), ("no-speech",))


def digital_silence(name: str, make: Maker) -> Case:
    return Case(name, "digital silence", np.zeros(LENGTH), ("silent",))


def quiet_child(name: str, make: Maker) -> Case:
    voice = at_level(make.voice(make.one_of(VOICES) + "+f4", (75, 99)), make.between(CHILD))
    return by_ear(name, "quiet child", voice, voice + make.white() * amplitude(-80))


def whisper(name: str, make: Maker) -> Case:
    timbre = make.one_of(("+whisper", "+whisperf"))
    voice = at_level(make.voice(make.one_of(VOICES) + timbre), make.between(CHILD))
    return by_ear(name, "whisper", voice, voice + make.white() * amplitude(-80))


def weak(name: str, make: Maker, loudness: float | None = None) -> Case:
    loudness = make.between(WEAK) if loudness is None else loudness
    voice = at_level(make.voice(), loudness)
    right = ("low",) if loudness < WEAK_BELOW else ("ok",) if loudness > WEAK_ABOVE else ("low", "ok")
    return Case(name, "weak, no gain", voice + make.white() * amplitude(-88), right, gain=False)


def cut(sound: Sound, share: float) -> Sound:
    """The sound so loud that this share of the voice's samples would go beyond 1, and does not."""
    sounding = np.abs(sound[np.abs(sound) > 0.02 * np.abs(sound).max()])
    return np.clip(sound / np.quantile(sounding, 1 - share), -1, 1)


def clipped(name: str, make: Maker, way: str = "") -> Case:
    way = way or make.one_of(("full", "analogue", "half", "scream"))
    voice = make.voice(make.one_of(VOICES) + "+f4", (85, 99)) if way == "scream" else make.voice()
    share = make.between((0.08, 0.3) if way == "scream" else CLIPPED_SHARE)
    raw = cut(make.with_self_noise(voice), share)
    if way == "analogue":  # before the converter: the tops are flat, but not at full scale
        raw = raw * make.between((0.3, 0.9)) + make.white() * amplitude(-75)
    if way == "half":  # one side only
        raw = np.where(raw > 0, raw, np.maximum(voice, -1))
        raw = raw * make.between((0.4, 0.95)) + make.white() * amplitude(-75)
    gain = bool(make.chance.random() < 0.5)
    return Case(name, f"clipped, {way}", raw, ("clipping",), gain=gain, facts={"share": share})


def broken(name: str, make: Maker) -> Case:
    voice = at_level(make.voice(), make.between(LEVEL))
    raw = make.with_self_noise(voice)
    share, place = make.between(HOLES), 0
    while place < LENGTH:
        hole = int(make.between(HOLE) * RATE)
        raw[place : place + hole] = 0
        place += int(hole / share * make.between((0.5, 1.5)))
    return Case(name, "dropouts", full(raw), ("choppy",), facts={"share": share})


Make = Callable[[str, Maker], Case]


def of(make: Callable[..., Case], **how: object) -> Make:
    return lambda name, maker: make(name, maker, **how)


FIXED: tuple[Make, ...] = (
    *(
        clean,
        clean,
        clean,
        loud,
        loud,
        early,
        narrow,
        in_a_room,
        quiet_child,
        whisper,
        breathing,
        nobody,
        digital_silence,
    ),
    *(of(over_noise, kind=kind, ratio=ratio) for kind, ratio in (("pink", 10), ("pink", 0), ("pink", 20))),
    *(of(over_noise, kind=kind, ratio=ratio) for kind, ratio in (("white", 0), ("white", 5), ("hum", 0))),
    *(
        of(over_noise, kind=kind, ratio=ratio)
        for kind, ratio in (("vacuum", 3), ("babble", 5), ("babble", 20))
    ),
    *(of(over_noise, kind=kind, ratio=ratio) for kind, ratio in (("fan", 0), ("fan", 15), ("television", 3))),
    *(of(noise_alone, kind=kind, loudness=-28.0) for kind in ("fan", "hum", "babble", "television")),
    *(of(clipped, way=way) for way in ("full", "analogue", "half", "scream")),
    *(broken, of(weak, loudness=-54.0), of(weak, loudness=-38.0)),
)
DRAWN: tuple[Make, ...] = (
    *(
        clean,
        clean,
        clean,
        clean,
        loud,
        loud,
        early,
        narrow,
        in_a_room,
        in_a_room,
        quiet_child,
        quiet_child,
        whisper,
        whisper,
    ),
    *(over_noise,) * 11,
    *(noise_alone,) * 4,
    *(breathing, nobody, clipped, clipped, broken, broken, weak),
)


def cases(seed: int) -> Iterator[Case]:
    """Every sound of one run: the fixed ones, and as many drawn from the seed."""
    for i, make in enumerate(FIXED):
        yield make(f"fixed {i:02}", Maker(f"fixed {i}"))
    for i, make in enumerate(DRAWN):
        yield make(f"drawn {seed}.{i:02}", Maker(f"drawn {seed} {i}"))


if __name__ == "__main__":
    import sys

    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases(int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        (folder / f"{case.name.replace(' ', '-')}.wav").write_bytes(case.as_wave())
        print(f"{case.name:14} {case.kind:24} {case.estoi or 0:.2f} {case.right}")
